"""The RNCP-RS export of France compétences: an archive of CSV files, one kind of fact each."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

from jalon.referentiels.officiels.dispositions import disposition
from jalon.referentiels.officiels.rejets import Rejet
from jalon.referentiels.officiels.textes import Archive, Tableau
from jalon.referentiels.officiels.valeurs import lire_certification, lire_date, lire_siret

CERTIFICATEUR = "CERTIFICATEUR"
INACTIVE = "INACTIVE"
NIVEAUX = {f"NIV{niveau}": str(niveau) for niveau in range(1, 9)}
CFD_AU_PLUS, NSF_AU_PLUS = 9, 5

Suivi = Callable[[int], None]
Certification = tuple[str, str, str, str, str, bool, date | None, date | None, str, list[str], list[str]]
Habilitation = tuple[str, str, str, str]


class ExportRncp:
    """The archive, each file recognised by its header. Raises SaisieRefusee when the one of the certifications lacks."""

    def __init__(self, chemin: Path) -> None:
        archive = Archive(chemin)
        self.fiches = archive.exiger(disposition("rncp"))
        self._certificateurs = archive.chercher(disposition("rncp-certificateurs"))
        self._partenaires = archive.chercher(disposition("rncp-partenaires"))
        self._nsf = archive.chercher(disposition("rncp-nsf"))
        self._remplacements = archive.chercher(disposition("rncp-remplacements"))
        self.edition = archive.jour_du_nom()

    @property
    def rejets(self) -> list[Rejet]:
        """Refused lines of every file read so far."""
        lus = (self.fiches, self._certificateurs, self._partenaires, self._nsf, self._remplacements)
        return [rejet for tableau in lus if tableau is not None for rejet in tableau.rejets]

    def certifications(self, edition: date, suivi: Suivi = lambda _: None) -> Iterator[Certification]:
        """Registered from the day of effect, else of decision. « INACTIVE » without a past end: ended before the edition."""
        nsf, remplacements = self._codes_nsf(), self._remplacantes()
        champs = "code", "intitule", "abrege", "niveau", "enregistrement", "actif", "effet", "decision", "fin", "cfd"
        for numero, valeurs in self.fiches.lignes(*champs, suivi=suivi):
            texte, intitule, abrege, niveau, enregistrement, etat, effet, decision, fin, cfd = valeurs
            try:
                code, au = lire_certification(texte), lire_date(fin)
                du = lire_date(effet) or lire_date(decision)
            except ValueError as erreur:
                self.fiches.rejeter(numero, str(erreur))
                continue
            actif = etat.upper() != INACTIVE
            if not actif and (au is None or au >= edition):
                au = edition - timedelta(days=1)
            court = cfd if len(cfd) <= CFD_AU_PLUS else ""
            yield (code, intitule, abrege, NIVEAUX.get(niveau.upper(), ""), enregistrement, actif, du, au, court,
                   sorted(nsf[code]), sorted(remplacements[code]))  # fmt: skip

    def habilitations(self) -> Iterator[Habilitation]:
        """Certification, SIRET, what it may do, name. Those that certify have no word of their own in the export: ours."""
        if self._certificateurs is not None:
            for numero, (code, siret, nom) in self._certificateurs.lignes("code", "siret", "nom"):
                yield from _habilitation(self._certificateurs, numero, code, siret, CERTIFICATEUR, nom)
        if self._partenaires is not None:
            for numero, (code, siret, mot, nom) in self._partenaires.lignes("code", "siret", "habilitation", "nom"):
                yield from _habilitation(self._partenaires, numero, code, siret, mot, nom)

    def _codes_nsf(self) -> defaultdict[str, set[str]]:
        codes: defaultdict[str, set[str]] = defaultdict(set)
        for _, (code, nsf) in self._nsf.lignes("code", "nsf") if self._nsf is not None else ():
            if 0 < len(nsf) <= NSF_AU_PLUS:
                codes[code].add(nsf)
        return codes

    def _remplacantes(self) -> defaultdict[str, set[str]]:
        """What replaces a certification: said on its own line, or on that of the new one."""
        codes: defaultdict[str, set[str]] = defaultdict(set)
        lues = self._remplacements.lignes("code", "ancienne", "nouvelle") if self._remplacements is not None else ()
        for _, (code, ancienne, nouvelle) in lues:
            if nouvelle:
                codes[code].add(nouvelle)
            if ancienne:
                codes[ancienne].add(code)
        return codes


def _habilitation(tableau: Tableau, numero: int, code: str, siret: str, mot: str, nom: str) -> Iterator[Habilitation]:
    try:
        yield lire_certification(code), lire_siret(siret), mot, nom
    except ValueError as erreur:
        tableau.rejeter(numero, str(erreur))
