"""Each component: its markup, its defaults, and what people typed stays inert."""

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest

from jalon.web.composants.elements import (
    Etape,
    Evenement,
    GroupeDeTaches,
    LigneMontant,
    MessageAffiche,
    PieceAffichee,
    Puce,
    Rubrique,
    TacheAffichee,
)
from tests.web.composants.conftest import Rendre, fragment_valide

PIEGE = '"><script>alert(1)</script>'


def test_un_bouton_par_defaut_est_secondaire_et_n_envoie_rien(rendre: Rendre) -> None:
    html = rendre("<c-bouton>Annuler</c-bouton>")
    assert html == '<button class="btn btn--2" type="button">Annuler</button>'


def test_un_bouton_avec_adresse_est_un_lien(rendre: Rendre) -> None:
    html = rendre(
        '<c-bouton genre="1" petit icone="plus" icone_fin="arrow-right" href="/a" suite="la pièce" classe="push" data-x="1">Joindre</c-bouton>'
    )
    assert html.startswith('<a class="btn btn--1 btn--s push" href="/a" data-x="1">')
    assert '#i-plus"' in html
    assert 'class="icon icon--s"' in html
    assert '#i-arrow-right"' in html
    assert '<span class="vh"> la pièce</span>' in html


def test_les_attributs_transmis_sont_echappes(rendre: Rendre) -> None:
    html = rendre('<c-bouton :data-nom="nom" :title="nom" disabled>Envoyer</c-bouton>', nom=PIEGE)
    assert "<script>" not in html
    assert html.count("&quot;&gt;&lt;script&gt;") == 2
    assert " disabled" in html


@pytest.mark.parametrize(
    "source",
    [
        '<c-note titre="{{ nom }}"><p>{{ nom }}</p></c-note>',
        '<c-carte titre="{{ nom }}" id="x">{{ nom }}</c-carte>',
        '<c-vide titre="{{ nom }}">{{ nom }}</c-vide>',
        '<c-avatar nom="{{ nom }}" />',
        '<c-champ libelle="{{ nom }}" nom="n" id="i" valeur="{{ nom }}" aide="{{ nom }}" erreur="{{ nom }}" />',
        '<c-champ libelle="L" nom="n" id="i" :valeur="nom" type="textarea" />',
        '<c-titre titre="{{ nom }}" chapeau="{{ nom }}" />',
        '<c-fil :liste="liens" courant="{{ nom }}" />',
        '<c-vues :liste="liens" />',
        '<c-puces :liste="liens" />',
        '<c-fiche :lignes="lignes" />',
        '<c-messages :liste="messages_lus" />',
    ],
)
def test_ce_que_les_gens_tapent_reste_inerte(rendre: Rendre, source: str) -> None:
    lien = SimpleNamespace(libelle=PIEGE, url=f"/?q={PIEGE}", icone="", nombre=1, courant=False)
    lu = MessageAffiche(f"{PIEGE} x", datetime(2026, 11, 16, tzinfo=UTC), PIEGE)
    html = rendre(source, nom=PIEGE, liens=[lien], lignes=[(PIEGE, PIEGE)], messages_lus=[lu])
    assert "<script" not in html
    assert "&lt;script&gt;" in html or "avatar" in source


def test_une_emplacement_vide_n_herite_pas_du_composant_qui_l_entoure(rendre: Rendre) -> None:
    html = rendre(
        '<c-carte titre="A" id="a"><c-slot name="pied">PIED</c-slot><c-carte titre="B" id="b">dedans</c-carte></c-carte>'
    )
    assert html.count("PIED") == 1


