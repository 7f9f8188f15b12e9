"""The queue of an adviser: what waits for the OPCO in her portefeuilles, the first due first."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from jalon.dispositifs.registre import DISPOSITIFS
from jalon.dossiers.enums import LIBELLES_ETATS, EtatDossier
from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes import FiltreDossiers, premiers_dossiers
from jalon.dossiers.requetes.demande import ETATS_DE_LA_FILE, ORDRE_DE_LA_FILE
from jalon.dossiers.requetes.filtre import MOI, PERSONNE
from jalon.instruction.colonnes import COLONNES_DE_LA_FILE
from jalon.instruction.models import Decision
from jalon.socle.acteurs import Acteur, Tache
from jalon.socle.filtres import Adresse, Tri, champs_de
from jalon.socle.listes import Lecture

TACHES_AU_PLUS = 10
ORDRE_HABITUEL = Tri(ORDRE_DE_LA_FILE, descendant=False)
ETATS = {code: libelle for code, libelle in LIBELLES_ETATS.items() if code in ETATS_DE_LA_FILE}
SUIVIS = {MOI: "Moi", PERSONNE: "Personne"}


def lire_file(parametres: Mapping[str, str], jour: date) -> Lecture:
    """The queue that a URL asks."""
    adresse = Adresse(parametres)
    filtre = FiltreDossiers(
        jour=jour,
        texte=adresse.brut("q"),
        etats=frozenset(adresse.parmi("etat", "État", ETATS)),
        dispositif=adresse.un_parmi("dispositif", "Dispositif", {code: d.nom for code, d in DISPOSITIFS.items()}),
        siret=adresse.siren_ou_siret("siret", "SIREN ou SIRET"),
        prestataire=adresse.siren_ou_siret("prestataire", "Organisme de formation"),
        depot=adresse.periode("depot", "Déposé"),
        tri=adresse.tri(COLONNES_DE_LA_FILE, ORDRE_HABITUEL),
        suivi=adresse.un_parmi("suivi", "Instruit par", SUIVIS),
        champs=champs_de(adresse.colonnes(COLONNES_DE_LA_FILE)),
        file=True,
    )
    return Lecture(filtre, tuple(adresse.refus))


def a_faire(acteur: Acteur, jour: date) -> list[Tache]:
    """The first requests that wait for the actor as an adviser: hers, then those that nobody took. At most two queries each."""
    file = FiltreDossiers(jour=jour, tri=ORDRE_HABITUEL, file=True)
    miens = premiers_dossiers(acteur, replace(file, suivi=MOI), TACHES_AU_PLUS)
    libres = premiers_dossiers(acteur, replace(file, etats=frozenset({EtatDossier.TRANSMIS.value})), TACHES_AU_PLUS)
    premiers = list({d.pk: d for d in (*miens, *libres)}.values())[:TACHES_AU_PLUS]
    return [_tache(dossier, jour) for dossier in premiers]


def _tache(dossier: Dossier, jour: date) -> Tache:
    compte = dossier.compte_a_rebours(jour)
    silence = f" · {compte.phrase(jour)}" if compte is not None and compte.ton else ""
    return Tache(
        titre=dossier.attend_motif,
        detail=f"{dossier.titre} · {dossier.numero} · {dossier.denomination}{silence}",
        action="Examiner",
        nom_url="opco_dossier",
        parametres=(("dossier_id", str(dossier.id)),),
        icone="hourglass",
        echeance=dossier.attend_avant,
    )


def decision_de(dossier: Dossier, acteur: Acteur) -> Decision | None:
    """The decision on a request, for the company and the OPCO; None while there is none, and for the provider."""
    return Decision.objects.visibles_par(acteur).filter(dossier=dossier).first()
