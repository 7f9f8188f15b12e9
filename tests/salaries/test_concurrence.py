"""Files and hands at the same instant, with real commits."""

from functools import partial

from jalon.salaries.actions import lancer_import
from jalon.salaries.models import Salarie
from jalon.socle.acteurs import Niveau
from tests.fils import ensemble, genres
from tests.habilitations.vagues import deux_cents
from tests.salaries.outils import MAINTENANT, ZOE, ajouter, aline, csv, deposer, gens, tous


@deux_cents(10)
def test_des_fichiers_a_la_fois_ne_font_qu_une_fiche_par_personne() -> None:
    fichier = csv(*gens(20), *({**p, "nir": ""} for p in gens(10, 20)))
    actrices = [aline(Niveau.SAISIE) for _ in range(10)]
    lignes = [deposer(fichier, par) for par in actrices]
    actes = [
        partial(lancer_import, import_id=li.id, choix={}, par=par, maintenant=MAINTENANT)
        for li, par in zip(lignes, actrices, strict=True)
    ]
    comptes = sorted(str(r.rapport["comptes"]) for r in ensemble(actes))  # type: ignore[attr-defined]
    assert comptes == ["{'identique': 30}"] * 9 + ["{'nouveau': 30}"]
    assert len(tous()) == 30


@deux_cents(20)
def test_la_meme_personne_ajoutee_par_vingt_mains_n_est_la_qu_une_fois() -> None:
    resultats = ensemble([partial(ajouter, ZOE, aline()) for _ in range(20)])
    assert genres(resultats) == {Salarie.__name__: 1, "SaisieRefusee": 19}
    assert len(tous()) == 1