@pytest.mark.parametrize(
    ("ton", "icone", "classe"),
    [
        ("info", "info", '"note"'),
        ("warn", "triangle-alert", "note--warn"),
        ("bad", "circle-alert", "note--bad"),
        ("ok", "circle-check", "note--ok"),
    ],
)
def test_un_bandeau_a_le_ton_et_l_icone_de_son_sens(rendre: Rendre, ton: str, icone: str, classe: str) -> None:
    html = rendre(
        f'<c-note ton="{ton}" titre="Titre"><p>Une phrase.</p><c-slot name="action"><c-bouton>Agir</c-bouton></c-slot></c-note>'
    )
    fragment_valide(html)
    assert classe in html
    assert f"#i-{icone}" in html
    assert '<h2 class="note__t">Titre</h2>' in html
    assert "Agir" in html


def test_une_carte_est_nommee_par_son_titre(rendre: Rendre) -> None:
    html = rendre('<c-carte titre="Pièces" id="pieces" tableau><c-slot name="cote">3</c-slot>corps</c-carte>')
    fragment_valide(html)
    assert '<section class="card tcard" id="pieces" aria-labelledby="h-pieces">' in html
    assert '<h2 id="h-pieces">Pièces</h2>3' in html


def test_un_tableau_garde_ses_roles_et_son_titre(rendre: Rendre) -> None:
    html = rendre(
        '<c-tableau legende="Dossiers" titre_id="h-d"><c-slot name="entetes"><c-colonne tri="-modifie" sens="descending">Modifié</c-colonne>'
        "<c-colonne droite>Accordé</c-colonne><c-colonne cachee>Actions</c-colonne></c-slot>"
        '<tr role="row"><th role="rowheader" scope="row">A</th><td role="cell">B</td><td role="cell">C</td></tr></c-tableau>'
    )
    fragment_valide(html)
    assert '<div class="tw" role="group" aria-labelledby="h-d">' in html
    assert '<caption class="vh">Dossiers</caption>' in html
    assert 'aria-sort="descending"><button class="sort" type="submit" form="filtres" name="tri" value="-modifie">Modifié' in html
    assert '<th role="columnheader" scope="col" class="r">Accordé</th>' in html
    assert '<span class="vh">Actions</span>' in html


def test_la_pagination_est_par_curseur(rendre: Rendre) -> None:
    html = rendre('<c-pagination resume="26 à 50" precedent="?avant=a" suivant="?apres=b" />')
    fragment_valide(html)
    assert '<span role="status">26 à 50</span>' in html
    assert '<a href="?avant=a" rel="prev">' in html
    assert "Suivants" in html
    seule = rendre('<c-pagination resume="3 dossiers" />')
    assert "<nav" not in seule
    assert "3 dossiers" in seule


def test_les_filtres_partent_sans_script(rendre: Rendre) -> None:
    html = rendre(
        '<c-filtres nom="Filtrer les dossiers" action="/d/"><c-champ libelle="État" nom="etat" id="f" petit :choix="choix" valeur="b" /></c-filtres>',
        choix=[("a", "A"), ("b", "B")],
    )
    fragment_valide(html)
    assert 'method="get" role="search" aria-label="Filtrer les dossiers"' in html
    assert '<option value="b" selected>B</option>' in html
    assert '<button class="btn btn--2 btn--s" type="submit">' in html


def test_une_puce_se_retire_par_un_lien(rendre: Rendre) -> None:
    html = rendre('<c-puces :liste="puces" effacer="/d/" />', puces=[Puce("État : transmis", "/d/?q=1")])
    fragment_valide(html)
    assert '<a href="/d/?q=1">' in html
    assert "Retirer le filtre État : transmis" in html
    assert "Tout effacer" in html
    assert rendre('<c-puces :liste="puces" effacer="/d/" />', puces=[]) == ""


def test_le_suivi_dit_l_etape_courante_et_celles_qui_sont_finies(rendre: Rendre) -> None:
    html = rendre(
        '<c-suivi :etapes="e" />', e=[Etape("Saisi", "10 nov.", "fait"), Etape("Instruction", "", "courant"), Etape("Décision")]
    )
    fragment_valide(html)
    assert html.count('aria-current="step"') == 1
    assert '<li class="done">' in html
    assert "(terminé)" in html


