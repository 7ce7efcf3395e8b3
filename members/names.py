"""Names typed in capitals: recognised, and offered as they are usually written (domain §7.3). Nothing is changed unasked."""

import re


def is_shouted(name):
    """Whether every letter of `name`, and more than one, is a capital."""
    return name.isupper() and sum(map(str.isalpha, name)) > 1


def capitalised(name):
    """NGUYỄN VĂN A → Nguyễn Văn A; K'BRÔI → K'Brôi."""
    return re.sub(r"[^\W\d_]+", lambda word: word[0][0].upper() + word[0][1:].lower(), name)
