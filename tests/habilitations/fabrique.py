"""What the tests of access are made of: people, organisations, links, codes."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from jalon.comptes.models import Personne
from jalon.habilitations.acteurs import ActeurPersonne, ActeurSysteme
from jalon.habilitations.actions.cles import CleNouvelle, creer_cle_api
from jalon.habilitations.codes import Code, tirer_code
from jalon.habilitations.enums import (
    EtatDecision,
    EtatLettre,
    EtatRattachement,
    Etendue,
    NatureDecision,
    OrigineRattachement,
    Role,
)
from jalon.habilitations.mandats import Niveaux, ecrire_niveaux
from jalon.habilitations.models import (
    Affectation,
    CodeActivation,
    CommandeCodes,
    DecisionADeux,
    DroitAccorde,
    GroupeEtablissements,
    LettreCode,
    Mandat,
    PortefeuilleDuRole,
    Rattachement,
    RoleOpco,
)
from jalon.habilitations.models.rattachements import portee_des_acces
from jalon.habilitations.regles import DemandeDroit, droit_sur, fin_de_validite, tous_les_droits
from jalon.habilitations.regles_des_cles import DemandeCle
from jalon.organisations.models import Etablissement, Organisation, Portefeuille
from jalon.organisations.regles import PORTEFEUILLE_PAR_DEFAUT
from jalon.socle.acteurs import FAMILLES, Acteur, Domaine, Droit, Niveau, Profil
from jalon.socle.texte import normaliser

LE = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
DEPUIS = LE - timedelta(days=30)
SIREN = "123456782"
AUTRE_SIREN = "732829320"
SIRET = "12345678200010"
SIRET_2 = "12345678200028"
CABINET = "552100554"
"""A cabinet comptable: neither adherent nor training provider, known by the provider side of its SIREN."""
DROITS_DU_MANDAT = {Domaine.PLAN: Niveau.ENVOI, Domaine.FACTURES: Niveau.SAISIE}


def cle_de_luhn(debut: str) -> str:
    """`debut` with the last digit that makes it sum to a multiple of ten."""
    for cle in "0123456789":
        total = 0
        for rang, chiffre in enumerate(reversed(debut + cle)):
            double = int(chiffre) * (2 if rang % 2 else 1)
            total += double - 9 if double > 9 else double
        if total % 10 == 0:
            return debut + cle
    raise AssertionError


def sirens(nombre: int) -> list[str]:
    """That many SIREN that exist by their key."""
    return [cle_de_luhn(f"{50_000_000 + rang}") for rang in range(nombre)]


def personne(prenom: str = "Aline", nom: str = "Ferrand", *, opco: bool = False, prete: bool = True) -> Personne:
    """An account; `prete`: address verified and second factor installed."""
    rang = Personne.objects.count()
    adresse = f"{prenom.lower()}.{nom.lower()}.{rang}@essai.example"
    creee = Personne.objects.create_user(adresse, prenom=prenom, nom=nom, est_opco=opco)
    if prete:
        EmailAddress.objects.create(user=creee, email=adresse, verified=True, primary=True)
        Authenticator.objects.create(user=creee, type=Authenticator.Type.TOTP, data={"secret": "x"})
    return creee


def organisation(siren: str = SIREN, nom: str = "BELLERIVE RESTAURATION", **champs: object) -> Organisation:
    """An organisation of the register with a head office at Annecy."""
    valeurs: dict[str, object] = {"denomination": nom, "recherche": normaliser(nom), "nic_siege": "00010", **champs}
    creee, _ = Organisation.objects.update_or_create(siren=siren, defaults=valeurs)
    Etablissement.objects.update_or_create(
        siret=f"{siren}00010",
        defaults={"siege": True, "adresse_voie": "12 RUE ROYALE", "code_postal": "74000", "commune": "ANNECY"},
    )
    return creee


def portefeuille(nom: str = "Savoie") -> Portefeuille:
    """A portefeuille."""
    return Portefeuille.objects.get_or_create(nom=nom)[0]


def agent(
    role: Role = Role.AEF, portefeuilles: Iterable[UUID] = (PORTEFEUILLE_PAR_DEFAUT,), prenom: str = "Hugo", nom: str = "Blanc"
) -> Personne:
    """Somebody of the OPCO with one role."""
    creee = personne(prenom, nom, opco=True)
    donne = RoleOpco.objects.create(personne=creee, role=role, debut=DEPUIS)
    PortefeuilleDuRole.objects.bulk_create(PortefeuilleDuRole(role=donne, portefeuille_id=p) for p in portefeuilles)
    return creee


class ActeurConfirme(ActeurPersonne):
    """Somebody who gives her second factor before each of her acts: that it is asked is tried by `test_confirmations`."""

    def exiger_second_facteur(self, maintenant: datetime) -> None:
        """Given."""


def acteur(qui: Personne, le: datetime = LE) -> ActeurPersonne:
    """The actor of that person at that instant, rights to be read again."""
    return ActeurConfirme(Personne.objects.get(id=qui.id), le)


def rattacher(
    qui: Personne,
    siren: str = SIREN,
    profil: Profil = Profil.ADHERENT,
    droits: Sequence[DemandeDroit] | None = None,
    *,
    probation_jusqu_a: datetime | None = None,
    etat: EtatRattachement = EtatRattachement.ACTIF,
) -> Rattachement:
    """A link with these rights (everything by default), since thirty days."""
    lien = Rattachement(
        personne=qui,
        profil=profil,
        etat=etat,
        origine=OrigineRattachement.CODE,
        probation_jusqu_a=probation_jusqu_a,
        cree_le=DEPUIS,
        actif_depuis=DEPUIS,
    ).porter(portee_des_acces(siren, profil, PORTEFEUILLE_PAR_DEFAUT))
    lien.save(force_insert=True)
    for d in tous_les_droits() if droits is None else droits:
        DroitAccorde.objects.create(
            rattachement=lien,
            etendue=d.etendue,
            siret=d.siret,
            groupe_id=d.groupe,
            domaine=d.domaine,
            dispositif=d.dispositif,
            niveau=d.niveau,
            debut=DEPUIS,
        )
    return lien


def donner(
    siren: str = SIREN,
    mandataire: str = CABINET,
    niveaux: Niveaux = DROITS_DU_MANDAT,
    *,
    profil: Profil = Profil.ADHERENT,
    sirets: Sequence[str] = (),
    debut: datetime = DEPUIS,
    fin: datetime = LE + timedelta(days=200),
    **autres: object,
) -> Mandat:
    """A mandate since thirty days."""
    mandat = Mandat(
        profil=profil, mandataire_siren=mandataire, droits=ecrire_niveaux(niveaux), sirets=list(sirets), debut=debut, fin=fin,
        cree_le=debut, modifie_le=debut, **autres,
    ).porter(portee_des_acces(siren, profil, PORTEFEUILLE_PAR_DEFAUT))  # fmt: skip
    mandat.save(force_insert=True)
    return mandat


def confier(mandat: Mandat, lien: Rattachement, niveaux: Niveaux = DROITS_DU_MANDAT) -> Affectation:
    """A collaborator's part of a mandate."""
    return Affectation.objects.create(mandat=mandat, rattachement=lien, droits=ecrire_niveaux(niveaux), debut=DEPUIS)


