"""Work planted for the workers to be killed on, and what must be true of it whatever happened."""

import email
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import policy
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.db import connection
from django.db.models import Count, Sum

from jalon.courriers.actions import preparer_direct
from jalon.courriers.enums import EtatCourriel
from jalon.courriers.models import Courriel
from jalon.dossiers.models import Dossier
from jalon.editions import actions as editions
from jalon.editions.requetes import lire_edition
from jalon.engagements.models import ConsommationAnnuelle, Engagement, LigneEngagement
from jalon.engagements.requetes import GENRE_ACCORD
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.habilitations.actions import lettres
from jalon.habilitations.actions.activation import CodePerime, utiliser_code
from jalon.habilitations.actions.commandes import commander_codes
from jalon.habilitations.enums import EtatCode, EtatCommande, EtatLettre
from jalon.habilitations.models import CodeActivation, CommandeCodes, DroitAccorde, Rattachement, RoleOpco
from jalon.habilitations.requetes.commandes import manifeste
from jalon.journal.models import Evenement
from jalon.socle.acteurs import Profil
from jalon.socle.coffre import PROVISOIRE
from jalon.socle.erreurs import TransitionImpossible
from jalon.socle.horloge import maintenant
from jalon.socle.identifiants import grouper
from tests.dossiers.fabrique import SIREN, SIREN_OF, accorde, monde
from tests.habilitations import fabrique as acces

TOUJOURS = datetime(2020, 1, 1, tzinfo=UTC)
PAR_COMMANDE = 3
_sirens = itertools.count()


def travaux_en_cours() -> int:
    """Jobs that wait or run; none may have been given up."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT status, count(*) FROM procrastinate_jobs GROUP BY 1")
        etats: dict[str, int] = dict(curseur.fetchall())
    assert set(etats) <= {"todo", "doing", "succeeded"}, etats
    return etats.get("todo", 0) + etats.get("doing", 0)


def peupler() -> ActeurPersonne:
    """Companies, one person on each side, and the AEF, whose rights are older than any clock of a machine."""
    monde()
    acces.rattacher(acces.personne("Aline", "Ferrand"), SIREN)
    acces.rattacher(acces.personne("Driss", "Haddad"), SIREN_OF, Profil.PRESTATAIRE)
    hugo = acces.agent()
    Rattachement.objects.tous("essai").update(actif_depuis=TOUJOURS)
    DroitAccorde.objects.update(debut=TOUJOURS)
    RoleOpco.objects.update(debut=TOUJOURS)
    return acces.acteur(hugo, maintenant())


# Letters ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Lettres:
    """An order, and the code that each of its SIREN had before: printed, in circulation."""

    commande: CommandeCodes
    anciens: dict[str, str]


def commander(hugo: ActeurPersonne) -> Lettres:
    """Order letters for three new SIREN that hold a code already."""
    debut = next(_sirens) * PAR_COMMANDE
    sirens = acces.sirens(debut + PAR_COMMANDE)[debut:]
    for siren in sirens:
        acces.organisation(siren, f"SOCIETE {siren}")
    anciens = {siren: acces.code_en_circulation(siren, emis_le=maintenant() - timedelta(days=20))[0] for siren in sirens}
    commande = commander_codes(profil=Profil.ADHERENT, sirens=sirens, par=hugo, maintenant=maintenant())
    return Lettres(commande, anciens)


def codes_de(commande: CommandeCodes) -> dict[str, str]:
    """What the database keeps of the codes of an order: SIREN -> hash."""
    return dict(CodeActivation.objects.filter(lettre__commande=commande).values_list("siren", "empreinte"))


def verifier_rien_de_fait(travail: Lettres, hugo: ActeurPersonne) -> None:
    """No code of the order exists, the former ones still serve, and nobody can take or declare the letters."""
    commande = CommandeCodes.objects.get(pk=travail.commande.pk)
    assert commande.etat == EtatCommande.EN_PREPARATION
    assert codes_de(commande) == {}
    assert CodeActivation.objects.filter(siren__in=travail.anciens, etat=EtatCode.ACTIF).count() == PAR_COMMANDE
    for action in (lettres.telecharger_lettres, lettres.declarer_imprimees):
        with pytest.raises(TransitionImpossible, match="en préparation"):
            action(commande_id=commande.pk, par=hugo, maintenant=maintenant())


def verifier_lettres(travail: Lettres, hugo: ActeurPersonne) -> None:
    """The PDF and the manifest say the same; each letter's code opens its space; the former code is dead."""
    commande = CommandeCodes.objects.get(pk=travail.commande.pk)
    assert (commande.etat, commande.pages) == (EtatCommande.PRETE, PAR_COMMANDE)
    assert set(codes_de(commande)) == set(travail.anciens)
    pages = textes(lettres.telecharger_lettres(commande_id=commande.pk, par=hugo, maintenant=maintenant()).octets)
    lignes = manifeste(commande.pk, hugo)
    assert sorted(ligne.page for ligne in lignes) == list(range(1, len(pages) + 1))
    for ligne in lignes:
        page = pages[ligne.page - 1]
        for attendu in (ligne.numero, f"SOCIETE {ligne.siren}", grouper(ligne.siren).replace("\u00a0", " ")):
            assert attendu in page
        (code,) = [mot for mot in page.split() if mot.count("-") == 3]
        with pytest.raises(CodePerime):
            _essayer(ligne.siren, travail.anciens[ligne.siren])
        assert _essayer(ligne.siren, code).administrateur
    lettres.declarer_imprimees(commande_id=commande.pk, par=hugo, maintenant=maintenant())
    assert CodeActivation.objects.filter(lettre__commande=commande, etat=EtatCode.ACTIF).count() == PAR_COMMANDE


