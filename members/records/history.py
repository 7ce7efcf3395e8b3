"""The history of a person's record read as sentences, latest first."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from ledger.models import Document
from ledger.numbers import day_in_words
from ledger.spells import FOREVER
from ledger.text import within_sentence
from ledger.web.told import latest_first
from members.models import (
    Admission,
    Amendment,
    BadgeAward,
    Discipline,
    Entry,
    Exit,
    Extension,
    Membership,
    Merger,
    Officialization,
    Post,
    Status,
    TransferOffer,
)
from organizations import lineage

from . import amendments

Names = dict[Any, str]  # {(organization id, day): its name of that day}, and names of catalogues


# How the day of each kind of admission, and that of its decision, are called on a record.
JOINED = {
    Admission.Kind.ADMITTED: ("Vào Đảng", "quyết định kết nạp"),
    Admission.Kind.READMITTED: ("Vào Đảng, kết nạp lại", "quyết định kết nạp lại"),
    Admission.Kind.RESTORED: ("Phục hồi đảng tịch", "quyết định"),
}


def history_of(member):
    """[ToldAct] of all that was recorded about `member`, merged or not, latest first."""
    rows = rows_of(member)
    return told(rows, names_of(rows))


def said(rows):
    """[what each of `rows` says], in their order."""
    names = names_of({model: [row for row in rows if type(row) is model] for model in TELLINGS})
    return [_began(row, names) if type(row) in TELLINGS else row._meta.verbose_name for row in rows]


def rows_of(member):
    """{model: [its rows about `member`, oldest first]}, merged or not, voided ones too."""
    return {model: list(_rows(model, member)) for model in TELLINGS}


def _rows(model, member):
    related = [f"{way}__{what}" for way in ("added", "voided") for what in ("by", "document", "undone")]
    related += ["level"] if model is BadgeAward else []
    related += [field.name for field in model._meta.concrete_fields if field.related_model is Document]
    return model._base_manager.filter(member=member).select_related(*related).order_by("pk")


def names_of(rows):
    """{(organization id, day): its name of that day} for all that the rows name; names of catalogues beside them."""
    labels = lineage.labels_at(
        pair for model, of_model in rows.items() for row in of_model for pair in TELLINGS[model].places(row) if pair[0]
    )
    return labels | amendments.catalogue_names(rows[Amendment])


def told(rows, names):
    """[ToldAct] latest act first. A row written anew with another end is told as that end, not as two rows; one that began
    and ended in one act, as both.
    """
    acts, sentences = {}, defaultdict(list)
    for of_model in rows.values():
        gone, on_the_way = defaultdict(list), {(row.added_id, _same(row)) for row in of_model if _never_stood(row)}
        for row in of_model:
            if _never_stood(row):
                continue
            if row.voided_id:
                acts[row.voided_id] = row.voided
                gone[row.voided_id, _same(row)].append(row)
        for row in of_model:
            if _never_stood(row):
                continue
            acts[row.added_id] = row.added
            before = gone[row.added_id, _same(row)].pop() if gone.get((row.added_id, _same(row))) else None
            sentences[row.added_id].append(_changed(before, row, names) if before else _began(row, names))
            if before is None and (row.added_id, _same(row)) in on_the_way:
                sentences[row.added_id].append(_changed(row, row, names))
        for (act, _), left in gone.items():
            sentences[act] += [f"Hủy: {_began(row, names)}" for row in left]
    return latest_first(acts, sentences)


def _never_stood(row):
    """Whether an act wrote it on its way to another: several moves of one person in one file."""
    return row.voided_id == row.added_id


def _same(row):
    return type(row), TELLINGS[type(row)].same(row)


def _began(row, names):
    return TELLINGS[type(row)].began(row, names)


def _changed(before, row, names):
    """A row written anew in the act that voided `before`: with an end, with its end taken back, or answered."""
    if hasattr(row, "ends") and before.ends < row.ends:
        return f"Tiếp tục: {inline(_began(row, names))}"
    return TELLINGS[type(row)].changed(row, names)


def inline(label):
    """A label within a sentence; the names in it keep their capitals."""
    return within_sentence(label)


def _again(row, names):
    return f"Ghi lại: {_began(row, names)}"


def by(paper):
    """The paper of its own that a row rests on, at the end of a sentence; "" for none: that of its act stands beside the act."""
    return f", theo văn bản số {paper}" if paper else ""


def _membership(row, names):
    where = names[row.organization_id, row.starts]
    return f"{Entry(row.entry).label}: {where} từ {day_in_words(row.starts)}{by(row.decision)}"


def _membership_ended(row, names):
    why = f", {inline(Exit(row.exit).label)}" if row.exit else ""
    where = names[row.organization_id, row.starts]
    return f"Thôi sinh hoạt tại {where} từ {day_in_words(row.ends)}{why}{by(row.exit_decision)}"


def _admission(row, names):
    where = names[row.organization_id, row.ceremony] if row.organization_id else "ngoài Đảng bộ Khối"
    left = f", ra khỏi Đảng từ {day_in_words(row.outside_since)}" if row.outside_since else ""
    days = f"quyết định {day_in_words(row.decided)}, lễ {day_in_words(row.ceremony)}"
    return f"{row.get_kind_display()} tại {where}, {days}{left}{by(row.decision)}"


def _officialization(row, names):
    return f"Công nhận chính thức từ {day_in_words(row.on)}{by(row.decision)}"


def _extension(row, names):
    return f"Gia hạn dự bị đến {day_in_words(row.until)}, quyết định từ {day_in_words(row.on)}"


def _status(row, names):
    if row.kind != Status.Kind.TEMPORARY:
        return row.get_kind_display()
    return f"{row.get_kind_display()} đến {names[row.host_id, row.starts] if row.host_id else row.host_name}"


def _post(row, names):
    return f"{row.get_kind_display()}, {names[row.organization_id, row.starts]}"


def _from(what):
    """What began: `what(row, names)` from its first day, and to its last where it has one."""

    def began(row, names):
        until = "" if row.ends == FOREVER else f" đến trước {day_in_words(row.ends)}"
        return f"{what(row, names)} từ {day_in_words(row.starts)}{until}{by(getattr(row, 'decision', None))}"

    return began


def _until(what):
    return lambda row, names: f"Thôi {inline(what(row, names))} từ {day_in_words(row.ends)}"


def spells_in_words(rows, names):
    """[(what, starts, ends)] of statuses and posts, latest first."""
    latest = sorted(rows, key=lambda row: row.starts, reverse=True)
    return [(_SPELLS[type(row)](row, names), row.starts, row.ends) for row in latest]


_SPELLS = {Status: _status, Post: _post}


def _discipline(row, names):
    return f"Kỷ luật {within_sentence(row.get_kind_display())} ngày {day_in_words(row.on)}"


def offer_in_words(row, names):
    source, target = names[row.source_id, row.offered], names[row.target_id, row.offered]
    said = f"Giới thiệu chuyển sinh hoạt từ {source} đến {target}, ngày {day_in_words(row.offered)}"
    return f"{said}: {inline(row.get_answer_display())} ngày {day_in_words(row.answered)}" if row.answer else said


def _offer_changed(row, names):
    return offer_in_words(row, names) if row.answer else f"Chờ trả lời lại: {inline(offer_in_words(row, names))}"


def _merger(row, names):
    return f"Gộp hồ sơ số {row.dropped_id} của cùng một người vào hồ sơ này"


def _award(row, names):
    return f"Huy hiệu {row.level.years} năm tuổi Đảng, {within_sentence(row.get_kind_display())}, ngày {day_in_words(row.on)}"


@dataclass(frozen=True, kw_only=True)
class Telling:
    """How rows of one model are told, each by a function of (row, names). `began`: that it was recorded; `changed`: that it
    was written anew. `same(row)`: what a row written anew has in common with the one it replaces. `places(row)`:
    [(organization id or None, day)] of the names that are needed.
    """

    began: Callable[[Any, Names], str]
    changed: Callable[[Any, Names], str] = _again
    same: Callable[[Any], Any] = lambda row: None
    places: Callable[[Any], list[tuple[int | None, date]]] = lambda row: []


TELLINGS = {
    Membership: Telling(
        began=_membership,
        changed=_membership_ended,
        same=lambda row: (row.starts, row.organization_id, row.entry),
        places=lambda row: [(row.organization_id, row.starts)],
    ),
    Admission: Telling(
        began=_admission,
        same=lambda row: (row.organization_id, row.kind),
        places=lambda row: [(row.organization_id, row.ceremony)],
    ),
    Officialization: Telling(began=_officialization),
    Extension: Telling(began=_extension),
    Status: Telling(
        began=_from(_status),
        changed=_until(_status),
        same=lambda row: (row.starts, row.kind),
        places=lambda row: [(row.host_id, row.starts)],
    ),
    Discipline: Telling(began=_discipline, same=lambda row: row.kind),
    Post: Telling(
        began=_from(_post),
        changed=_until(_post),
        same=lambda row: (row.starts, row.organization_id, row.kind),
        places=lambda row: [(row.organization_id, row.starts)],
    ),
    TransferOffer: Telling(
        began=offer_in_words,
        changed=_offer_changed,
        same=lambda row: (row.offered, row.target_id),
        places=lambda row: [(row.source_id, row.offered), (row.target_id, row.offered)],
    ),
    Amendment: Telling(began=amendments.sentence),
    Merger: Telling(began=_merger),
    BadgeAward: Telling(began=_award, same=lambda row: row.kind),
}