def sur_le_siren(domaine: Domaine, niveau: Niveau = Niveau.GESTION) -> DemandeDroit:
    """A right on the whole SIREN."""
    return DemandeDroit(Etendue.SIREN, "", domaine, niveau)


def sur_un_siret(siret: str, domaine: Domaine, niveau: Niveau = Niveau.SAISIE) -> DemandeDroit:
    """A right on one SIRET."""
    return DemandeDroit(Etendue.SIRET, siret, domaine, niveau)


def sur_un_dispositif(dispositif: str, niveau: Niveau = Niveau.SAISIE, lieu: str = "") -> DemandeDroit:
    """A right on one dispositif of the plan alone; `lieu`: a SIRET or a group, the whole SIREN without it."""
    return droit_sur(lieu, Domaine.PLAN, niveau, dispositif=dispositif)


def groupe(nom: str, sirets: Sequence[str] = (), siren: str = SIREN) -> GroupeEtablissements:
    """A group of a company, since thirty days."""
    cree = GroupeEtablissements(
        profil=Profil.ADHERENT, nom=nom, cle=normaliser(nom), sirets=list(sirets), cree_le=DEPUIS
    ).porter(portee_des_acces(siren, Profil.ADHERENT, PORTEFEUILLE_PAR_DEFAUT))  # fmt: skip
    cree.save(force_insert=True)
    return cree


def sur_un_groupe(vise: GroupeEtablissements, domaine: Domaine, niveau: Niveau = Niveau.SAISIE) -> DemandeDroit:
    """A right on a group."""
    return droit_sur(str(vise.id), domaine, niveau)


def cle_api(siren: str = SIREN, nom: str = "Paie", par: Acteur | None = None, le: datetime = LE) -> CleNouvelle:
    """A key that reads the requests of a company, for ninety days."""
    demande = DemandeCle(nom=nom, droits=[Droit(f, Niveau.LECTURE) for f in FAMILLES], jusqu_au=le.date() + timedelta(days=90))
    return creer_cle_api(siren=siren, profil=Profil.ADHERENT, demande=demande, par=par or ActeurSysteme("essai"), maintenant=le)


def recuperation_confirmee(siren: str = SIREN, profil: Profil = Profil.ADHERENT, le: datetime = LE) -> DecisionADeux:
    """What lets a letter be ordered for an organisation that is administered."""
    return decision(siren, profil, le, etat=EtatDecision.CONFIRMEE, decidee_par=agent(), decidee_le=le)


def decision(siren: str = SIREN, profil: Profil = Profil.ADHERENT, le: datetime = LE, **champs: object) -> DecisionADeux:
    """A recovery proposed by a conseiller."""
    proposee = DecisionADeux(
        nature=NatureDecision.RECUPERATION, profil=profil, motif="Injoignable", preuve="Courrier du gérant",
        proposee_par=agent(Role.CONSEILLER), proposee_le=le, **champs,
    ).porter(portee_des_acces(siren, profil, PORTEFEUILLE_PAR_DEFAUT))  # fmt: skip
    proposee.save(force_insert=True)
    return proposee


def code_en_circulation(
    siren: str = SIREN, profil: Profil = Profil.ADHERENT, emis_le: datetime = DEPUIS
) -> tuple[str, CodeActivation]:
    """A code that the letter of a finished order carries, and its row."""
    commande = CommandeCodes.objects.create(
        profil=profil, critere="essai", etat="imprimee", commandee_par=agent(), commandee_le=emis_le, prete_le=emis_le
    )
    numero = f"L{LettreCode.objects.count():06d}"
    lettre = LettreCode.objects.create(commande=commande, numero=numero, siren=siren, etat=EtatLettre.COMPOSEE, page=1)
    code: Code = tirer_code()
    ligne = CodeActivation.objects.create(
        lettre=lettre,
        siren=siren,
        profil=profil,
        empreinte=code.empreinte(siren, profil),
        emis_le=emis_le,
        expire_le=fin_de_validite(emis_le),
    )
    return code.clair, ligne
