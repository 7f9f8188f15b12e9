"""Forms of the rights: profile or box by box, from a day to another."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from django import forms
from django.http import QueryDict

from jalon.dispositifs.base import Dispositif
from jalon.dispositifs.registre import dispositifs_de
from jalon.habilitations.enums import Etendue
from jalon.habilitations.profils import ADMINISTRATION, ADMINISTRATION_ENTIERE, PROFILS, droits_du_profil, limiter
from jalon.habilitations.regles import DemandeDroit, droit_sur
from jalon.habilitations.requetes.groupes import noms_des_groupes
from jalon.habilitations.requetes.matrice import Objet
from jalon.socle.acteurs import FAMILLES, LIBELLES_DOMAINES, LIBELLES_NIVEAUX, Domaine, Niveau, Profil
from jalon.socle.dates import formater_date
from jalon.web.composants.champs import ChampDate
from jalon.web.espace.commun import etablissements_choisissables

COLONNES = (Domaine.ALTERNANCE, Domaine.PLAN, Domaine.SALARIES, Domaine.FACTURES, Domaine.REGLEMENTS, Domaine.RIB, Domaine.ACCES)  # fmt: skip
NIVEAUX = [(str(niveau.value), libelle) for niveau, libelle in LIBELLES_NIVEAUX.items()]
FIXER_LA_FIN = "fin"
Choix = Sequence[tuple[str, str]]
DISPOSITIF_INCONNU = "Choisissez un dispositif de la liste"
ATTENTE_DES_DROITS_LARGES = (
    "Un droit financier sur toute l’entreprise, ou l’administration, compte 24\u00a0heures après, ou dès qu’un autre "
    "administrateur le confirme."
)


_LIEUX_DE = {
    Etendue.SIRET.value: ("sirets", "Choisissez au moins un établissement"),
    Etendue.GROUPE.value: ("groupes", "Choisissez au moins un groupe"),
}


def colonnes_de(profil: Profil) -> tuple[Domaine, ...]:
    """The domains that have a meaning on that side: a provider has no directory of employees."""
    return COLONNES if profil == Profil.ADHERENT else tuple(d for d in COLONNES if d != Domaine.SALARIES)


class FormulaireInvitation(forms.Form):
    """Whom, on which perimeter, to do what, from when to when."""

    prenom = forms.CharField(label="Prénom", max_length=80, required=False)
    nom = forms.CharField(label="Nom", max_length=80, required=False)
    adresse = forms.CharField(
        label="Adresse électronique", max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Indiquez l’adresse électronique de la personne"},
    )  # fmt: skip
    etendue = forms.ChoiceField(label="Périmètre", widget=forms.RadioSelect, initial=Etendue.SIREN.value)
    sirets = forms.MultipleChoiceField(
        label="Établissements", required=False, widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choisissez des établissements de cette entreprise"},
    )  # fmt: skip
    groupes = forms.MultipleChoiceField(
        label="Groupes d’établissements", required=False, widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choisissez des groupes de cette entreprise"},
    )  # fmt: skip
    modele = forms.ChoiceField(
        label="Droits", widget=forms.RadioSelect, choices=[(p.code, p.libelle) for p in PROFILS.values()],
        help_text=f"Vous pourrez ajuster chaque droit ensuite, dans le tableau. {ATTENTE_DES_DROITS_LARGES}",
        error_messages={"required": "Choisissez les droits de cette personne"},
    )  # fmt: skip
    dispositif = forms.ChoiceField(
        label="Dossiers ouverts par ces droits", required=False, help_text="Les factures et les règlements ne se limitent pas à un dispositif.",
        error_messages={"invalid_choice": DISPOSITIF_INCONNU},
    )  # fmt: skip
    debut = ChampDate(label="Premier jour", required=False, help_text="Vide\u00a0: dès maintenant.")
    fin = ChampDate(label="Dernier jour", required=False, help_text="Vide\u00a0: sans fin. Ce jour est compris.")

    def __init__(self, siren: str, profil: Profil, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.profil = profil
        proposer(self.fields["dispositif"], choix_de_dispositif())
        if profil == Profil.PRESTATAIRE:
            del self.fields["etendue"], self.fields["sirets"], self.fields["groupes"]
            return
        groupes = list(noms_des_groupes(siren).items())
        par_groupe = [(Etendue.GROUPE.value, "Un groupe d’établissements, tel qu’il sera")] if groupes else []
        tout = (Etendue.SIREN.value, "Toute l’entreprise, établissements à venir compris")
        proposer(self.fields["etendue"], [tout, *par_groupe, (Etendue.SIRET.value, "Certains établissements")])
        proposer(self.fields["groupes"], groupes)
        proposer(self.fields["sirets"], etablissements_choisissables(siren))
        if not groupes:
            del self.fields["groupes"]

    @property
    def par_etablissement(self) -> bool:
        """Whether rights may be given on establishments: never on the side of a provider."""
        return "etendue" in self.fields

    @property
    def par_groupe(self) -> bool:
        """Whether the company has groups."""
        return "groupes" in self.fields

    def clean(self) -> dict[str, object]:
        donnees: dict[str, object] = super().clean() or {}
        nom, vide = _LIEUX_DE.get(str(donnees.get("etendue")), ("", ""))
        if nom and not donnees.get(nom) and nom not in self.errors:
            self.add_error(nom, vide)
        if nom and donnees.get("modele") == ADMINISTRATION:
            self.add_error("modele", "L’administration se donne sur toute l’entreprise")
        if donnees.get("dispositif") and donnees.get("modele") == ADMINISTRATION:
            self.add_error("dispositif", ADMINISTRATION_ENTIERE)
        return donnees

    def droits(self) -> list[DemandeDroit]:
        """The boxes that the choices mean."""
        choix = self.cleaned_data
        nom, _ = _LIEUX_DE.get(str(choix.get("etendue")), ("", ""))
        droits = droits_du_profil(choix["modele"], choix[nom] if nom else (), choix["debut"], choix["fin"])
        return limiter(droits, choix["dispositif"]) if choix["dispositif"] else droits


def choix_de_dispositif() -> list[tuple[str, str]]:
    """All of them, or one alone."""
    return [("", "Tous les dispositifs"), *((d.code, f"{d.nom} seulement") for d in _dispositifs())]


def proposer(champ: forms.Field, choix: Iterable[tuple[str, str]]) -> None:
    """Make these the choices of a field."""
    if isinstance(champ, forms.ChoiceField):
        champ.choices = list(choix)


class FormulaireLigne(forms.Form):
    """One row of the matrix: a level per domain, on the perimeter chosen, from when to when."""

    perimetre = forms.ChoiceField(label="Périmètre", required=False)
    debut = ChampDate(label="Premier jour", required=False)
    fin = ChampDate(label="Dernier jour", required=False)

    def __init__(
        self, profil: Profil, perimetres: Choix, actuels: Mapping[Objet, DemandeDroit], lieu: str, *args: object
    ) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        champ = self.fields["perimetre"]
        if isinstance(champ, forms.ChoiceField):
            champ.choices = list(perimetres)
        self.actuels, self.lieu, self.domaines = actuels, lieu, colonnes_de(profil)
        fins, debuts = {d.jusqu_au for d in actuels.values()}, {d.a_partir_du for d in actuels.values()}
        self.initial.update({"perimetre": lieu, "fin": _commun(fins), "debut": _commun(debuts)})
        for domaine in self.domaines:
            nom = f"niveau_{domaine.value}"
            libelle = LIBELLES_DOMAINES[domaine]
            dites = {"required": f"Choisissez le niveau de droit «\u00a0{libelle}\u00a0»"}
            self.fields[nom] = forms.ChoiceField(
                label=libelle, choices=NIVEAUX, required=domaine != Domaine.SALARIES, error_messages=dites
            )
            self.initial[nom] = self._tenu(domaine)
        for dispositif in _dispositifs():
            nom = f"seul_{dispositif.code}"
            dites = {"invalid_choice": f"Choisissez le niveau de droit «\u00a0{dispositif.nom}\u00a0»"}
            self.fields[nom] = forms.ChoiceField(
                label=f"{dispositif.nom} seulement", choices=NIVEAUX, required=False, error_messages=dites
            )
            self.initial[nom] = self._tenu(dispositif.famille, dispositif.code)

    def _tenu(self, domaine: Domaine, dispositif: str = "") -> str:
        actuel = self.actuels.get((domaine, dispositif))
        return str((actuel.niveau if actuel is not None else Niveau.AUCUN).value)

    @property
    def cases(self) -> list[tuple[forms.BoundField, list[forms.BoundField]]]:
        """The boxes of levels, in the order of the columns; under each, those of one dispositif alone."""
        return [
            (self[f"niveau_{domaine.value}"], [self[f"seul_{d.code}"] for d in dispositifs_de(domaine)])
            for domaine in self.domaines
        ]

    @property
    def jours(self) -> list[forms.BoundField]:
        """The two days."""
        return [self["debut"], self["fin"]]

    def case(self, lieu: str) -> list[DemandeDroit]:
        """The boxes of the row, those left at « Aucun » included; a box left as it was keeps its days unless they are typed.

        A level for one dispositif, or over employees, that the page did not ask is left as it was.
        """
        entiers = [self._boite(lieu, self.cleaned_data[f"niveau_{d.value}"] or self._tenu(d), d) for d in self.domaines]
        seuls = [
            self._boite(lieu, self.cleaned_data[f"seul_{d.code}"] or self._tenu(d.famille, d.code), d.famille, d.code)
            for d in _dispositifs()
        ]
        return [*entiers, *seuls]

    def _boite(self, lieu: str, choisi: str, domaine: Domaine, dispositif: str = "") -> DemandeDroit:
        niveau = Niveau(int(choisi))
        debut, fin = self.cleaned_data["debut"], self.cleaned_data["fin"]
        actuel = self.actuels.get((domaine, dispositif)) if lieu == self.lieu else None
        if actuel is not None and actuel.niveau == niveau:
            fin = fin if "fin" in self.changed_data else actuel.jusqu_au
            debut = debut if "debut" in self.changed_data and actuel.a_partir_du else actuel.a_partir_du
        return droit_sur(lieu, domaine, niveau, fin, debut, dispositif)


def _dispositifs() -> list[Dispositif]:
    """Those on which alone a right may be given, family by family."""
    return [dispositif for famille in FAMILLES for dispositif in dispositifs_de(famille)]


def _commun(jours: set[date | None]) -> str:
    """The day that all boxes share, as it is typed."""
    jour = next(iter(jours)) if len(jours) == 1 else None
    return formater_date(jour) if jour is not None else ""


class ChampPersonnes(forms.MultipleChoiceField):
    """Links ticked in a table; which ones may be named is judged by the action."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self) -> None:
        super().__init__(
            label="Personnes",
            error_messages={
                "required": "Choisissez au moins une personne",
                "invalid_choice": "Choisissez des personnes du tableau",
            },
        )

    def valid_value(self, value: object) -> bool:
        """Any identifier."""
        try:
            UUID(str(value))
        except ValueError:
            return False
        return True

    def clean(self, value: object) -> list[UUID]:
        """The identifiers of the links."""
        return [UUID(v) for v in super().clean(value)]


