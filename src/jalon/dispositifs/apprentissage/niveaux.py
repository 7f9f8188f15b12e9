"""Level of a diploma, from its code on the form."""


def niveau_du_diplome(code: str) -> int | None:
    """3 to 7 (7 stands for 7 and 8) from the first digit of the code; None below CAP (regles.md §2.7)."""
    premier = int(code[0])
    return None if premier < 3 else min(premier, 7)
