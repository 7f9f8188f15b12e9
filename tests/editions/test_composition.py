"""What the PDFs are: accessible, deterministic, faithful to hostile texts, and readable by a machine."""

import io
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pikepdf
import pypdfium2
import pytest

from jalon.editions import composition
from jalon.editions.composition import (
    CompositionImpossible,
    composer,
    composer_accord,
    composer_lettres,
    composer_recapitulatif,
    nombre_de_pages,
)
from jalon.editions.documents import (
    Accord,
    Emetteur,
    Lettre,
    LigneAccord,
    Partie,
    Recapitulatif,
    RubriqueRecap,
    Tableau,
)
from jalon.editions.regles import couverture, date_longue, grouper_code, imprimable, pourcentage
from jalon.socle.acteurs import Profil

LE = date(2026, 11, 23)
EMETTEUR = Emetteur(
    "OPCO Exemple", site="https://monespace.example", adresse="12 rue des Fontaines, 75003 Paris", telephone="01 00 00 00 00"
)
HOSTILES = [
    "#panic(1)",
    "$ x^2 $",
    "fin ] #pagebreak() [",
    "@ref <etiquette>",
    "\\ \\u{1F600} *gras* _souligné_ `code`",
    '"); #eval("1+1") //',
    "#import \"/etc/passwd\"",
    "/* commentaire */ // ligne",
    "= Titre\n- liste\n+ numéro\n/ terme: x",
    "{{ gabarit }} {% bloc %}",
    "~ -- --- ... '",
]  # fmt: skip


def lettre(rang: int = 1, **champs: object) -> Lettre:
    base = Lettre(
        f"L-2611-{rang:06d}",
        "123456782",
        Profil.ADHERENT,
        ("À l’attention du représentant légal de BELLERIVE RESTAURATION", "14 QUAI DES CÉLESTINS", "69002 LYON"),
        "7K3QW8MZ2PRT4X",
        date(2027, 2, 23),
    )
    return replace(base, **champs)  # type: ignore[arg-type]


def accord(**champs: object) -> Accord:
    base = Accord(
        emetteur=EMETTEUR,
        numero="2611AF000123",
        dispositif="Action de formation",
        parties=(
            Partie("Entreprise", "BELLERIVE RESTAURATION", ("SIRET 123 456 782 00010",)),
            Partie("Organisme de formation", "FORMATIONS DU RHÔNE", ("Déclaration d’activité 84 69 12345 69",)),
        ),
        action=(("Intitulé", "Hygiène alimentaire"), ("Dates", "du 04/01/2027 au 06/01/2027"), ("Stagiaires", "6")),
        lignes=(
            LigneAccord("Coûts pédagogiques", "126 h", Decimal(25), Decimal(3150)),
            LigneAccord("Frais annexes : repas", "12", Decimal(20), Decimal(240)),
        ),
        total_ht=Decimal(3390),
        taux_tva=Decimal("20.00"),
        total_ttc=Decimal(4068),
        mode_paiement="Subrogation",
        sens_mode_paiement="L’OPCO paie directement l’organisme de formation.",
        conditions=("La facture est déposée après la fin de l’action.",),
        recours=("Vous pouvez contester cette décision dans les deux mois.",),
        signataire="Emma Laurent, conseillère",
        fait_le=LE,
    )
    return replace(base, **champs)  # type: ignore[arg-type]


def recapitulatif(**champs: object) -> Recapitulatif:
    base = Recapitulatif(
        EMETTEUR,
        "Accusé de réception",
        "2611AF000123",
        (
            RubriqueRecap("Entreprise", (("Dénomination", "BELLERIVE"), ("SIRET", "123 456 782 00010"))),
            RubriqueRecap("Stagiaires", tableau=Tableau(("Nom", "Prénom"), (("MOREAU", "Inès"), ("PETIT", "Éloïse")))),
        ),
        sous_titre="Action de formation",
        meta=(("Transmis le", "23/11/2026"),),
    )
    return replace(base, **champs)  # type: ignore[arg-type]


