"""Guides: texts that we write, one Markdown file each; searched, and shown beside the pages that they are about."""

from jalon.aide.guides.lecture import Guide, lire_guide
from jalon.aide.guides.recueil import GUIDES, chercher_guides, guide, guides_de_la_page, guides_du_dispositif, par_theme

__all__ = ["GUIDES", "Guide", "chercher_guides", "guide", "guides_de_la_page", "guides_du_dispositif", "lire_guide", "par_theme"]
