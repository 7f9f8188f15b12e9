"""Sentences of the events about accounts."""

EVENEMENTS = {
    "compte.seance_fermee": "{acteur} a fermé à distance une session ({navigateur})",
    "compte.identite_liee": "{acteur} a lié son compte à un service d’identité",
    "compte.identite_deliee": "{acteur} a délié son compte d’un service d’identité",
}
