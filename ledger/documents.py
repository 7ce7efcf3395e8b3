"""The one way a document comes into the books: the same number, date and issuer is the same paper."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import ManyToOneRel, Model

from . import clock
from .acts import Refused, recorded, require_possible
from .models import Document
from .numbers import day_in_words

Key = tuple[str, date, str]


def document(number: str, date: date, issuer: str, title: str = "") -> Document:
    """The Document; recorded on first mention. Refused for an impossible date."""
    require_possible(date, f"Văn bản {number}")
    return recorded(Document(number=number, date=date, issuer=issuer, title=title))


def paper_told(parts: Mapping[str, Any]) -> Document | None:
    """The Document, not saved, that was told of. `parts`: {what it is called: number, then day, then issuer}.

    None where neither number nor day was told. Refused, naming what is wanting, when it is not told whole, and for a day
    ahead or impossible.
    """
    number, day, issuer = parts.values()
    if not (number or day):
        return None
    if wanting := [label for label, value in parts.items() if not value]:
        raise Refused(f"Văn bản còn thiếu: {', '.join(wanting)}. Hãy ghi đủ số, ngày và cơ quan ban hành.")
    if day > clock.today():
        raise Refused(f"Ngày ban hành {day_in_words(day)} còn ở phía trước. Hãy xem lại ngày.")
    require_possible(day, f"Văn bản {number}")
    return Document(number=number, date=day, issuer=issuer)


def key_of(paper: Document) -> Key:
    """What makes it one paper."""
    return paper.number, paper.date, paper.issuer


def keep(papers: Iterable[Document]) -> dict[Key, Document]:
    """{key: the Document} of many at once, saved or not, each recorded on first mention."""
    wanted = {key_of(paper): paper for paper in papers}
    if not wanted:
        return {}
    standing = _standing(wanted)
    new = [Document(number=n, date=d, issuer=i) for n, d, i in wanted.keys() - standing.keys()]
    if new:
        Document.objects.bulk_create(new, ignore_conflicts=True)  # another act may mention it at once
        standing = _standing(wanted)
    return standing


def mentions_of_papers() -> list[tuple[type[Model], str]]:
    """[(model, its column)] of all that names a Document, the histories of rows left out."""
    relations = Document._meta.get_fields(include_hidden=True)
    named = [r for r in relations if isinstance(r, ManyToOneRel) and not hasattr(r.related_model, "history_id")]
    return [(relation.related_model, relation.field.name) for relation in named]


def _standing(wanted: Mapping[Key, Document]) -> dict[Key, Document]:
    numbers, days = {number for number, _, _ in wanted}, {day for _, day, _ in wanted}
    rows = Document.objects.filter(number__in=numbers, date__in=days)
    return {key_of(row): row for row in rows if key_of(row) in wanted}
