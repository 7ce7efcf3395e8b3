"""Django's enumerations of choices. Their types stand in choices.pyi: mypy, which does not read Django, would take the
members for tuples.
"""

from django.db.models import IntegerChoices, TextChoices

__all__ = ["IntegerChoices", "TextChoices"]