class FormulaireMasse(forms.Form):
    """Several people of the table: a profile, or a last day."""

    personnes = ChampPersonnes()
    acte = forms.ChoiceField(
        label="Pour les personnes choisies",
        choices=[
            ("", "Choisir"),
            *((p.code, f"Donner le profil «\u00a0{p.nom}\u00a0»") for p in PROFILS.values()),
            (FIXER_LA_FIN, "Fixer le dernier jour"),
        ],
        error_messages={"required": "Choisissez ce qui change pour ces personnes"},
    )
    groupe = forms.ChoiceField(
        label="Sur", required=False, error_messages={"invalid_choice": "Choisissez un groupe de cette entreprise"}
    )
    dispositif = forms.ChoiceField(label="Dossiers", required=False, error_messages={"invalid_choice": DISPOSITIF_INCONNU})
    dernier_jour = ChampDate(label="Dernier jour", required=False)

    def __init__(self, groupes: Mapping[str, str], donnees: QueryDict | None = None) -> None:
        super().__init__(donnees, auto_id="masse_%s")
        proposer(self.fields["dispositif"], choix_de_dispositif())
        ou = [
            ("", "les périmètres de chacune"),
            *((ident, f"le groupe «\u00a0{nom}\u00a0», en plus") for ident, nom in groupes.items()),
        ]
        proposer(self.fields["groupe"], ou)
        if not groupes:
            del self.fields["groupe"]

    @property
    def choisies(self) -> set[str]:
        """Links ticked, to be ticked again."""
        return set(self["personnes"].value() or [])

    def clean(self) -> dict[str, object]:
        donnees: dict[str, object] = super().clean() or {}
        if donnees.get("acte") == FIXER_LA_FIN and not donnees.get("dernier_jour") and "dernier_jour" not in self.errors:
            self.add_error("dernier_jour", "Indiquez le dernier jour de ces droits")
        return donnees


class FormulaireRevue(forms.Form):
    """Rights to be reviewed: confirmed, or withdrawn with a reason."""

    personnes = ChampPersonnes()
    acte = forms.ChoiceField(
        label="Ces droits", widget=forms.RadioSelect,
        choices=[("confirmer", "Sont encore les bons\u00a0: les confirmer pour un an"), ("retirer", "Ne servent plus\u00a0: retirer ces accès")],
        error_messages={"required": "Choisissez de confirmer ou de retirer"},
    )  # fmt: skip
    motif = forms.CharField(
        label="Motif du retrait", max_length=500, required=False, widget=forms.Textarea, help_text="Les personnes le liront.",
    )  # fmt: skip

    def clean(self) -> dict[str, object]:
        donnees: dict[str, object] = super().clean() or {}
        if donnees.get("acte") == "retirer" and not donnees.get("motif") and "motif" not in self.errors:
            self.add_error("motif", "Indiquez le motif du retrait\u00a0: les personnes le liront")
        return donnees
