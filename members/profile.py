"""One member's record: who they are, where they belonged, what was decided about them, and the acts behind it."""

from collections import defaultdict
from dataclasses import dataclass

from ledger import clock
from ledger.numbers import day as in_words
from ledger.spells import FOREVER
from organizations import lineage

from .badge_page import of_member
from .models import Admission, BadgeAward, Discipline, Entry, Exit, Membership, Officialization, Post, Status, age_on

MODELS = (Membership, Admission, Officialization, Status, Discipline, Post, BadgeAward)


@dataclass(frozen=True)
class Told:
    """One act with what it did to the member's rows, as sentences."""

    change: object
    sentences: list


@dataclass(frozen=True)
class Place:
    name: str
    starts: object
    ends: object
    entry: str
    exit: str


def page_of(seen):
    """Context of templates/members/member.html for a Sight."""
    member, today = seen.member, clock.today()
    rows = {model: list(_rows(model, member)) for model in MODELS}
    whole = seen.present is not None
    context = {
        "member": member,
        "whole": whole,
        "age": age_on(member.birth_date, member.birth_precision, today),
        "places": _places(seen),
        "tab": "record",
    }
    if not whole:
        return seen.context() | context
    standing = {model: [row for row in found if row.voided_id is None] for model, found in rows.items()}
    names = _names(rows)
    return (
        seen.context()
        | context
        | {
            "admissions": standing[Admission],
            "officials": standing[Officialization],
            "spells": [*_spells(standing[Status], names), *_spells(standing[Post], names)],
            "disciplines": standing[Discipline],
            "history": _history(rows, names),
        }
        | of_member(member.pk)
    )


def _rows(model, member):
    related = ["added__by", "added__document", "voided__by", "voided__document"]
    related += ["level"] if model is BadgeAward else []
    return model._base_manager.filter(member=member).select_related(*related).order_by("pk")


def _places(seen):
    """[Place] latest first, each by its name of that time; of those the user may see."""
    shown = seen.spells if seen.present else [s for s in seen.spells if s.organization_id in seen.visible]
    names = lineage.labels_at((spell.organization_id, spell.starts) for spell in shown)
    return [
        Place(
            names[spell.organization_id, spell.starts],
            spell.starts,
            spell.ends,
            Entry(spell.entry).label,
            _inline(Exit(spell.exit).label) if spell.exit else "",
        )
        for spell in reversed(shown)
    ]


def _names(rows):
    """{(organization id, day): its name of that day} for all that the rows name."""
    placed = [row for model in (Membership, Admission, Post) for row in rows[model] if row.organization_id]
    return lineage.labels_at((row.organization_id, _day(row)) for row in placed)


def _day(row):
    return row.ceremony if isinstance(row, Admission) else row.starts


def _spells(rows, names):
    """[(what, starts, ends)] of statuses and posts, latest first."""
    return [(_what(row, names), row.starts, row.ends) for row in sorted(rows, key=lambda row: row.starts, reverse=True)]


def _history(rows, names):
    """[Told] latest act first. A row written anew with another end is told as that end, not as two rows."""
    acts, sentences = {}, defaultdict(list)
    for found in rows.values():
        gone = defaultdict(list)
        for row in found:
            if row.voided_id:
                acts[row.voided_id] = row.voided
                gone[row.voided_id, _same(row)].append(row)
        for row in found:
            acts[row.added_id] = row.added
            before = gone[row.added_id, _same(row)].pop() if gone.get((row.added_id, _same(row))) else None
            sentences[row.added_id].append(_ended(row, names) if before else _began(row, names))
        for (act, _), left in gone.items():
            sentences[act] += [f"Hủy: {_began(row, names)}" for row in left]
    return [Told(acts[pk], sentences[pk]) for pk in sorted(acts, reverse=True)]


def _same(row):
    return type(row).__name__, getattr(row, "starts", None), getattr(row, "organization_id", None), _kind(row)


def _kind(row):
    return row.entry if isinstance(row, Membership) else getattr(row, "kind", None)


def _what(row, names):
    if isinstance(row, Post):
        return f"{row.get_kind_display()}, {names[row.organization_id, row.starts]}"
    return row.get_kind_display()


def _inline(label):
    """A label within a sentence; the names in it keep their capitals."""
    return label[:1].lower() + label[1:]


def _began(row, names):
    if isinstance(row, Membership):
        return f"{Entry(row.entry).label}: {names[row.organization_id, row.starts]} từ {in_words(row.starts)}"
    if isinstance(row, Admission):
        where = names[row.organization_id, row.ceremony] if row.organization_id else "ngoài Đảng bộ Khối"
        return f"{row.get_kind_display()} tại {where}, quyết định {in_words(row.decided)}, lễ {in_words(row.ceremony)}"
    if isinstance(row, Officialization):
        return f"Công nhận chính thức từ {in_words(row.on)}"
    if isinstance(row, Discipline):
        return f"Kỷ luật {row.get_kind_display().lower()} ngày {in_words(row.on)}"
    if isinstance(row, BadgeAward):
        return f"Huy hiệu {row.level.years} năm tuổi Đảng, {row.get_kind_display().lower()}, ngày {in_words(row.on)}"
    until = "" if row.ends == FOREVER else f" đến trước {in_words(row.ends)}"
    return f"{_what(row, names)} từ {in_words(row.starts)}{until}"


def _ended(row, names):
    if isinstance(row, Membership):
        why = f", {_inline(Exit(row.exit).label)}" if row.exit else ""
        return f"Thôi sinh hoạt tại {names[row.organization_id, row.starts]} từ {in_words(row.ends)}{why}"
    if hasattr(row, "ends"):
        return f"Thôi {_inline(_what(row, names))} từ {in_words(row.ends)}"
    return f"Ghi lại: {_began(row, names)}"
