"""Check digits of a whole column at once: the digits of one position stand side by side in a big integer, and are added as such."""

from collections.abc import Sequence

_SIMPLE = bytes.maketrans(b"0123456789", bytes(range(10)))
_DOUBLE = bytes.maketrans(b"0123456789", bytes([0, 2, 4, 6, 8, 1, 3, 5, 7, 9]))
_RESTE = bytes(octet % 10 for octet in range(256))


def cles_valides(cles: Sequence[bytes], longueur: int) -> bool:
    """Whether every key has that number of digits and passes Luhn (at most 28 digits, so that a sum fits in a byte)."""
    chiffres = b"".join(cles)
    if set(map(len, cles)) != {longueur} or not chiffres.isdigit():
        return False
    total = 0
    for position in range(longueur):
        table = _SIMPLE if (longueur - position) % 2 else _DOUBLE
        total += int.from_bytes(chiffres[position::longueur].translate(table), "big")
    return not any(total.to_bytes(len(cles), "big").translate(_RESTE))
