"""No N+1: the number of SQL statements does not grow with the number of objects."""

import pytest

from tests.conftest import asking
from tests.support import known
from tests.support.statements import statements_of

pytestmark = pytest.mark.anyio

EVERYTHING = """query ($herIds: [HerId!]!) {
  communicationParties(herIds: $herIds) {
    communicationParty {
      name businessType { display } serviceType { display } municipality { display }
      parent { name organisation { name municipality { display } industryCodes { display } } }
      queues { async } ediAddress transport { effective inheritedFrom { name } }
      electronicAddresses { type { display } address inheritedFrom { name } }
      physicalAddresses { type { display } city inheritedFrom { name } }
      encryptionCertificate { thumbprint } certificates { thumbprint }
      coverageAreas { name } properties { display } history(first: 1) { totalCount nodes { action } }
    }
  }
}"""


@pytest.fixture
def statements(seeded):
    with statements_of(seeded) as sent:
        yield sent


ONE_OF_EACH_KIND = [known.EXAMPLE_GP, known.EXAMPLE_OFFICE, known.INTER_MUNICIPAL_SERVICE, known.OWN_EDI_ADDRESS]
HUNDREDS = [*ONE_OF_EACH_KIND, *range(8_100_000, 8_100_235), *range(8_200_000, 8_200_106), *range(8_000_000, 8_000_059)]


async def test_four_parties_and_hundreds_take_the_same_number_of_statements(seeded, statements):
    ask = asking(seeded)
    counts = []
    for her_ids in (ONE_OF_EACH_KIND, HUNDREDS):
        statements.clear()
        await ask(EVERYTHING, herIds=her_ids)
        counts.append(len(statements))

    few, many = counts
    assert many <= few  # more objects meet in one batch, never in more batches


async def test_a_hot_look_up_takes_a_handful_of_statements(seeded, statements):
    ask = asking(seeded)
    await ask("""{ communicationParty(herId: 8200032) {
        name displayName kind status parent { herId name } queues { async sync error } ediAddress
        encryptionCertificate { thumbprint der } } }""")

    assert len(statements) == 5, statements  # head of the log, party, parent, addresses, certificates
