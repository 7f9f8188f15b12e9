"""What the actor must do about the requests of a company: each line leads to the very box, document or button."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from jalon.dispositifs.registre import DISPOSITIFS
from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dossiers.enums import EtatDossier, EtatPiece, Partie
from jalon.dossiers.models import DemandeComplement, Dossier, PieceDeposee
from jalon.dossiers.requetes.acces import portee_entreprise, portee_prestataire
from jalon.dossiers.requetes.depots import reporter_les_limites
from jalon.dossiers.requetes.filtre import FiltreDossiers
from jalon.dossiers.requetes.liste import charger, demande_de
from jalon.dossiers.requetes.parcours import cles_de_page
from jalon.messagerie.enums import Cote
from jalon.messagerie.requetes import fils_sans_reponse
from jalon.socle.acteurs import Acteur, GenreTache, Niveau, Tache

TACHES_AU_PLUS = 20
RECENTS = 200
FORMULAIRE_SIGNE = "cerfa_signe"
"""Code of the signed paper form, in every dispositif that has one."""


def a_faire(acteur: Acteur, siren: str | None = None) -> list[Tache]:
    """Complete what the OPCO asked, have a form signed, finish and send drafts; the first due come first. At most four queries."""
    attendus = (
        Dossier.objects.visibles_par(acteur)
        .filter(attend_qui=Partie.ENTREPRISE, etat__in=[EtatDossier.A_COMPLETER, EtatDossier.BROUILLON])
        .filter(**({"siren": siren} if siren else {}))
        .defer("reponses", "contenu", "recherche")
        .order_by("attend_avant", "id")
    )
    lus = [d for d in attendus[:TACHES_AU_PLUS] if _peut_saisir(d, acteur)]
    reporter_les_limites(lus)
    demandes, a_signer = _demandes(lus, acteur), formulaires_a_signer(lus)
    return [
        _complement(d, demandes.get(d.pk)) if d.etat == EtatDossier.A_COMPLETER else _brouillon(d, signer=d.pk in a_signer)
        for d in lus
    ]


def messages_a_lire(acteur: Acteur, siren: str, jour: date) -> list[Tache]:
    """Threads where the OPCO wrote last and that the actor has not read, if she may answer: the oldest first. Three queries.

    Looked for among the 200 requests of the place that changed last, so that its cost does not grow with their number.
    """
    demande = replace(demande_de(acteur, siren, FiltreDossiers(jour=jour)), limite=RECENTS)
    recents = charger(acteur, cles_de_page(demande), ("fil_id", "fil_prestataire_id"))
    par_fil = {fil: d for d in recents if (fil := _fil_a_moi(d, acteur, siren)) is not None}
    attendus = fils_sans_reponse(par_fil, acteur, Cote.OPCO) if par_fil else {}
    ecrits = sorted(attendus.values(), key=lambda m: m.le)
    return [_message(par_fil[m.fil_id], siren) for m in ecrits[:TACHES_AU_PLUS]]


def _fil_a_moi(dossier: Dossier, acteur: Acteur, siren: str) -> UUID | None:
    """The thread where she may answer for that SIREN."""
    ecrire = dossier.droit(Niveau.SAISIE)
    if dossier.siren == siren and acteur.peut(ecrire, portee_entreprise(dossier)):
        return dossier.fil_id
    if dossier.prestataire_siren == siren and acteur.peut(ecrire, portee_prestataire(dossier)):
        return dossier.fil_prestataire_id
    return None


def _message(dossier: Dossier, siren: str) -> Tache:
    return Tache(
        titre="Lire le message de l’OPCO et lui répondre",
        detail=f"{_sujet(dossier)} · {dossier.numero}",
        action="Lire",
        nom_url="espace_dossier",
        parametres=(("siren", siren), ("dossier_id", str(dossier.pk))),
        icone="message-square",
        genre=GenreTache.MESSAGE,
        siret=dossier.siret if dossier.siren == siren else "",
        ancre="h-msg",
    )


def _peut_saisir(dossier: Dossier, acteur: Acteur) -> bool:
    return acteur.peut(dossier.droit(Niveau.SAISIE), portee_entreprise(dossier))


def _demandes(dossiers: Sequence[Dossier], acteur: Acteur) -> dict[UUID, DemandeComplement]:
    ids = [d.pk for d in dossiers if d.etat == EtatDossier.A_COMPLETER]
    if not ids:
        return {}
    en_cours = DemandeComplement.objects.visibles_par(acteur).filter(dossier_id__in=ids, satisfaite_le__isnull=True)
    return {demande.dossier_id: demande for demande in en_cours}


def formulaires_a_signer(dossiers: Sequence[Dossier]) -> Collection[UUID]:
    """Drafts reached by their door, of which every section is begun and the signed form is not attached. One query, none without a
    draft that has a paper form."""
    imprimables = {d.dispositif for d in dossiers if d.est_brouillon and _imprimable(d.dispositif)}
    if not imprimables:
        return frozenset()
    remplis = Q(*(_tout_commence(code) for code in sorted(imprimables)), _connector=Q.OR)
    signes = PieceDeposee.objects.tous("formulaire signé, de brouillons déjà obtenus par leur porte").filter(
        dossier=OuterRef("pk"), code=FORMULAIRE_SIGNE
    )
    brouillons = Dossier.objects.tous("sections commencées, de brouillons déjà obtenus par leur porte").filter(
        remplis, pk__in=[d.pk for d in dossiers if d.est_brouillon]
    )
    return frozenset(brouillons.exclude(Exists(signes.exclude(etat=EtatPiece.REMPLACEE))).values_list("pk", flat=True))


def _imprimable(code: str) -> bool:
    declaration = DISPOSITIFS.get(code)
    return declaration is not None and declaration.imprime is not None


def _tout_commence(code: str) -> Q:
    return Q(dispositif=code, reponses__has_keys=[s.code for s in dispositif_de(code).sections])


def _complement(dossier: Dossier, demande: DemandeComplement | None) -> Tache:
    detail = f"{_sujet(dossier)} · {dossier.numero} · {dossier.attend_motif}"
    if demande is not None and demande.pieces:
        return _tache(
            dossier, GenreTache.PIECE, "Fournir les pièces demandées", detail, "Joindre", "triangle-alert", "saisie_pieces",
            ancre=f"piece-{demande.pieces[0]}",
        )  # fmt: skip
    if demande is not None and demande.cases:
        section, _, reste = demande.cases[0].partition(".")
        return _tache(
            dossier, GenreTache.COMPLEMENT, "Corriger les réponses demandées", detail, "Corriger", "triangle-alert",
            "saisie_section", section=section, ancre=f"id_{reste}" if "." not in reste else "",
        )  # fmt: skip
    return _tache(dossier, GenreTache.COMPLEMENT, "Compléter le dossier", detail, "Compléter", "triangle-alert", "espace_dossier")


def _brouillon(dossier: Dossier, *, signer: bool) -> Tache:
    lieu = f" · {dossier.etablissement_nom}" if dossier.etablissement_nom else ""
    detail = f"{_sujet(dossier)}{lieu}"
    if signer:
        return _tache(
            dossier, GenreTache.SIGNATURE, "Faire signer le formulaire, puis le joindre", detail, "Imprimer et joindre", "printer",
            "saisie_pieces", ancre="h-imprimer",
        )  # fmt: skip
    genre = GenreTache.BROUILLON if dossier.attend_avant is None else GenreTache.DEPOT
    return _tache(dossier, genre, "Terminer et transmettre la demande", detail, "Reprendre", "file-pen", "saisie_verifier")


def _sujet(dossier: Dossier) -> str:
    return dossier.titre or dispositif_de(dossier.dispositif).libelle


def _tache(
    dossier: Dossier,
    genre: GenreTache,
    titre: str,
    detail: str,
    action: str,
    icone: str,
    page: str,
    *,
    section: str = "",
    ancre: str = "",
) -> Tache:
    parametres = [("siren", dossier.siren), ("dossier_id", str(dossier.pk)), *([("code", section)] if section else [])]
    return Tache(
        titre=titre,
        detail=detail,
        action=action,
        nom_url=page,
        parametres=tuple(parametres),
        icone=icone,
        echeance=dossier.attend_avant,
        genre=genre,
        siret=dossier.siret,
        ancre=ancre,
    )
