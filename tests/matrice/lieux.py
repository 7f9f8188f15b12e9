"""When and where the matrix happens: instants, SIREN and SIRET, words that give a company away."""

from datetime import UTC, datetime
from uuid import UUID

from tests.dossiers.fabrique import SIREN
from tests.habilitations.fabrique import cle_de_luhn

MAINTENANT = datetime(2027, 2, 1, 9, 0, tzinfo=UTC)
SIRET_2 = cle_de_luhn(f"{SIREN}0002")
SIREN_C = cle_de_luhn("40000001")
"""A company without administrator, whose letter is printed."""
SIREN_Q = cle_de_luhn("40000002")
SIRET_Q = cle_de_luhn(f"{SIREN_Q}0001")
"""The other provider."""
SIREN_D = cle_de_luhn("40000003")
SIREN_E = cle_de_luhn("40000004")
"""Companies whose head office has no address: one waits for it, the other was completed."""
SIREN_F = cle_de_luhn("40000005")
"""A SIREN that the register does not know."""
SIREN_K = cle_de_luhn("40000006")
"""A cabinet comptable."""
MOI = UUID("00000000-0000-7000-8000-00000000a0a0")
"""Who looks, in the proof of the filters: some rows are hers alone."""
CANARI_A, CANARI_B = "canari-a", "canari-b"
"""What only each company, and the OPCO's portefeuille that follows it, may read."""
