"""What an OPCO finances: each dispositif is one declaration (pure Python and Pydantic, no Django)."""