def test_l_historique_montre_l_heure_de_paris(rendre: Rendre) -> None:
    html = rendre(
        '<c-chronologie :evenements="e" />', e=[Evenement(datetime(2026, 11, 16, 10, 20, tzinfo=UTC), "Transmis", "par Aline")]
    )
    fragment_valide(html)
    assert "11:20" in html
    assert 'datetime="2026-11-16T11:20:00+01:00"' in html


def test_un_message_de_moi_est_a_vous(rendre: Rendre) -> None:
    le = datetime(2026, 11, 16, 10, 20, tzinfo=UTC)
    html = rendre(
        '<c-messages :liste="m" />',
        m=[MessageAffiche("Nadia Belkacem", le, "Un\nDeux"), MessageAffiche("Aline", le, "Merci", de_moi=True)],
    )
    fragment_valide(html)
    assert "Un<br>Deux" in html
    assert '<span class="who">Vous</span>' in html
    assert ">NB</span>" in html


def test_les_pieces_disent_leur_etat_et_leur_action(rendre: Rendre) -> None:
    pieces = [PieceAffichee("Convention", "PDF, 412 Ko", etat, "/p", "Voir") for etat in ("ok", "attente", "manque", "refus")]
    html = rendre('<c-pieces :liste="p" />', p=pieces)
    fragment_valide(html)
    for classe in ("c-ok", "c-mute", "c-warn", "c-bad"):
        assert classe in html
    assert 'Voir<span class="vh"> Convention</span>' in html


def test_l_estimation_annonce_son_chiffre(rendre: Rendre) -> None:
    html = rendre(
        '<c-estimation :montant="m" precision="versés" :lignes="l" />',
        m=Decimal("1867.02"),
        l=[LigneMontant("Heures", Decimal(560)), LigneMontant("Reste", Decimal(0), total=True)],
    )
    fragment_valide(html)
    assert '<div role="status" class="mt3"><p class="est__n num">1\u00a0867,02\u00a0€</p>' in html
    assert '<dt class="tot">Reste</dt>' in html
    absente = rendre("<c-estimation />")
    assert "Complétez les dates" in absente
    assert "est__n" not in absente


@pytest.mark.parametrize(("genre", "icone"), [("rien", "circle-dashed"), ("sans_resultat", "search"), ("sans_droit", "lock")])
def test_trois_etats_vides(rendre: Rendre, genre: str, icone: str) -> None:
    html = rendre(
        f'<c-vide genre="{genre}" titre="Aucun dossier."><p>Pourquoi.</p><c-slot name="action"><c-bouton>Agir</c-bouton></c-slot></c-vide>'
    )
    fragment_valide(html)
    assert f"#i-{icone}" in html
    assert "Agir" in html


def test_les_taches_vides_ne_donnent_pas_de_titre(rendre: Rendre) -> None:
    tache = TacheAffichee(
        "Remplacer la pièce", "Inès", "/d", "Remplacer", "la pièce d’Inès", ton="bad", retard="3 jours de retard"
    )
    a_venir = TacheAffichee("Reprendre", "Yanis", "/e", "Reprendre", echeance=date(2031, 12, 4))
    html = rendre(
        '<c-taches :groupes="g" />',
        g=[
            GroupeDeTaches("En retard", [tache], en_retard=True),
            GroupeDeTaches("Plus tard", [a_venir]),
            GroupeDeTaches("Vide", []),
        ],
    )
    fragment_valide(html)
    assert "todo__group--bad" in html
    assert "Vide" not in html
    assert "3 jours de retard" in html
    assert "4\u00a0déc.\u00a02031" in html
    assert 'Remplacer<span class="vh"> la pièce d’Inès</span>' in html


