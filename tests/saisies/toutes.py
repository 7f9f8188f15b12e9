"""Every form, with what each of its boxes answers."""

from tests.saisies.contrats import CONTRATS
from tests.saisies.espace import ESPACE
from tests.saisies.opco import OPCO
from tests.saisies.porte_documents import PORTE_DOCUMENTS
from tests.saisies.salaries import SALARIES

SAISIES = [*ESPACE, *CONTRATS, *SALARIES, *PORTE_DOCUMENTS, *OPCO]
