"""Putting several PDFs of ours end to end, tags included, so that a large batch is typeset by parts of bounded memory."""

import io
from collections.abc import Sequence
from contextlib import ExitStack

import pikepdf


def fusionner(parties: Sequence[bytes]) -> bytes:
    """One PDF/UA from several made by the same template, in that order; title, language and metadata are the first's.

    The pages keep the tree of tags that makes them readable aloud. The same parts give the same bytes.
    """
    if len(parties) == 1:
        return parties[0]
    with ExitStack() as ouverts:
        cible, *suites = (ouverts.enter_context(pikepdf.open(io.BytesIO(partie))) for partie in parties)
        for suite in suites:
            _ajouter(cible, suite)
        sortie = io.BytesIO()
        cible.save(sortie, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return sortie.getvalue()


def sans_promesse(pdf: bytes) -> bytes:
    """The same, which no longer says that all of it is accessible: pages without tags are going to be added."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as fiche:
            del fiche["pdfuaid:part"]
        sortie = io.BytesIO()
        document.save(sortie, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return sortie.getvalue()


def _ajouter(cible: pikepdf.Pdf, suite: pikepdf.Pdf) -> None:
    """Append the pages, then hang their tags under the document; keys of the parent tree are shifted."""
    arbre = cible.Root.StructTreeRoot
    decalage, pages = int(arbre.ParentTreeNextKey), len(cible.pages)
    cible.pages.extend(suite.pages)
    for page in cible.pages[pages:]:
        page.obj.StructParents = int(page.obj.StructParents) + decalage
    ajoute = cible.copy_foreign(suite.Root.StructTreeRoot)
    numeros = ajoute.ParentTree.Nums
    for rang in range(0, len(numeros), 2):
        arbre.ParentTree.Nums.append(int(numeros[rang]) + decalage)
        arbre.ParentTree.Nums.append(numeros[rang + 1])
    document = arbre.K[0]
    for element in ajoute.K[0].K:
        element.P = document
        document.K.append(element)
    arbre.ParentTreeNextKey = decalage + int(ajoute.ParentTreeNextKey)
