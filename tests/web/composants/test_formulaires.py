"""One field template for every form: ids, descriptions, classes, keyboards; and the words of the errors."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError

from jalon.web.composants.champs import ChampDate, ChampMontant, ChampSiren, ChampSiret
from jalon.web.composants.guide import FormulaireExemple
from jalon.web.composants.phrases import phrases, resume, titre_du_resume
from tests.web.composants.conftest import Rendre, fragment_valide


def _champ(champ: forms.Field, donnees: dict[str, Any] | None = None, nom: str = "x", **initial: Any) -> forms.BoundField:
    formulaire = type("F", (forms.Form,), {nom: champ})(donnees, initial=initial)
    return formulaire[nom]


def test_un_champ_relie_libelle_aide_et_controle() -> None:
    html = _champ(forms.CharField(label="Intitulé", help_text="Comme sur la convention.")).as_field_group()
    fragment_valide(html)
    assert '<label for="id_x">Intitulé</label>' in html
    assert '<div class="hint" id="id_x_helptext">Comme sur la convention.</div>' in html
    assert re.search(
        r'<input type="text" name="x"[^>]*class="in"[^>]*aria-describedby="id_x_helptext"|aria-describedby="id_x_helptext"[^>]*class="in"',
        html,
    )
    assert "(facultatif)" not in html


def test_un_champ_refuse_porte_son_erreur_avant_le_controle() -> None:
    html = _champ(forms.CharField(label="Intitulé", help_text="Aide"), {}).as_field_group()
    fragment_valide(html)
    assert 'class="field field--err"' in html
    assert 'id="id_x_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_x_helptext id_x_error"' in html
    assert html.index("id_x_helptext") < html.index("id_x_error") < html.index("<input")


def test_un_champ_facultatif_le_dit() -> None:
    assert '<span class="opt">(facultatif)</span>' in _champ(forms.CharField(required=False)).as_field_group()


def test_une_unite_suit_le_champ() -> None:
    html = _champ(ChampMontant(label="Coût")).as_field_group()
    assert '<div class="affix w-s">' in html
    assert "<span>€</span>" in html
    assert 'inputmode="decimal"' in html


def test_des_choix_sont_un_groupe_nomme() -> None:
    html = _champ(
        forms.ChoiceField(label="Payeur", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect), {}
    ).as_field_group()
    fragment_valide(html)
    assert re.search(r'<fieldset class="field field--err"[^>]* aria-describedby="id_x_error">', html)
    assert '<legend class="lbl">Payeur</legend>' in html
    assert html.count('class="choice"') == 2
    assert '<label class="choice" for="id_x_0">' in html
    assert "aria-invalid" not in html


def test_une_case_precede_son_libelle() -> None:
    html = _champ(forms.BooleanField(label="J’atteste")).as_field_group()
    fragment_valide(html)
    assert re.search(r'<label class="choice" for="id_x"><input type="checkbox"[^>]*class="chk"', html)


def test_un_mot_de_passe_se_colle_et_s_affiche() -> None:
    html = _champ(
        forms.CharField(label="Mot de passe", widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}))
    ).as_field_group()
    fragment_valide(html)
    assert 'autocomplete="current-password"' in html
    assert "data-voir" in html
    assert "hidden>Afficher" in html
    assert "onpaste" not in html


def test_une_date_ouvre_un_clavier_de_chiffres() -> None:
    html = _champ(ChampDate(label="Début"), x=date(2026, 11, 30)).as_field_group()
    assert 'inputmode="numeric"' in html
    assert 'value="30/11/2026"' in html
    assert 'type="text"' in html


def test_un_nombre_accepte_la_virgule() -> None:
    html = _champ(forms.DecimalField(min_value=0)).as_field_group()
    assert 'type="text"' in html
    assert 'inputmode="decimal"' in html
    assert "min=" not in html
    assert 'inputmode="numeric"' in _champ(forms.IntegerField()).as_field_group()


def test_les_autres_controles_ont_leur_classe() -> None:
    assert 'class="in"' in _champ(forms.ChoiceField(choices=[("", "")])).as_field_group()
    texte = _champ(forms.CharField(widget=forms.Textarea)).as_field_group()
    assert 'rows="4"' in texte
    assert "cols=" not in texte
    assert 'class="fichier"' in _champ(forms.FileField()).as_field_group()
    assert 'class="in in--s"' in _champ(forms.CharField(widget=forms.TextInput(attrs={"class": "in--s"}))).as_field_group()
    assert "class" not in str(_champ(forms.CharField(widget=forms.HiddenInput)))


def test_le_libelle_d_une_bibliotheque_se_remplace(rendre: Rendre) -> None:
    boite = _champ(forms.EmailField(label="E-mail", help_text="help"))
    html = rendre('{% champ boite "Adresse électronique" "Nous y écrivons." %}', boite=boite)
    assert '<label for="id_x">Adresse électronique</label>' in html
    assert "Nous y écrivons." in html


def test_le_resume_renvoie_a_chaque_champ_avec_les_memes_mots(rendre: Rendre) -> None:
    formulaire = FormulaireExemple({})
    html = rendre('<c-erreurs :formulaire="f" />', f=formulaire)
    fragment_valide(html)
    assert 'role="alert"' in html
    assert 'tabindex="-1"' in html
    for ancre, phrase in resume(formulaire):
        assert f'<a href="#{ancre}">{phrase}</a>' in html
        nom = ancre.removeprefix("id_").removesuffix("_0")
        champ = formulaire[nom].as_field_group()
        assert phrase in champ
        assert f'id="{ancre}"' in champ


def test_pas_de_resume_sans_erreur(rendre: Rendre) -> None:
    assert rendre('<c-erreurs :formulaire="f" />', f=FormulaireExemple()) == ""


@pytest.mark.parametrize(
    ("nombre", "titre"),
    [
        (0, "Votre demande n’a pas abouti"),
        (1, "Une réponse à corriger"),
        (2, "Deux réponses à corriger"),
        (11, "11 réponses à corriger"),
    ],
)
def test_le_titre_du_resume_compte(nombre: int, titre: str) -> None:
    assert titre_du_resume(nombre) == titre


CAS = [
    (forms.CharField(label="Caisse de retraite"), "", "Indiquez la caisse de retraite"),
    (forms.CharField(label="SIRET du siège"), "", "Indiquez le SIRET du siège"),
    (forms.CharField(label="Organisme"), "", "Indiquez l’organisme"),
    (forms.CharField(label="Bidule"), "", "Indiquez «\u00a0Bidule\u00a0»"),
    (forms.CharField(label="Objet", error_messages={"required": "Dites pourquoi"}), "", "Dites pourquoi"),
    (forms.ChoiceField(label="Type de contrat", choices=[("a", "A")]), "", "Choisissez le type de contrat"),
    (forms.ChoiceField(label="Type de contrat", choices=[("a", "A")]), "z", "Choisissez le type de contrat"),
    (
        forms.ChoiceField(label="Qui paie ?", choices=[("a", "A")], widget=forms.RadioSelect),
        "",
        "Répondez à la question «\u00a0Qui paie ?\u00a0»",
    ),
    (forms.BooleanField(label="J’atteste"), "", "Cochez «\u00a0J’atteste\u00a0»"),
    (
        forms.IntegerField(label="Âge", error_messages={"invalid": "Écrivez votre âge en chiffres"}),
        "x",
        "Écrivez votre âge en chiffres",
    ),
    (forms.FileField(label="Convention"), "", "Joignez la convention"),
    (forms.EmailField(label="Adresse"), "x@", "Indiquez une adresse électronique complète, par exemple prenom.nom@entreprise.fr"),
    (forms.IntegerField(), "huit", "Écrivez un nombre entier, par exemple 12"),
    (forms.DecimalField(), "huit", "Écrivez un nombre, par exemple 12,5"),
    (forms.DateField(), "hier", "Écrivez la date sous la forme jour/mois/année, par exemple 30/11/2026"),
    (forms.CharField(max_length=3), "abcde", "3 caractères au plus\u00a0: il y en a 2 de trop"),
    (forms.CharField(min_length=3), "a", "3 caractères au moins\u00a0: il en manque 2"),
    (forms.IntegerField(min_value=1), "0", "Indiquez un nombre d’au moins 1"),
    (forms.IntegerField(max_value=30), "31", "Indiquez un nombre qui ne dépasse pas 30"),
    (ChampSiret(label="SIRET"), "123 456 782 000", "Le SIRET comporte 14 chiffres, il en manque 2"),
    (ChampDate(label="Début"), "31/02/2026", "Cette date n’existe pas au calendrier"),
    (ChampMontant(label="Coût"), "beaucoup", "Écrivez un montant en euros, par exemple 1\u00a0250,00"),
]


@pytest.mark.parametrize(("champ", "saisie", "attendu"), CAS)
def test_une_erreur_dit_quoi_faire(champ: forms.Field, saisie: str, attendu: str) -> None:
    (phrase,) = phrases(_champ(champ, {"x": saisie}))
    assert phrase == attendu
    assert "invalide" not in phrase
    assert "euillez" not in phrase


@pytest.mark.parametrize(
    ("code", "debut"),
    [
        ("incorrect_code", "Ce code ne correspond pas"),
        ("rate_limited", "Trop d’essais"),
        ("email_password_mismatch", "L’adresse ou le mot"),
    ],
)
def test_les_refus_de_la_bibliotheque_de_comptes_sont_les_notres(code: str, debut: str) -> None:
    boite = _champ(forms.CharField(), {"x": "a"})
    boite.form.add_error("x", ValidationError("English.", code=code))
    boite.form.add_error(None, ValidationError("English.", code=code))
    assert [p.startswith(debut) for _, p in resume(boite.form)] == [True, True]


def test_ce_qui_est_lu_revient_en_valeur_python() -> None:
    formulaire = type(
        "F", (forms.Form,), {"d": ChampDate(), "m": ChampMontant(), "s": ChampSiren(), "vide": ChampDate(required=False)}
    )
    lu = formulaire({"d": "3/1/26", "m": "1 867,02 €", "s": "123 456 782", "vide": ""})
    assert lu.is_valid(), lu.errors
    assert lu.cleaned_data == {"d": date(2026, 1, 3), "m": Decimal("1867.02"), "s": "123456782", "vide": None}


def test_ce_qui_est_en_base_revient_comme_on_l_ecrit() -> None:
    assert 'value="1250,00"' in str(_champ(ChampMontant(), x=Decimal(1250)))
    assert 'value="123\u00a0456\u00a0782"' in str(_champ(ChampSiren(), x="123456782"))
