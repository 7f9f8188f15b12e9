"""The declaration of the contract: what the command line and the forms are derived from."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

from jalon.dispositifs.apprentissage.controles import CONTROLES
from jalon.dispositifs.apprentissage.rubriques import ContratApprentissage
from jalon.dispositifs.base import Contexte, Dispositif, Estimation, PieceExigee, Silence, quand
from jalon.socle.acteurs import Domaine
