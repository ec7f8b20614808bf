"""Persons in the shape of PREG, the population register's copy: one object per line.

Empty values are left out; registration status and grade of protection always stand there.
"""

from registers.seed.sources.patients import Patient


def record(person: Patient) -> dict[str, object]:
    first, middle, last = person.names
    values = {
        "NIN": person.national_id,
        "FirstName": first,
        "MiddleName": middle,
        "LastName": last,
        "DateOfBirth": person.born_on.isoformat(),
        "DateOfDeath": person.died_on and person.died_on.isoformat(),
        "Sex": person.sex.value,
        "RegStatus": person.status,
        "PostalType": person.postal_type,
        "FormerNINs": person.former or None,
    }
    return {key: value for key, value in values.items() if value is not None}
