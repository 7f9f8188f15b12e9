"""Granting or refusing a request of access, from the card that shows it: one form per card, the same on both sides."""

from collections.abc import Iterable
from uuid import UUID

from django import forms
from django.http import QueryDict

from jalon.habilitations.actions.demandes import decider_demande
from jalon.habilitations.actions.mandats_en_attente import decider_mandat
from jalon.habilitations.actions.octrois import decider_octroi
from jalon.habilitations.models import (
    DemandeAcces,
    Mandat,
    Rattachement,
)
from jalon.habilitations.regles import DemandeDroit
from jalon.habilitations.requetes.demandes import DemandeAffichee
from jalon.habilitations.requetes.mandats import MandatAffiche
from jalon.habilitations.requetes.octrois import OctroiAffiche
from jalon.socle.acteurs import Acteur
from jalon.socle.horloge import maintenant
from jalon.web.composants.actes import tenter

ACCORDER, REFUSER = "accorder", "refuser"
SANS_MOTIF = "Indiquez le motif du refus\u00a0: la personne le lira"


class FormulaireDecision(forms.Form):
    """The button is the decision; a refusal needs a reason."""

    use_required_attribute = False
    motif = forms.CharField(
        label="Motif, en cas de refus", max_length=500, error_messages={"required": SANS_MOTIF},
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "in--s"}),
    )  # fmt: skip

    def __init__(self, demande_id: UUID, donnees: QueryDict | None = None) -> None:
        super().__init__(donnees, auto_id=f"%s-{demande_id}")
        self.demande_id = demande_id
        self.decision = donnees.get("decision", "") if donnees is not None else ""
        if self.decision == ACCORDER:
            self.fields["motif"].required = False

    def clean(self) -> dict[str, object]:
        donnees: dict[str, object] = super().clean() or {}
        if self.decision not in {ACCORDER, REFUSER}:
            self.add_error(None, "Choisissez «\u00a0Accorder\u00a0» ou «\u00a0Refuser\u00a0»")
        return donnees

    def droits(self) -> list[DemandeDroit] | None:
        """What is granted; None for what was asked."""
        return None

    def decider(self, par: Acteur) -> DemandeAcces | None:
        """Do what the button said; None when it is refused, the reasons being then in the form."""
        return tenter(
            self,
            lambda: decider_demande(
                demande_id=self.demande_id,
                accorder=self.decision == ACCORDER,
                droits=self.droits(),
                motif=self.cleaned_data["motif"],
                par=par,
                maintenant=maintenant(),
            ),
        )

    @property
    def annonce(self) -> str:
        """What is said once it is done."""
        accordee = self.decision == ACCORDER
        return "La demande est accordée." if accordee else "La demande est refusée, et la personne prévenue."


class FormulaireOctroi(FormulaireDecision):
    """Rights that wait for a second voice: confirmed, or refused with a reason."""

    def decider(self, par: Acteur) -> Rattachement | None:  # type: ignore[override]
        """Do what the button said; None when it is refused, the reasons being then in the form."""
        return tenter(
            self,
            lambda: decider_octroi(
                rattachement_id=self.demande_id,
                accorder=self.decision == ACCORDER,
                motif=self.cleaned_data["motif"],
                par=par,
                maintenant=maintenant(),
            ),
        )

    @property
    def annonce(self) -> str:
        """What is said once it is done."""
        if self.decision == ACCORDER:
            return "Ces droits sont confirmés."
        return "Ces droits sont refusés\u00a0: ils ne compteront pas."


class FormulaireAttenteDeMandat(FormulaireDecision):
    """A mandate, or its widening, that waits: confirmed, or refused with a reason."""

    def decider(self, par: Acteur) -> Mandat | None:  # type: ignore[override]
        """Do what the button said; None when it is refused, the reasons being then in the form."""
        return tenter(
            self,
            lambda: decider_mandat(
                mandat_id=self.demande_id,
                accorder=self.decision == ACCORDER,
                motif=self.cleaned_data["motif"],
                par=par,
                maintenant=maintenant(),
            ),
        )

    @property
    def annonce(self) -> str:
        """What is said once it is done."""
        if self.decision == ACCORDER:
            return "Le mandat est confirmé."
        return "C’est refusé\u00a0: ce qui attendait ne comptera pas. Les deux organisations sont prévenues."


def avec_leur_mandat(
    mandats: Iterable[MandatAffiche], refuse: FormulaireAttenteDeMandat | None = None
) -> list[tuple[MandatAffiche, FormulaireAttenteDeMandat]]:
    """Each mandate that waits with its form; `refuse` is the one that comes back with its reasons."""
    return [(m, refuse if refuse is not None and m.id == refuse.demande_id else FormulaireAttenteDeMandat(m.id)) for m in mandats]


def avec_leur_octroi(
    octrois: Iterable[OctroiAffiche], refuse: FormulaireOctroi | None = None
) -> list[tuple[OctroiAffiche, FormulaireOctroi]]:
    """Each grant that waits with its form; `refuse` is the one that comes back with its reasons."""
    return [(o, refuse if refuse is not None and o.id == refuse.demande_id else FormulaireOctroi(o.id)) for o in octrois]


def avec_leur_formulaire(
    demandes: Iterable[DemandeAffichee], refuse: FormulaireDecision | None = None
) -> list[tuple[DemandeAffichee, FormulaireDecision]]:
    """Each request with its form; `refuse` is the one that comes back with its reasons."""
    return [(d, refuse if refuse is not None and d.id == refuse.demande_id else FormulaireDecision(d.id)) for d in demandes]
