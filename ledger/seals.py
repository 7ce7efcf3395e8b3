"""What a page showed, as a short text for its form to carry: who confirms has seen this and nothing else."""

from hashlib import sha256


def seal_of(parts):
    """Twenty hexadecimal digits that change with any of `parts`, texts in their order."""
    return sha256("|".join(parts).encode()).hexdigest()[:20]
