"""Every model, so that migrations see the whole of `Base.metadata`."""

from registers.access import models as access
from registers.changelog import models as changelog
from registers.code_systems import models as code_systems
from registers.communication_parties import models as communication_parties
from registers.exchange.run import models as exchange
from registers.gp_lists import models as gp_lists
from registers.organisations import models as organisations
from registers.personnel import models as personnel

ALL_MODELS = (access, changelog, code_systems, organisations, communication_parties, personnel, gp_lists, exchange)
