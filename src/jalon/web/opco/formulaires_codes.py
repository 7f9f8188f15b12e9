"""The forms of codes and letters: order, address, what was asked, what left and what came back."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms

from jalon.habilitations.enums import NatureAvis
from jalon.habilitations.models import AvisPostal
from jalon.habilitations.requetes.commandes import LettreDemandee
from jalon.socle.acteurs import Profil
from jalon.socle.identifiants import grouper
from jalon.web.composants.champs import ChampDate

PROFILS = [(Profil.ADHERENT.value, "Adhérents"), (Profil.PRESTATAIRE.value, "Prestataires")]
CRITERES = [("liste", "Une liste de SIREN"), ("adherents", "Tous les adhérents à une date")]


class FormulaireCommande(forms.Form):
    """SIREN × profile, by list or by criterion."""

    profil = forms.ChoiceField(label="Profil", choices=PROFILS, widget=forms.RadioSelect, initial=Profil.ADHERENT.value)
    critere = forms.ChoiceField(
        label="À qui écrire", choices=CRITERES, widget=forms.RadioSelect, initial="liste",
        error_messages={"required": "Choisissez à qui écrire"},
    )  # fmt: skip
    sirens = forms.CharField(
        label="SIREN", required=False, widget=forms.Textarea, help_text="Un par ligne, ou séparés par des virgules.",
    )  # fmt: skip
    adherents_au = ChampDate(label="Adhérents au", required=False, help_text="Pour le profil adhérent, par exemple 30/11/2026.")

    def clean(self) -> dict[str, object]:
        donnees: dict[str, object] = super().clean() or {}
        if donnees.get("critere") == "liste" and not donnees.get("sirens"):
            self.add_error("sirens", "Indiquez au moins un SIREN")
        if donnees.get("critere") == "adherents" and "adherents_au" not in self.errors and not donnees.get("adherents_au"):
            self.add_error("adherents_au", "Indiquez la date à laquelle l’entreprise est adhérente")
        return donnees


class FormulaireAdresse(forms.Form):
    """An address that the register does not give, and where it was read."""

    lignes = forms.CharField(
        label="Destinataire et adresse", widget=forms.Textarea,
        help_text="Une ligne par élément\u00a0; la dernière porte le code postal et la commune.",
        error_messages={"required": "Indiquez le destinataire, puis l’adresse, une ligne par élément"},
    )  # fmt: skip
    preuve = forms.CharField(
        label="Où l’adresse a été lue", max_length=500, help_text="Par exemple\u00a0: extrait Kbis du 12/11/2026.",
        error_messages={"required": "Indiquez où cette adresse a été lue"},
    )  # fmt: skip


class ChampIdentifiants(forms.MultipleChoiceField):
    """Any identifier: one that was declared meanwhile is passed over, one of another portefeuille does not exist."""

    def valid_value(self, value: str) -> bool:
        try:
            return bool(UUID(value))
        except ValueError:
            return False


class FormulaireAvis(forms.Form):
    """Second letters to head offices, ticked once posted."""

    avis = ChampIdentifiants(
        label="Courriers postés", widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Cochez les courriers que vous avez postés",
            "invalid_choice": "Un de ces courriers n’existe pas. Cochez de nouveau ceux que vous avez postés",
        },
    )  # fmt: skip

    def __init__(self, lignes: Sequence[AvisPostal], noms: Mapping[str, str], *args: Any) -> None:
        super().__init__(*args)
        champ = self.fields["avis"]
        if isinstance(champ, forms.MultipleChoiceField):
            champ.choices = [(str(ligne.pk), _objet_de(ligne, noms)) for ligne in lignes]


FAITS = {
    NatureAvis.ADMINISTRATEUR_NOMME: "a été nommé administrateur",
    NatureAvis.DEMANDE_RECUE: "demande un accès",
    NatureAvis.SECOND_FACTEUR: "a perdu son second facteur et demande à le remplacer",
    NatureAvis.CONVENTION_DECLAREE: "agit pour l’entreprise, au nom d’un CFA, sous des conventions d’apprentissage",
}


def _objet_de(ligne: AvisPostal, noms: Mapping[str, str]) -> str:
    fait = FAITS[NatureAvis(ligne.nature)]
    return f"{noms.get(ligne.siren, ligne.siren)}\u00a0: {ligne.personne.nom_complet} {fait}"


COMMANDER, ECARTER = "commander", "ecarter"
POSTEES, REVENUES = "postees", "revenues"


class FormulaireDemandees(forms.Form):
    """Letters that people asked for, ticked; the button orders them or sets them aside, then with a reason."""

    use_required_attribute = False
    demandes = ChampIdentifiants(
        label="Courriers demandés", widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Cochez au moins un courrier",
            "invalid_choice": "Un de ces courriers n’existe pas. Cochez de nouveau ceux que vous traitez",
        },
    )  # fmt: skip
    motif = forms.CharField(
        label="Motif, pour écarter", max_length=500, required=False, help_text="La personne qui a demandé le courrier le lira.",
    )  # fmt: skip

    def __init__(self, demandees: Sequence[LettreDemandee], noms: Mapping[str, str], *args: Any) -> None:
        super().__init__(*args)
        champ = self.fields["demandes"]
        if isinstance(champ, forms.MultipleChoiceField):
            champ.choices = [(str(d.demande_id), _objet_de_la_demande(d, noms)) for d in demandees]
        self.decision = self.data.get("decision", "")
        self.initial["demandes"] = [str(d.demande_id) for d in demandees if not d.administrateurs]

    def clean(self) -> dict[str, object]:
        donnees: dict[str, object] = super().clean() or {}
        if self.decision not in {COMMANDER, ECARTER}:
            self.add_error(None, "Choisissez «\u00a0Commander\u00a0» ou «\u00a0Écarter\u00a0»")
        if self.decision == ECARTER and "motif" not in self.errors and not donnees.get("motif"):
            self.add_error("motif", "Indiquez le motif\u00a0: la personne le lira")
        return donnees

    def choisies(self) -> list[UUID]:
        """The requests ticked."""
        return [UUID(v) for v in self.cleaned_data["demandes"]]


def _objet_de_la_demande(demandee: LettreDemandee, noms: Mapping[str, str]) -> str:
    nom = noms.get(demandee.siren, "Organisation inconnue du registre")
    cote = "prestataire" if demandee.profil == Profil.PRESTATAIRE else "adhérent"
    suite = f". Motif\u00a0: {demandee.motif}" if demandee.motif else ""
    deja = {0: "", 1: ". Déjà administrée par 1 personne"}.get(
        demandee.administrateurs, f". Déjà administrée par {demandee.administrateurs} personnes"
    )
    return f"{nom}, SIREN {grouper(demandee.siren)}, {cote}. Demandé par {', '.join(demandee.demandeurs)}{suite}{deja}"


class FormulaireEnvoi(forms.Form):
    """What became of printed letters; the button says which."""

    use_required_attribute = False
    lettres = ChampIdentifiants(
        label="Lettres", required=False, widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Une de ces lettres n’existe pas. Cochez-les de nouveau"},
    )  # fmt: skip
    le = ChampDate(label="Date", error_messages={"required": "Indiquez la date"})

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.decision = self.data.get("decision", "")

    def clean(self) -> dict[str, object]:
        donnees: dict[str, object] = super().clean() or {}
        if self.decision not in {POSTEES, REVENUES}:
            self.add_error(None, "Choisissez «\u00a0Déclarer postées\u00a0» ou «\u00a0Déclarer revenues\u00a0»")
        if self.decision == REVENUES and "lettres" not in self.errors and not donnees.get("lettres"):
            self.add_error("lettres", "Cochez les lettres revenues")
        return donnees

    def choisies(self) -> list[UUID] | None:
        """The letters ticked; None when none is: all of the order."""
        return [UUID(v) for v in self.cleaned_data["lettres"]] or None


class FormulaireCourrier(forms.Form):
    """An adviser asks for a letter: on which side, why."""

    profil = forms.ChoiceField(
        label="Profil", choices=PROFILS, widget=forms.RadioSelect, error_messages={"required": "Choisissez le profil"}
    )
    motif = forms.CharField(
        label="Motif", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Par exemple\u00a0: lettre jamais reçue, appel du 12/11/2026.",
        error_messages={"required": "Indiquez pourquoi ce courrier est nécessaire"},
    )  # fmt: skip
