"""The tables of every register: those that migrations make, and those whose changes the log shows."""

from registers.access import models as access
from registers.changelog import models as changelog
from registers.changelog.append import Register
from registers.changelog.versions import LoggedTables, Patients
from registers.code_systems import models as code_systems
from registers.communication_parties import models as communication_parties
from registers.exchange.run import models as exchange
from registers.gp_lists import models as gp_lists
from registers.gp_lists.repository import patients
from registers.organisations import models as organisations
from registers.personnel import models as personnel

ALL_MODELS = (access, changelog, code_systems, organisations, communication_parties, personnel, gp_lists, exchange)
"""Imported so that `Base.metadata` is whole."""

LOGGED = {
    Register.CODE_SYSTEMS: LoggedTables(code_systems.TABLES),
    Register.ORGANISATIONS: LoggedTables(organisations.TABLES),
    Register.COMMUNICATION_PARTIES: LoggedTables(communication_parties.TABLES),
    Register.PERSONNEL: LoggedTables(personnel.TABLES),
    Register.GP_LISTS: LoggedTables(
        gp_lists.TABLES,
        names=gp_lists.NAMES_IN_GRAPH,
        patients=Patients(key="person_id", unprotected=patients.unprotected),
    ),
}
"""What `history` shows of each register."""
