"""The numbers by which addresses name a row: short, and random.

A running number would tell every visitor how many there are, and its neighbours.
"""

import secrets

# Without what is read as something else: 0 O, 1 I L.
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 8


def new_number() -> str:
    """Return a number that nobody can guess."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