def lettres(*liste: Lettre, **options: object) -> bytes:
    return composer_lettres(liste, emetteur=EMETTEUR, titre="Lettres d’activation", date_document=LE, **options)[0]  # type: ignore[arg-type]


def pages(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]
    finally:
        document.close()


def texte(pdf: bytes) -> str:
    return re.sub(r"\s+", " ", " ".join(pages(pdf)))


PRODUITS = {
    "lettres": lambda: lettres(lettre(1), lettre(2, profil=Profil.PRESTATAIRE)),
    "accord": lambda: composer_accord(accord()),
    "recapitulatif": lambda: composer_recapitulatif(recapitulatif(), date_document=LE),
}


@pytest.mark.parametrize("produit", PRODUITS)
def test_le_pdf_est_accessible(produit: str) -> None:
    with pikepdf.open(io.BytesIO(PRODUITS[produit]())) as document:
        assert bool(document.Root.MarkInfo.Marked)
        assert str(document.Root.Lang).lower().startswith("fr")
        assert document.Root.StructTreeRoot.Type == "/StructTreeRoot"
        assert bool(document.Root.ViewerPreferences.DisplayDocTitle)
        with document.open_metadata() as metadonnees:
            assert metadonnees["pdfuaid:part"] == "1"
            assert metadonnees["dc:title"]
        genres = {str(o.get("/S")) for o in document.objects if isinstance(o, pikepdf.Dictionary) and "/S" in o}
        assert {"/H1", "/P"} <= genres
        polices = {str(o.BaseFont) for o in document.objects if isinstance(o, pikepdf.Dictionary) and "/BaseFont" in o}
        assert all("Inter" in p or "Bricolage" in p for p in polices)


def test_les_tableaux_ont_des_entetes() -> None:
    with pikepdf.open(io.BytesIO(composer_accord(accord()))) as document:
        genres = [str(o.get("/S")) for o in document.objects if isinstance(o, pikepdf.Dictionary) and "/S" in o]
    assert genres.count("/Table") == 1
    assert genres.count("/TH") == 4
    assert genres.count("/TD") == 8


@pytest.mark.parametrize("produit", PRODUITS)
def test_la_meme_entree_donne_les_memes_octets(produit: str) -> None:
    assert PRODUITS[produit]() == PRODUITS[produit]()


def test_la_date_du_document_est_celle_donnee() -> None:
    un = composer_recapitulatif(recapitulatif(), date_document=LE)
    deux = composer_recapitulatif(recapitulatif(), date_document=date(2026, 11, 24))
    assert un != deux
    with pikepdf.open(io.BytesIO(un)) as document:
        assert "20261123" in str(document.docinfo.CreationDate)


@pytest.mark.parametrize("hostile", HOSTILES)
def test_un_texte_hostile_est_imprime_jamais_execute(hostile: str) -> None:
    attendu = re.sub(r"\s+", " ", hostile)
    rubriques = (RubriqueRecap(hostile, ((hostile, hostile),), Tableau((hostile,), ((hostile,),)), hostile),)
    recap = recapitulatif(intitule=hostile, reference=hostile, sous_titre=hostile, rubriques=rubriques)
    assert texte(composer_recapitulatif(recap, date_document=LE)).count(attendu) >= 8
    lu = texte(composer_accord(accord(numero=hostile, dispositif=hostile, conditions=(hostile,), signataire=hostile)))
    assert lu.count(attendu) >= 4
    assert attendu in texte(lettres(lettre(adresse=(hostile, "69002 LYON"))))


def test_un_texte_hostile_en_titre_reste_un_titre() -> None:
    pdf = composer_recapitulatif(recapitulatif(intitule="#panic()\x00\n[x]"), date_document=LE)
    with pikepdf.open(io.BytesIO(pdf)) as document, document.open_metadata() as metadonnees:
        assert metadonnees["dc:title"] == "#panic() [x], 2611AF000123"


