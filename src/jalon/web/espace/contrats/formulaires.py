"""The forms of a rupture: what the motive asks, and nothing else."""

from datetime import date
from typing import Any

from django import forms

from jalon.dispositifs.base import MotifDeRupture, Rupture, VieDuContrat
from jalon.web.composants.champs import ChampDate, ChampHeures
from jalon.web.espace.saisie.formulaires import OUI_NON

SANS_DATE = "Indiquez le dernier jour du contrat"


class FormulaireMotif(forms.Form):
    """Which motive; each one says what it asks."""

    motif = forms.ChoiceField(
        label="Pourquoi le contrat prend-il fin\u00a0?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez le motif de la rupture"},
    )

    def __init__(self, vie: VieDuContrat, *args: Any) -> None:
        super().__init__(*args)
        champ = self.fields["motif"]
        if isinstance(champ, forms.ChoiceField):
            champ.choices = [(m.code, m.libelle) for m in vie.motifs]


def champ_heures() -> ChampHeures:
    """Hours of training, where it is paid by the hour."""
    return ChampHeures(
        label="Heures de formation suivies jusqu’à la rupture",
        help_text="Évaluation, accompagnement et enseignements. Elles seront comparées au certificat de réalisation.",
        error_messages={"required": "Indiquez les heures de formation suivies jusqu’à la rupture, 0 s’il n’y en a eu aucune"},
    )


class FormulaireRupture(forms.Form):
    """The company's: the days of its motive, then the last day of the contract."""

    def __init__(self, vie: VieDuContrat, motif: MotifDeRupture, *args: Any, initial: Rupture | None = None) -> None:
        super().__init__(*args)
        self.motif = motif
        for demandee in motif.dates:
            self.fields[demandee.code] = ChampDate(
                label=demandee.libelle, help_text=demandee.aide, error_messages={"required": f"Indiquez {demandee.objet}"}
            )
        if motif.jours_pratiques:
            self.fields["jours_pratiques"] = forms.IntegerField(
                label="Jours de formation pratique faits dans l’entreprise",
                help_text="Ceux du CFA ne comptent pas.",
                min_value=0,
                max_value=366,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w-s"}),
                error_messages={"required": "Indiquez le nombre de jours de formation pratique faits, 0 s’il n’y en a eu aucun"},
            )
        if vie.par_heure:
            self.fields["heures_faites"] = champ_heures()
        if motif.representant:
            self.fields["representant_signe"] = forms.BooleanField(
                label="L’apprenti est mineur, et son représentant légal a signé l’acte de rupture", required=False
            )
        self.fields["le"] = ChampDate(label="Dernier jour du contrat", error_messages={"required": SANS_DATE})
        if initial is not None:
            self.initial = {**initial.dates, "le": initial.le, "jours_pratiques": initial.jours_pratiques,
                            "heures_faites": initial.heures_faites,
                            "representant_signe": initial.representant_signe}  # fmt: skip

    def rupture(self) -> Rupture:
        """As a value, once valid."""
        lues = self.cleaned_data
        return Rupture(
            le=lues["le"],
            motif=self.motif.code,
            dates={d.code: lues[d.code] for d in self.motif.dates},
            jours_pratiques=lues.get("jours_pratiques"),
            heures_faites=lues.get("heures_faites"),
            representant_signe=bool(lues.get("representant_signe")),
        )


class FormulaireSignalement(forms.Form):
    """The CFA's: the last day, what it knows of the motive, and whether the teaching goes on. Once the company declared the rupture,
    the motive is not asked any more."""

    le = ChampDate(label="Dernier jour du contrat", error_messages={"required": SANS_DATE})
    motif = forms.ChoiceField(
        label="Motif, si vous le connaissez", required=False, error_messages={"required": "Choisissez un motif de la liste"}
    )
    exclusion = ChampDate(
        label="Si le CFA a prononcé une exclusion définitive, le",
        help_text="Laissez vide pour tout autre motif.",
        required=False,
    )
    suite = forms.ChoiceField(
        label="La formation continue-t-elle après la rupture\u00a0?",
        choices=OUI_NON,
        widget=forms.RadioSelect,
        error_messages={"required": "Répondez à la question «\u00a0La formation continue-t-elle\u00a0?\u00a0»"},
    )
    formation_jusqu_au = ChampDate(
        label="Dernier jour de formation prévu",
        help_text="L’OPCO finance six mois au plus après la rupture, ou jusqu’à un nouveau contrat. Vous pourrez corriger ce jour.",
        required=False,
    )

    def __init__(self, vie: VieDuContrat, *args: Any, initial: Rupture | None = None, rompu: bool = False) -> None:
        super().__init__(*args)
        self.deja = initial
        if rompu:
            del self.fields["motif"], self.fields["exclusion"]
        if not vie.maintient:
            del self.fields["suite"], self.fields["formation_jusqu_au"]
        if not any(m.code == "exclusion" for m in vie.motifs):
            self.fields.pop("exclusion", None)
        if vie.par_heure:
            self.fields["heures_faites"] = champ_heures()
        champ = self.fields.get("motif")
        if isinstance(champ, forms.ChoiceField):
            connus = [(m.code, m.libelle) for m in vie.motifs if m.dit_au_prestataire]
            champ.choices = [("", "Je ne le connais pas"), *connus]
        if initial is not None:
            self.initial = {
                "le": initial.le,
                "motif": initial.motif,
                "heures_faites": initial.heures_faites,
                "exclusion": initial.dates.get("exclusion"),
                "suite": "oui" if initial.formation_jusqu_au else "",
                "formation_jusqu_au": initial.formation_jusqu_au,
            }

    def clean(self) -> dict[str, Any]:
        """The last day of the teaching is asked when it goes on, and only then."""
        lues: dict[str, Any] = super().clean() or self.cleaned_data
        if lues.get("suite") == "oui" and "formation_jusqu_au" in lues and lues["formation_jusqu_au"] is None:
            self.add_error("formation_jusqu_au", "Indiquez le dernier jour de formation prévu")
        return lues

    def rupture(self) -> Rupture:
        """As a value, once valid."""
        lues, deja = self.cleaned_data, self.deja
        suite: date | None = lues["formation_jusqu_au"] if lues.get("suite") == "oui" else None
        heures = lues.get("heures_faites")
        if "motif" not in self.fields:
            return Rupture(
                le=lues["le"],
                motif=deja.motif if deja else "",
                dates=deja.dates if deja else {},
                heures_faites=heures,
                formation_jusqu_au=suite,
            )
        exclusion: date | None = lues.get("exclusion")
        dates = {"exclusion": exclusion} if exclusion is not None else {}
        return Rupture(le=lues["le"], motif=lues["motif"], dates=dates, heures_faites=heures, formation_jusqu_au=suite)
