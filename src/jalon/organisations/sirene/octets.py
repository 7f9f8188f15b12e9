"""Bytes, quickly."""


def compter(octet: bytes, octets: bytes) -> int:
    """How many times that byte is there. `bytes.count` looks at each byte, `replace` leaps from one to the next."""
    return len(octets) - len(octets.replace(octet, b""))