@pytest.mark.parametrize(
    ("recu", "imprime"),
    [
        ("cafe\u0301", "café"),
        ("a\u202eb\u200bc\x00d\x1b", "abcd"),
        ("formation 🎓🎓 IA", "formation □ IA"),
        ("日本語", "□"),
        ("Łukasz Šimić Ştefan Ÿ œuvre ĲŒ", "Łukasz Šimić Ştefan Ÿ œuvre ĲŒ"),
        ("Ελλάδα Пётр", "Ελλάδα Пётр"),
        ("un\r\ndeux\ttrois", "un\ndeux trois"),
        ("1 867,02\u00a0€ n°\u00a03 “x” – — … • ½ ≥ →", "1 867,02\u00a0€ n°\u00a03 “x” – — … • ½ ≥ →"),
        ("\ud800", "□"),
    ],
)
def test_un_signe_que_nos_polices_ne_dessinent_pas_est_remplace(recu: str, imprime: str) -> None:
    assert imprimable(recu) == imprime
    recap = recapitulatif(rubriques=(RubriqueRecap("Essai", (("Texte", recu),)),))
    assert re.sub(r"\s+", " ", imprime) in texte(composer_recapitulatif(recap, date_document=LE))


def test_tous_les_signes_annonces_sont_dessinables() -> None:
    signes = sorted(couverture())
    lignes = tuple((f"{i}", "".join(groupe)) for i, groupe in enumerate(signes[d : d + 60] for d in range(0, len(signes), 60)))
    pdf = composer_recapitulatif(recapitulatif(rubriques=(RubriqueRecap("Signes", lignes),)), date_document=LE)
    assert len(signes) > 1500
    assert nombre_de_pages(pdf) >= 1


def test_les_textes_du_recapitulatif_suivent_l_ordre_des_cases() -> None:
    lu = texte(composer_recapitulatif(recapitulatif(), date_document=LE))
    reperes = ["Accusé de réception", "Transmis le", "Dénomination", "BELLERIVE", "SIRET", "Stagiaires", "MOREAU", "PETIT"]
    assert [lu.index(r) for r in reperes] == sorted(lu.index(r) for r in reperes)


def test_au_dela_de_six_colonnes_chaque_rangee_est_une_fiche() -> None:
    tableau = Tableau(
        tuple(f"Case {i}" for i in range(9)), tuple(tuple(f"r{n}c{i}" for i in range(9)) for n in range(2)), "Stagiaire"
    )
    lu = texte(composer_recapitulatif(recapitulatif(rubriques=(RubriqueRecap("Stagiaires", tableau=tableau),)), date_document=LE))
    assert "Stagiaire 1 Case 0 r0c0" in lu
    assert "Stagiaire 2 Case 0 r1c0" in lu


def test_un_recapitulatif_de_deux_mille_stagiaires_tient() -> None:
    rangees = tuple((f"NOM{i}", "Inès", "1 85 ** ** *** *** **", "Employé", "21") for i in range(2000))
    tableau = Tableau(("Nom", "Prénom", "NIR", "Catégorie", "Heures"), rangees)
    pdf = composer_recapitulatif(recapitulatif(rubriques=(RubriqueRecap("Stagiaires", tableau=tableau),)), date_document=LE)
    lu = pages(pdf)
    assert "NOM1999" in lu[-1]
    assert all("Prénom" in page for page in lu)


def test_l_accord_dit_tout_ce_qui_est_du() -> None:
    lu = texte(composer_accord(accord()))
    for attendu in (
        "Accord de prise en charge",
        "N° 2611AF000123",
        "BELLERIVE RESTAURATION",
        "FORMATIONS DU RHÔNE",
        "du 04/01/2027 au 06/01/2027",
        "Coûts pédagogiques 126 h 25,00 € 3 150,00 €",
        "Total HT 3 390,00 €",
        "TVA 20 % 678,00 €",
        "Total TTC 4 068,00 €",
        "Subrogation. L’OPCO paie directement",
        "La facture est déposée",
        "PARIS, le 23 novembre 2026",
        "Emma Laurent, conseillère",
        "deux mois",
        "Page 1 sur 1",
    ):
        assert attendu in lu


