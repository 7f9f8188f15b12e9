"""Sentences of what a person does about her notifications."""

EVENEMENTS = {"notifications.preferences": "{acteur} a changé les préférences de ses notifications"}
