"""The shell around a page: navigation, perimeter, role, account. Pages build it, `application.html` draws it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.contrib.auth.base_user import AbstractBaseUser
from django.urls import reverse

from jalon.aide.enums import PublicEtat
from jalon.web.composants import liens


@dataclass(frozen=True, slots=True)
class Lien:
    """A line of navigation. `nombre` is what waits there; `courant` is found from the address when left False."""

    libelle: str
    url: str
    icone: str
    nombre: int | None = None
    courant: bool = False


@dataclass(frozen=True, slots=True)
class Groupe:
    """Lines under a heading; an empty title draws none."""

    titre: str
    liens: tuple[Lien, ...]


@dataclass(frozen=True, slots=True)
class PerimetreAffiche:
    """A place where the person may act: a line of the switcher."""

    nom: str
    detail: str
    url: str
    courant: bool = False


@dataclass(frozen=True, slots=True)
class Compte:
    """Who is signed in."""

    nom: str
    initiales: str
    courriel: str


@dataclass(frozen=True, slots=True)
class Coquille:
    """Everything `application.html` needs.

    `accueil` is the home of the brand mark; a page inside it does not mark it.
    `taches`: the page of tasks of that place; its figure is `nombre_de_taches`, loaded after the page when it is None.
    `perimetre` and `detail` name where one acts (« Bellerive Restauration », « SIREN 123 456 782 · 4 établissements »);
    `perimetres` are the other choices (give at most ten, the rest is behind `tous_les_perimetres`).
    `recherche` is the address of the search of this place; `actions`, what it offers beside the navigation.
    `publics`: for whom the page is, when the OPCO says something of the portal.
    """

    groupes: tuple[Groupe, ...] = ()
    aide: Lien | None = None
    perimetre: str = ""
    detail: str = ""
    icone_perimetre: str = "building-2"
    perimetres: tuple[PerimetreAffiche, ...] = ()
    tous_les_perimetres: str = ""
    role: str = ""
    compte: Compte | None = None
    accueil: str = liens.ACCUEIL
    taches: str = ""
    nombre_de_taches: int | None = None
    recherche: str = ""
    actions: tuple[Lien, ...] = ()
    publics: tuple[PublicEtat, ...] = (PublicEtat.COMMUNES,)

    def situee(self, chemin: str) -> "Coquille":
        """The same shell with the line of `chemin` marked, unless one is marked already."""
        if any(lien.courant for groupe in self.groupes for lien in groupe.liens):
            return self
        adresses = [lien.url for groupe in self.groupes for lien in groupe.liens]
        adresse = _plus_proche((a for a in adresses if a == chemin or a != self.accueil), chemin)
        groupes = tuple(
            replace(groupe, liens=tuple(replace(lien, courant=lien.url == adresse) for lien in groupe.liens))
            for groupe in self.groupes
        )
        return replace(self, groupes=groupes)


def _plus_proche(adresses: Iterable[str], chemin: str) -> str:
    """The longest address that is the page or one of its parents; a parent ends with « / »."""
    return max((a for a in adresses if chemin == a or (a.endswith("/") and chemin.startswith(a))), key=len, default="")


def compte_de(personne: AbstractBaseUser) -> Compte:
    """Name and initials of a signed-in person."""
    return Compte(
        nom=getattr(personne, "nom_complet", str(personne)),
        initiales=getattr(personne, "initiales", str(personne)[:2].upper()),
        courriel=getattr(personne, "email", ""),
    )


def coquille_personnelle(personne: AbstractBaseUser) -> Coquille:
    """The shell of pages that belong to nobody's perimeter: my account, choice of a perimeter."""
    opco = getattr(personne, "est_opco", False)
    return Coquille(
        groupes=(
            Groupe("", (Lien("Accueil", liens.ACCUEIL, icone="house"),)),
            *(() if opco else (_mes_acces(),)),
            Groupe(
                "Mon compte",
                (
                    Lien("Mon profil", reverse("mon_profil"), icone="user-check"),
                    Lien("Connexion et sécurité", reverse("mfa_index"), icone="shield-check"),
                    Lien("Adresse électronique", reverse("account_email"), icone="mail"),
                    Lien("Mot de passe", reverse("account_change_password"), icone="key-round"),
                    Lien("Mes exports", reverse("mes_exports"), icone="file-spreadsheet"),
                    Lien("Mes appareils et sessions", reverse("usersessions_list"), icone="monitor"),
                    Lien("Notifications", reverse("notifications"), icone="bell"),
                    Lien("Régler mes notifications", reverse("notifications_preferences"), icone="sliders-horizontal"),
                    Lien("Mes tâches par courriel", reverse("recapitulatif"), icone="list-checks"),
                ),
            ),
        ),
        aide=Lien("Aide et contact", liens.AIDE, icone="life-buoy"),
        compte=compte_de(personne),
        recherche=reverse("opco_recherche" if opco else "recherche"),
        publics=(PublicEtat.COMMUNES, PublicEtat.OPCO) if opco else (PublicEtat.COMMUNES,),
    )


def _mes_acces() -> Groupe:
    """The ways into an organisation: never for the people of the OPCO."""
    return Groupe(
        "Mes accès",
        (
            Lien("Demander un accès", reverse("rejoindre"), icone="user-plus"),
            Lien("Saisir un code", reverse("activation"), icone="key-round"),
            Lien("Suivre mes codes", reverse("mes_codes"), icone="mail"),
        ),
    )