def test_un_accord_courant_tient_sur_une_page_et_un_long_sur_plusieurs() -> None:
    assert nombre_de_pages(composer_accord(accord())) == 1
    long = accord(lignes=tuple(LigneAccord(f"Ligne {i}", "1 h", Decimal(1), Decimal(1)) for i in range(90)))
    lu = pages(composer_accord(long))
    assert len(lu) >= 3
    assert f"Page 2 sur {len(lu)}" in lu[1].replace("\u00a0", " ")


def test_une_lettre_porte_ce_qu_il_faut() -> None:
    (un, deux) = pages(lettres(lettre(1), lettre(2, profil=Profil.PRESTATAIRE)))
    lu = re.sub(r"\s+", " ", un)
    for attendu in (
        "À l’attention du représentant légal de BELLERIVE RESTAURATION",
        "PARIS, le 23 novembre 2026",
        "SIREN – adhérent",
        "123 456 782",
        "7K3Q-W8MZ-2PRT-4X",
        "Valable jusqu’au 23 février 2027 inclus",
        "Rendez-vous sur monespace.example",
        "Ne le transmettez jamais par courriel",
        "Appelez le 01 00 00 00 00 ou écrivez-nous, sans compte, sur monespace.example/contact.",
        "Lettre L-2611-000001",
        "OPCO Exemple · 12 rue des Fontaines, 75003 Paris",
    ):
        assert attendu in lu
    assert "SIREN – prestataire" in deux
    assert "«\u00a0Prestataire\u00a0»" in deux
    assert "certificats de réalisation" in deux


def test_une_entreprise_sans_telephone_d_assistance_garde_une_phrase_juste() -> None:
    pdf, _ = composer_lettres(
        [lettre()], emetteur=replace(EMETTEUR, telephone=""), titre="Lettres", date_document=LE, lieu="LYON"
    )
    lu = texte(pdf)
    assert "perdu ? Écrivez-nous, sans compte, sur monespace.example/contact." in lu
    assert "LYON, le 23 novembre 2026" in lu


def test_le_plan_des_pages_est_juste() -> None:
    lot = [lettre(rang, code=f"CODE{rang:010d}") for rang in range(1, 31)]
    pdf, plan = composer_lettres(lot, emetteur=EMETTEUR, titre="Lettres", date_document=LE)
    lu = pages(pdf)
    assert plan == {x.numero: rang for rang, x in enumerate(lot, start=1)}
    for x in lot:
        assert x.numero in lu[plan[x.numero] - 1]
        assert grouper_code(x.code) in lu[plan[x.numero] - 1]


def test_un_grand_lot_compose_par_parties_garde_son_plan_et_ses_balises(monkeypatch: pytest.MonkeyPatch) -> None:
    lot = [lettre(rang) for rang in range(1, 8)]
    entier = composer_lettres(lot, emetteur=EMETTEUR, titre="Lettres", date_document=LE)[0]
    monkeypatch.setattr(composition, "LETTRES_PAR_PARTIE", 2)
    pdf, plan = composer_lettres(lot, emetteur=EMETTEUR, titre="Lettres", date_document=LE)
    assert pdf == composer_lettres(lot, emetteur=EMETTEUR, titre="Lettres", date_document=LE)[0]
    assert pages(pdf) == pages(entier)
    assert list(plan.values()) == list(range(1, 8))
    with pikepdf.open(io.BytesIO(pdf)) as document, pikepdf.open(io.BytesIO(entier)) as modele:
        arbre, autre = document.Root.StructTreeRoot, modele.Root.StructTreeRoot
        assert [str(e.S) for e in arbre.K[0].K] == [str(e.S) for e in autre.K[0].K]
        assert all(e.P.objgen == arbre.K[0].objgen for e in arbre.K[0].K)
        numeros = arbre.ParentTree.Nums
        par_cle = {int(numeros[i]): numeros[i + 1] for i in range(0, len(numeros), 2)}
        assert sorted(par_cle) == list(range(7))
        for page in document.pages:
            for element in par_cle[int(page.obj.StructParents)]:
                assert element.Pg.objgen == page.obj.objgen


