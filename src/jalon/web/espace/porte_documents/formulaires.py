"""Forms of the porte-documents."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from jalon.porte_documents.enums import GENRES, USAGES
from jalon.porte_documents.models import DocumentGarde
from jalon.porte_documents.regles import LIBELLE_AU_PLUS, Description, refus_de_libelle
from jalon.porte_documents.requetes import Lieu, peut
from jalon.socle.acteurs import Acteur, Niveau, Profil
from jalon.web.composants.champs import ChampDate
from jalon.web.espace.droits.formulaires import proposer

Donnees = QueryDict | None
Fichiers = Any
HORS_LISTE = "Choisissez une réponse de la liste"
ENTREPRISE, ORGANISME = Profil.ADHERENT.value, Profil.PRESTATAIRE.value
FORMATS = "PDF, JPEG ou PNG, 10\u00a0Mo au plus."


class FormulaireGarde(forms.Form):
    """What is said of a document, whatever it serves."""

    libelle = forms.CharField(
        label="Nom du document", max_length=LIBELLE_AU_PLUS, help_text="Celui que vos collègues liront dans la liste.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}), error_messages={"required": "Donnez un nom à ce document"},
    )  # fmt: skip
    genre = forms.ChoiceField(
        label="Ce que c’est", choices=[("", "Choisissez"), *((g.value, texte) for g, texte in GENRES.items())],
        error_messages={"required": "Choisissez ce qu’est ce document", "invalid_choice": HORS_LISTE},
    )  # fmt: skip
    valide_jusqu_au = ChampDate(
        label="Valable jusqu’au", required=False, help_text="Passé ce jour, il est signalé comme expiré. Par exemple 31/12/2026."
    )

    def clean_libelle(self) -> str:
        """Judged with the other boxes, so that everything to mend is told at once."""
        libelle: str = self.cleaned_data["libelle"]
        if refus := refus_de_libelle(libelle):
            raise forms.ValidationError(refus)
        return libelle

    def description(self, domaine: str = "") -> Description:
        """What was typed."""
        lues = self.cleaned_data
        return Description(
            libelle=lues["libelle"],
            genre=lues["genre"],
            domaine=lues.get("domaine", domaine),
            valide_jusqu_au=lues.get("valide_jusqu_au"),
        )


class FormulaireDocument(FormulaireGarde):
    """The same, with the requests that it serves."""

    domaine = forms.ChoiceField(
        label="Pour quels dossiers", required=False, choices=list(USAGES.items()),
        help_text="Le voit qui lit ces dossiers.", error_messages={"invalid_choice": HORS_LISTE},
    )  # fmt: skip

    def __init__(
        self,
        acteur: Acteur,
        lieu: Lieu | None,
        donnees: Donnees = None,
        fichiers: Fichiers = None,
        *,
        garde: DocumentGarde | None = None,
    ) -> None:
        initiales = None
        if garde is not None:
            initiales = {nom: getattr(garde, nom) for nom in ("libelle", "genre", "valide_jusqu_au", "domaine")}
        super().__init__(donnees, fichiers, initial=initiales)
        self.acteur = acteur
        self.range_a = lieu

    @property
    def lieu(self) -> Lieu | None:
        """Where it is kept, once read."""
        return self.range_a

    def clean(self) -> dict[str, Any]:
        """The right where it is kept is judged with the rest: nothing typed is lost."""
        lues: dict[str, Any] = super().clean() or {}
        if self.lieu is not None and "domaine" in lues:
            portee = self.lieu.portee(lues["domaine"])
            if not peut(self.acteur, Niveau.SAISIE, portee):
                self.add_error("domaine", "Vous ne préparez pas ces dossiers-là à cet endroit. Choisissez d’autres dossiers")
        return lues


class FormulaireAjout(FormulaireDocument):
    """A new one: where it is kept, and its file."""

    lieu_choisi = forms.ChoiceField(
        label="Rangé pour", help_text="Le voit qui lit les dossiers de cet endroit.",
        error_messages={"required": "Choisissez où le ranger", "invalid_choice": HORS_LISTE},
    )  # fmt: skip
    fichier = forms.FileField(
        label="Fichier", help_text=FORMATS, error_messages={"required": "Choisissez le fichier", "empty": "Ce fichier est vide"}
    )

    def __init__(
        self, acteur: Acteur, lieux: Sequence[Lieu], noms: Mapping[str, str], donnees: Donnees = None, fichiers: Fichiers = None
    ) -> None:
        super().__init__(acteur, None, donnees, fichiers)
        self.lieux = {_cle(lieu): lieu for lieu in lieux}
        proposer(self.fields["lieu_choisi"], [(cle, noms.get(cle, cle)) for cle in self.lieux])
        if len(self.lieux) == 1:
            del self.fields["lieu_choisi"]

    @property
    def lieu(self) -> Lieu | None:
        """The one that was chosen, or the only one."""
        return self.lieux.get(self.cleaned_data.get("lieu_choisi", "") or next(iter(self.lieux)))


class FormulaireFichier(forms.Form):
    """The file that replaces the other one."""

    fichier = forms.FileField(
        label="Nouveau fichier", help_text=FORMATS,
        error_messages={"required": "Choisissez le fichier", "empty": "Ce fichier est vide"},
    )  # fmt: skip


class FormulaireDeLaPiece(FormulaireGarde):
    """A piece of a request kept for the others."""

    siret = forms.ChoiceField(
        label="Rangé pour", required=False, help_text="Le voit qui lit les dossiers de cet endroit.",
        error_messages={"invalid_choice": HORS_LISTE},
    )  # fmt: skip

    def __init__(self, endroits: Sequence[tuple[str, str]], donnees: Donnees, initiales: Mapping[str, Any]) -> None:
        super().__init__(donnees, initial=dict(initiales))
        self.endroits = [siret for siret, _ in endroits]
        proposer(self.fields["siret"], endroits)
        if len(endroits) == 1:
            del self.fields["siret"]

    @property
    def endroit(self) -> str:
        """The one that was chosen, or the only one."""
        choisi: str = self.cleaned_data.get("siret", self.endroits[0])
        return choisi if choisi in self.endroits else self.endroits[0]


def _cle(lieu: Lieu) -> str:
    return lieu.siret or lieu.profil.value
