"""Every SELECT of the data quality rules: one for each kind of finding, over whole registers at once.

Each yields a row for each record that breaks the rule: `key`, its public key, and the columns that its text is made
of. No national id and no name of a person is among the columns.
"""
