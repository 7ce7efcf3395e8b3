"""The one way a document comes into the books: the same number, date and issuer is the same paper."""

from datetime import date

from .acts import require_possible
from .models import Document


def document(number: str, date: date, issuer: str, title: str = "") -> Document:
    """The Document; recorded on first mention. Refused for an impossible date."""
    require_possible(date, f"Văn bản {number}")
    return Document.objects.get_or_create(number=number, date=date, issuer=issuer, defaults={"title": title})[0]