def test_un_acces_rapide_en_alerte(rendre: Rendre) -> None:
    html = rendre('<c-acces-rapide href="/d" icone="paperclip" nombre="5" titre="Pièces" detail="À corriger" alerte />')
    assert 'class="qa qa--alert"' in html
    assert '<span class="qa__n num">5</span>' in html


@pytest.mark.parametrize(
    ("rang", "mot", "pleines"), [(0, "Aucun", 0), (1, "Lecture", 1), (2, "Saisie", 2), (3, "Envoi", 3), (4, "Gestion", 4)]
)
def test_un_niveau_se_lit_en_barres_et_en_mot(rendre: Rendre, rang: int, mot: str, pleines: int) -> None:
    html = rendre('<c-niveau :valeur="v" />', v=rang)
    fragment_valide(html)
    assert html.count('class="on"') == pleines
    assert html.endswith(f"{mot}</span>")


def test_les_sections_disent_leur_etat_par_le_texte(rendre: Rendre) -> None:
    rubriques = [
        Rubrique("Un", "Complet", "/1", "ok"),
        Rubrique("Deux", "3 champs", "/2", "partiel"),
        Rubrique("Trois", "2 à corriger", "/3", "erreur", courante=True),
        Rubrique("Quatre", "À commencer", "/4"),
    ]
    html = rendre('<c-etapes :rubriques="r" />', r=rubriques)
    fragment_valide(html)
    assert html.count('aria-current="step"') == 1
    assert "st--bad" in html
    assert "s--bad" in html
    assert "st--part" in html


def test_un_dialogue_a_un_titre_et_se_ferme(rendre: Rendre) -> None:
    html = rendre('<c-dialogue id="d" titre="Confirmer"><p>Texte</p></c-dialogue>')
    fragment_valide(html)
    assert '<dialog class="dialogue" id="d" aria-labelledby="d-t">' in html
    assert '<form method="dialog">' in html


def test_une_progression_se_lit_sans_couleur(rendre: Rendre) -> None:
    assert (
        rendre('<c-progression libelle="Sections" valeur="3" maximum="7" />')
        == '<progress max="7" value="3" aria-label="Sections">3 sur 7</progress>'
    )


def test_un_champ_relie_son_aide_et_son_erreur(rendre: Rendre) -> None:
    html = rendre(
        '<c-champ libelle="Durée" nom="d" id="x" unite="heures" aide="Entières" erreur="Indiquez la durée" facultatif />'
    )
    fragment_valide(html)
    assert 'aria-describedby="x_helptext x_error"' in html
    assert 'aria-invalid="true"' in html
    assert "<span>heures</span>" in html
    assert "(facultatif)" in html


def test_les_lignes_marchent_avec_et_sans_script(rendre: Rendre) -> None:
    html = rendre(
        '<c-lignes nom="stagiaires" ajouter="Ajouter un stagiaire" maximum="30"><c-slot name="modele"><p data-ligne="__n__">modèle</p></c-slot><p data-ligne="0">un</p></c-lignes>'
    )
    fragment_valide(html)
    assert 'data-max="30"' in html
    assert '<template data-modele><p data-ligne="__n__">modèle</p></template>' in html
    assert '<button class="btn btn--2" type="submit" name="ajouter" value="stagiaires" formnovalidate data-ajouter-ligne>' in html


def test_une_piece_s_envoie_une_a_la_fois_et_sans_script(rendre: Rendre) -> None:
    html = rendre(
        '<c-televersement action="/d/pieces/" code="convention" titre="Convention" id="t" cible="#pieces" erreur="Joignez un PDF" />'
    )
    fragment_valide(html)
    assert 'method="post" action="/d/pieces/" enctype="multipart/form-data"' in html
    assert 'hx-sync="#pieces:queue all"' in html
    assert 'aria-describedby="t_error"' in html
    assert '<progress max="100" value="0" aria-label="Envoi de Convention">' in html
    assert "csrfmiddlewaretoken" in html
