"""What is looked for in a list of requests, and how a URL says it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from jalon.dispositifs.registre import DISPOSITIFS
from jalon.dossiers.colonnes import COLONNES_DES_BROUILLONS, COLONNES_DES_DOSSIERS
from jalon.dossiers.enums import LIBELLES_DU_SILENCE, LIBELLES_ETATS, EtatDossier
from jalon.dossiers.regles import marque, requete_de_texte
from jalon.socle.filtres import CHIFFRES_DU_SIREN, TOUJOURS, Adresse, Periode, Tri, champs_de
from jalon.socle.listes import Lecture

ETATS_FILTRABLES = {c: libelle for c, libelle in LIBELLES_ETATS.items() if c != EtatDossier.BROUILLON} | LIBELLES_DU_SILENCE
MOI, PERSONNE = "moi", "personne"
"""Who follows a request of the queue."""
BROUILLON = frozenset({EtatDossier.BROUILLON.value})
ORDRE_HABITUEL = Tri("modifie_le")


@dataclass(frozen=True, slots=True, kw_only=True)
class FiltreDossiers:
    """What is looked for. `jour` tells « accordé » from « en exécution ». No state: everything but drafts.

    `siret`, `prestataire`: a SIREN or a SIRET. `depot`: days of the transmission; `debut`: first day of the training.
    `file`: only what waits for the OPCO, where the actor examines; `suivi`: taken by the actor, or by nobody. `champs`: what the
    chosen columns read.
    """

    jour: date
    texte: str = ""
    etats: frozenset[str] = frozenset()
    dispositif: str = ""
    siret: str = ""
    prestataire: str = ""
    depot: Periode = TOUJOURS
    debut: Periode = TOUJOURS
    tri: Tri = ORDRE_HABITUEL
    file: bool = False
    suivi: str = ""
    champs: tuple[str, ...] = ()

    @property
    def vide(self) -> bool:
        """Whether nothing narrows the list."""
        return not (
            self.texte.strip()
            or self.etats
            or self.dispositif
            or self.siret
            or self.prestataire
            or self.depot
            or self.debut
            or self.suivi
        )

    @property
    def introuvable(self) -> bool:
        """Whether signs alone were typed, which find nothing."""
        return bool(self.texte.strip()) and not requete_de_texte(self.texte)

    def tsquery(self, *, large: bool) -> str:
        """Words, and the marks of a provider: both are in the index of words. In a `large` perimeter, those of a place too; elsewhere
        the perimeter itself finds it sooner."""
        morceaux = [requete_de_texte(self.texte)]
        if self.prestataire:
            morceaux.append(f"'{marque('prestataire_siren', self.prestataire[:CHIFFRES_DU_SIREN])}'")
        if self.siret and large:
            colonne = "siren" if len(self.siret) == CHIFFRES_DU_SIREN else "siret"
            morceaux.append(f"'{marque(colonne, self.siret)}'")
        return " & ".join(m for m in morceaux if m)


def _ordre(depot: Periode, debut: Periode) -> Tri:
    """The usual order; of a period, that of its days, which the same index gives."""
    if depot:
        return Tri("transmis_le")
    return Tri("date_debut") if debut else ORDRE_HABITUEL


def lire_dossiers(parametres: Mapping[str, str], jour: date) -> Lecture:
    """The list of requests that a URL asks."""
    adresse = Adresse(parametres)
    depot, debut = adresse.periode("depot", "Déposé"), adresse.periode("debut", "Début")
    filtre = FiltreDossiers(
        jour=jour,
        texte=adresse.brut("q"),
        etats=frozenset(adresse.parmi("etat", "État", ETATS_FILTRABLES)),
        dispositif=adresse.un_parmi("dispositif", "Dispositif", {code: d.nom for code, d in DISPOSITIFS.items()}),
        siret=adresse.siren_ou_siret("siret", "SIREN ou SIRET"),
        prestataire=adresse.siren_ou_siret("prestataire", "Organisme de formation"),
        depot=depot,
        debut=debut,
        tri=adresse.tri(COLONNES_DES_DOSSIERS, _ordre(depot, debut)),
        champs=champs_de(adresse.colonnes(COLONNES_DES_DOSSIERS)),
    )
    return Lecture(filtre, tuple(adresse.refus))


def lire_brouillons(parametres: Mapping[str, str], jour: date) -> Lecture:
    """The list of drafts that a URL asks."""
    adresse = Adresse(parametres)
    debut = adresse.periode("debut", "Début")
    filtre = FiltreDossiers(
        jour=jour,
        texte=adresse.brut("q"),
        etats=BROUILLON,
        dispositif=adresse.un_parmi("dispositif", "Dispositif", {code: d.nom for code, d in DISPOSITIFS.items()}),
        siret=adresse.siren_ou_siret("siret", "SIREN ou SIRET"),
        debut=debut,
        tri=adresse.tri(COLONNES_DES_BROUILLONS, _ordre(TOUJOURS, debut)),
        champs=champs_de(adresse.colonnes(COLONNES_DES_BROUILLONS)),
    )
    return Lecture(filtre, tuple(adresse.refus))
