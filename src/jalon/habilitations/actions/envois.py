"""What became of printed letters: posted, come back. Declared by the AEF who ordered them."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from jalon.habilitations.actions.fin_de_code import fermer
from jalon.habilitations.enums import EtatCode, EtatCommande, EtatLettre
from jalon.habilitations.models import AdresseACompleter, CodeActivation, CommandeCodes, LettreCode
from jalon.habilitations.models.rattachements import portee_des_acces
from jalon.habilitations.requetes.commandes import commande_de
from jalon.journal.actions import noter
from jalon.organisations.requetes import portefeuille_de
from jalon.socle.acteurs import Acteur, Domaine, Portee, Pouvoir
from jalon.socle.dates import formater_date, jour_de_paris
from jalon.socle.erreurs import Introuvable, SaisieRefusee, TransitionImpossible

MOTIF_REVENUE = "La lettre est revenue\u00a0: le destinataire n’habite pas à l’adresse indiquée"


def declarer_postees(*, commande_id: UUID, lettres: Collection[UUID] | None, le: date, par: Acteur, maintenant: datetime) -> int:
    """Note the day when these letters left (all of the order when None); those already noted, or whose code is dead, are
    passed over. Gives how many were noted.

    Raises Introuvable (order or letter of somebody else), DroitManquant, SaisieRefusee (day), TransitionImpossible (not printed,
    nothing to post).
    """
    par.exiger_pouvoir(Pouvoir.COMMANDER_CODES, None)
    with transaction.atomic():
        commande = _imprimee(commande_id, par)
        imprimee = jour_de_paris(commande.imprimee_le or commande.commandee_le)
        _exiger_le_jour(le, imprimee, "imprimées", maintenant)
        vivantes = [x for x in _lettres(commande, lettres) if x.postee_le is None and _code(x).etat == EtatCode.ACTIF]
        if not vivantes:
            raise TransitionImpossible(
                "Aucune de ces lettres n’est à poster\u00a0: elles le sont déjà, ou leur code ne vaut plus."
            )
        for lettre in vivantes:
            lettre.postee_le = le
        LettreCode.objects.bulk_update(vivantes, ["postee_le"], batch_size=2_000)
        noter(
            "acces.lettres_postees", par=par, portee=Portee(domaine=Domaine.ACCES), objet=commande, le=maintenant,
            details={"lettres": len(vivantes), "jour": formater_date(le)},
        )  # fmt: skip
    return len(vivantes)


def declarer_revenues(*, commande_id: UUID, lettres: Collection[UUID], le: date, par: Acteur, maintenant: datetime) -> int:
    """Note that these letters came back (NPAI): their code dies, and the address waits to be completed with a proof.

    Raises Introuvable, DroitManquant, SaisieRefusee (day, no letter), TransitionImpossible (not posted, already come back).
    """
    par.exiger_pouvoir(Pouvoir.COMMANDER_CODES, None)
    if not lettres:
        raise SaisieRefusee("Cochez les lettres revenues", champ="lettres")
    with transaction.atomic():
        commande = _imprimee(commande_id, par)
        revenues = _lettres(commande, lettres)
        if any(x.postee_le is None or x.revenue_le is not None for x in revenues):
            raise TransitionImpossible("Une de ces lettres n’a pas été postée, ou est déjà notée revenue. Décochez-la.")
        _exiger_le_jour(le, max(x.postee_le for x in revenues if x.postee_le), "postées", maintenant)
        for lettre in revenues:
            lettre.revenue_le = le
            lettre.save(update_fields=["revenue_le"])
            _signaler(lettre, maintenant)
            noter(
                "acces.lettre_revenue", par=par, objet=lettre, le=maintenant,
                portee=portee_des_acces(lettre.siren, commande.profil, portefeuille_de(lettre.siren)),
                details={"numero": lettre.numero, "jour": formater_date(le)},
            )  # fmt: skip
        for code in CodeActivation.objects.select_for_update().filter(lettre__in=revenues, etat=EtatCode.ACTIF).order_by("id"):
            fermer(code, MOTIF_REVENUE, par, maintenant)
    return len(revenues)


def _imprimee(commande_id: UUID, par: Acteur) -> CommandeCodes:
    """An order of the actor whose letters exist on paper, locked."""
    commande = commande_de(commande_id, par, verrou=True)
    deja_effacee = commande.etat == EtatCommande.EFFACEE and commande.telechargements > 0
    if commande.etat != EtatCommande.IMPRIMEE and not deja_effacee:
        raise TransitionImpossible("Déclarez d’abord les lettres imprimées.")
    return commande


def _lettres(commande: CommandeCodes, choisies: Collection[UUID] | None) -> Sequence[LettreCode]:
    composees = LettreCode.objects.filter(commande=commande, etat=EtatLettre.COMPOSEE).select_related("code")
    if choisies is None:
        return list(composees.order_by("page"))
    trouvees = list(composees.filter(id__in=list(choisies)).order_by("page"))
    if len(trouvees) != len(set(choisies)):
        raise Introuvable
    return trouvees


def _code(lettre: LettreCode) -> CodeActivation:
    code: CodeActivation = lettre.code
    return code


def _exiger_le_jour(le: date, au_plus_tot: date, faites: str, maintenant: datetime) -> None:
    if le > jour_de_paris(maintenant):
        raise SaisieRefusee("Cette date est dans le futur", champ="le")
    if le < au_plus_tot:
        raise SaisieRefusee(f"Les lettres ont été {faites} le {formater_date(au_plus_tot)}, pas avant", champ="le")


def _signaler(lettre: LettreCode, maintenant: datetime) -> None:
    """The address is never printed again, and the AEF finds another with a proof."""
    revenue = "\n".join(lettre.adresse)
    adresse = AdresseACompleter.objects.select_for_update().filter(siren=lettre.siren).first()
    if adresse is None:
        adresse = AdresseACompleter(siren=lettre.siren)
    if adresse.completee_le is None or list(adresse.lignes) == list(lettre.adresse):
        adresse.signalee_le, adresse.completee_le, adresse.completee_par = maintenant, None, None
    adresse.revenues = [*(r for r in adresse.revenues if r != revenue), revenue]
    adresse.save()
