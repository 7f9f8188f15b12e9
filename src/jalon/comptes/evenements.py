"""Sentences of the events about accounts."""

EVENEMENTS = {
    "compte.seance_fermee": "{acteur} a fermé à distance une session ({navigateur})",
}