def _essayer(siren: str, code: str) -> Any:
    qui = acces.personne("Paul", f"Essai{siren}")
    return utiliser_code(personne_id=qui.pk, siren_saisi=siren, profil=Profil.ADHERENT, code_saisi=code, maintenant=maintenant())


def verifier_aucun_orphelin(dossier: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No hash without its letter of an order that was ready; no file but those of orders ready, once swept."""
    assert not CodeActivation.objects.exclude(lettre__etat=EtatLettre.COMPOSEE).exists()
    etats = set(CommandeCodes.objects.filter(lettres__code__isnull=False).values_list("etat", flat=True))
    assert etats <= {EtatCommande.PRETE, EtatCommande.IMPRIMEE}
    doubles = CodeActivation.objects.filter(etat=EtatCode.ACTIF).values("siren", "profil").annotate(n=Count("id")).filter(n__gt=1)
    assert not doubles.exists()
    monkeypatch.setattr(lettres, "AGE_ORPHELIN", timedelta(seconds=-1))
    lettres.nettoyer_fichiers()
    pretes = {str(pk) for pk in CommandeCodes.objects.filter(etat=EtatCommande.PRETE).values_list("pk", flat=True)}
    assert {f.name for f in _fichiers(dossier / "lettres")} == pretes


# Agreements --------------------------------------------------------------------------------------------------------------


def accorder() -> Dossier:
    """Grant a request by the real action, small enough for many to fit the yearly budget: the agreement is queued."""
    return accorde(couts__cout_pedagogique="140")


def suites_de(dossier: Dossier) -> tuple[bool, int, int]:
    """Whether the agreement is kept, how many times it was announced in the journal, how many e-mails were prepared."""
    engagement = Engagement.objects.tous("essai").get(dossier=dossier)
    annonces = Evenement.objects.tous("essai").filter(code="engagement.accord_produit", objet_id=dossier.pk).count()
    courriels = Courriel.objects.filter(genre__startswith="engagements.", objet_id=dossier.pk).count()
    return engagement.edition is not None, annonces, courriels


def verifier_accords(dossiers: Iterable[Dossier], dossier: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One agreement each, its number printed, told once to each side; sums and yearly budget agree."""
    engagements = list(Engagement.objects.tous("essai").select_related("edition", "dossier"))
    assert {e.dossier_id for e in engagements} == {d.pk for d in dossiers}
    assert len({e.numero for e in engagements}) == len(engagements)
    for engagement in engagements:
        assert engagement.numero == engagement.dossier.numero
        assert suites_de(engagement.dossier) == (True, 1, 2)
        assert engagement.edition is not None
        assert (engagement.edition.genre, engagement.edition.objet_id) == (GENRE_ACCORD, engagement.pk)
        assert engagement.numero in " ".join(textes(lire_edition(engagement.edition)))
        lignes = LigneEngagement.objects.filter(engagement=engagement).aggregate(total=Sum("montant_ht"))
        assert lignes["total"] == engagement.montant_ht == engagement.dossier.montant_accorde
    (budget,) = ConsommationAnnuelle.objects.filter(siren=SIREN)
    assert budget.montant == sum(e.impute for e in engagements)
    monkeypatch.setattr(editions, "AGE_ORPHELIN", timedelta(seconds=-1))
    editions.retirer_orphelines()
    assert {f.name for f in _fichiers(dossier / "editions")} == {str(e.edition.cle) for e in engagements if e.edition}


# E-mails -----------------------------------------------------------------------------------------------------------------


def ecrire(adresse: str) -> Courriel:
    """Queue a message, as a page does."""
    preparer_direct(adresse=adresse, sujet="Votre code", texte=f"Bonjour {adresse}", html="", le=maintenant())
    return Courriel.objects.get(adresse=adresse)


def verifier_courriels(dossier: Path) -> None:
    """Every message sent, each in one file of its own, whole, under the name and Message-ID of its row."""
    lignes = {str(c.pk): c for c in Courriel.objects.all()}
    assert {c.etat for c in lignes.values()} == {EtatCourriel.ENVOYE}
    fichiers = {f.name: f for f in dossier.iterdir()}
    assert set(fichiers) == {f"{identifiant}.eml" for identifiant in lignes}
    for identifiant, ligne in lignes.items():
        message = email.message_from_bytes(fichiers[f"{identifiant}.eml"].read_bytes(), policy=policy.default)
        assert message["Message-ID"].startswith(f"<{identifiant}@")
        assert message["To"] == ligne.adresse
        corps = message.get_body(("plain",))
        assert corps is not None
        assert corps.get_content().strip()
        assert (ligne.texte, ligne.html) == ("", "")


def textes(pdf: bytes) -> Sequence[str]:
    """What each page of a PDF says, on one line."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [" ".join(document[i].get_textpage().get_text_range().split()) for i in range(len(document))]
    finally:
        document.close()


def provisoires(dossier: Path) -> list[str]:
    """Files begun and never put in place."""
    return [f.name for f in _fichiers(dossier) if f.name.endswith((PROVISOIRE, ".tmp"))]


def _fichiers(dossier: Path) -> list[Path]:
    return [f for f in dossier.rglob("*") if f.is_file()]