ZONE_TOUJOURS_VISIBLE = (100, 190, 45, 79)
ZONE_PARFOIS_VISIBLE = (90, 200, 34, 90)


def _caracteres_en_millimetres(pdf: bytes) -> list[tuple[str, float, float]]:
    """Each printed sign of the first page, with its centre from the left and from the top."""
    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    textes = page.get_textpage()
    hauteur, signes = page.get_height(), []
    for rang in range(textes.count_chars()):
        gauche, bas, droite, haut = textes.get_charbox(rang)
        signe = textes.get_text_range(rang, 1)
        if signe.strip():
            signes.append((signe, (gauche + droite) / 2 / 72 * 25.4, (hauteur - (bas + haut) / 2) / 72 * 25.4))
    textes.close()
    page.close()
    document.close()
    return signes


def _dans(zone: tuple[int, int, int, int], x: float, y: float) -> bool:
    gauche, droite, haut, bas = zone
    return gauche <= x <= droite and haut <= y <= bas


@pytest.mark.parametrize("lignes", [2, 5, 7])
def test_l_adresse_et_elle_seule_parait_dans_la_fenetre(lignes: int) -> None:
    adresse = tuple(f"ADRESSE LIGNE {i}" for i in range(lignes))
    signes = _caracteres_en_millimetres(lettres(lettre(adresse=adresse)))
    parus = "".join(s for s, x, y in signes if _dans(ZONE_PARFOIS_VISIBLE, x, y))
    toujours = "".join(s for s, x, y in signes if _dans(ZONE_TOUJOURS_VISIBLE, x, y))
    assert parus == toujours == "".join(adresse).replace(" ", "")


def test_une_adresse_demesuree_ne_deborde_pas_de_la_fenetre() -> None:
    signes = _caracteres_en_millimetres(lettres(lettre(adresse=("SOCIÉTÉ " * 60, "69002 LYON"))))
    dates = [y for s, x, y in signes if s == "P" and y > 90]
    assert min(dates) > 94


@pytest.mark.parametrize("liste", [[], [lettre(1), lettre(1)]])
def test_un_lot_vide_ou_a_numero_double_est_refuse(liste: list[Lettre]) -> None:
    with pytest.raises(CompositionImpossible):
        composer_lettres(liste, emetteur=EMETTEUR, titre="Lettres", date_document=LE)


def test_un_gabarit_inconnu_ou_des_donnees_manquantes_sont_refuses() -> None:
    with pytest.raises(CompositionImpossible, match="gabarit inconnu"):
        composer("../../secret", {}, titre="x", date_document=LE)
    with pytest.raises(CompositionImpossible, match=r"^accord : "):
        composer("accord", {"emetteur": EMETTEUR.donnees()}, titre="x", date_document=LE)
    with pytest.raises(TypeError, match="Decimal"):
        composer("accord", {"total": Decimal(1)}, titre="x", date_document=LE)


def test_les_mots_francais_des_dates_des_taux_et_des_codes() -> None:
    assert date_longue(date(2026, 12, 1)) == "1er\u00a0décembre\u00a02026"
    assert date_longue(date(2027, 2, 23)) == "23\u00a0février\u00a02027"
    assert pourcentage(Decimal("20.00")) == "20\u00a0%"
    assert pourcentage(Decimal("5.50")) == "5,5\u00a0%"
    assert pourcentage(Decimal(0)) == "0\u00a0%"
    assert grouper_code("7k3q w8mz-2prt4x") == "7K3Q-W8MZ-2PRT-4X"


def test_les_pdf_produits_passent_notre_propre_controle() -> None:
    from jalon.pieces.inspection.pdf import inspecter_pdf

    for produit in PRODUITS.values():
        pdf = produit()
        assert inspecter_pdf(pdf) == pdf
