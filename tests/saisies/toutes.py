"""Every form, with what each of its boxes answers."""

from tests.saisies.cas import ESPACE, OPCO
from tests.saisies.contrats import CONTRATS
from tests.saisies.porte_documents import PORTE_DOCUMENTS
from tests.saisies.salaries import SALARIES

SAISIES = [*ESPACE, *CONTRATS, *SALARIES, *PORTE_DOCUMENTS, *OPCO]
