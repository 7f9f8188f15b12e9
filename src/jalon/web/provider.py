"""Where allauth looks for the providers of an installed app: the name is its own."""

from jalon.web.connexion.fournisseur import FournisseurOpenid

provider_classes = [FournisseurOpenid]
