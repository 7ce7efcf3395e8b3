"""The history of a person's record read as sentences, latest first."""

from collections import defaultdict

from ledger.numbers import day as in_words
from ledger.spells import FOREVER
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

MODELS = (
    Membership,
    Admission,
    Officialization,
    Extension,
    Status,
    Discipline,
    Post,
    TransferOffer,
    Amendment,
    Merger,
    BadgeAward,
)


# How the day of each kind of admission, and that of its decision, are called on a record.
JOINED = {
    Admission.Kind.ADMITTED: ("Vào Đảng", "quyết định kết nạp"),
    Admission.Kind.READMITTED: ("Vào Đảng, kết nạp lại", "quyết định kết nạp lại"),
    Admission.Kind.RESTORED: ("Phục hồi đảng tịch", "quyết định"),
}


def history_of(member):
    """[ToldAct] of all that was recorded about `member`, merged or not, latest first."""
    rows = {model: list(_rows(model, member)) for model in MODELS}
    return _history(rows, _names(rows))


def said(rows):
    """[what each of `rows` says], in their order."""
    names = _names({model: [row for row in rows if type(row) is model] for model in MODELS})
    return [_began(row, names) if type(row) in MODELS else row._meta.verbose_name for row in rows]


def _rows(model, member):
    related = [f"{way}__{what}" for way in ("added", "voided") for what in ("by", "document", "undone")]
    related += ["level"] if model is BadgeAward else []
    return model._base_manager.filter(member=member).select_related(*related).order_by("pk")


def _names(rows):
    """{(organization id, day): its name of that day} for all that the rows name; names of catalogues beside them."""
    labels = lineage.labels_at(pair for found in rows.values() for row in found for pair in _named(row))
    return labels | amendments.catalogue_names(rows[Amendment])


def _named(row):
    """(organization id, day) of each organization that the sentences about `row` name."""
    if isinstance(row, BadgeAward):
        return []
    if isinstance(row, TransferOffer):
        return [(row.source_id, row.offered), (row.target_id, row.offered)]
    if isinstance(row, Status):
        return [(row.host_id, row.starts)] if row.host_id else []
    if getattr(row, "organization_id", None) is None:
        return []
    return [(row.organization_id, row.ceremony if isinstance(row, Admission) else row.starts)]


def _spells(rows, names):
    """[(what, starts, ends)] of statuses and posts, latest first."""
    return [(_what(row, names), row.starts, row.ends) for row in sorted(rows, key=lambda row: row.starts, reverse=True)]


def _history(rows, names):
    """[ToldAct] latest act first. A row written anew with another end is told as that end, not as two rows."""
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
            sentences[row.added_id].append(_changed(before, row, names) if before else _began(row, names))
        for (act, _), left in gone.items():
            sentences[act] += [f"Hủy: {_began(row, names)}" for row in left]
    return latest_first(acts, sentences)


def _same(row):
    return type(row).__name__, getattr(row, "starts", None), getattr(row, "organization_id", None), _kind(row)


def _kind(row):
    if isinstance(row, TransferOffer):
        return row.offered, row.target_id
    return row.entry if isinstance(row, Membership) else getattr(row, "kind", None)


def _what(row, names):
    if isinstance(row, Post):
        return f"{row.get_kind_display()}, {names[row.organization_id, row.starts]}"
    if isinstance(row, Status) and row.kind == Status.Kind.TEMPORARY:
        return f"{row.get_kind_display()} đến {names[row.host_id, row.starts] if row.host_id else row.host_name}"
    return row.get_kind_display()


def _inline(label):
    """A label within a sentence; the names in it keep their capitals."""
    return label[:1].lower() + label[1:]


def _began(row, names):
    if isinstance(row, Membership):
        return f"{Entry(row.entry).label}: {names[row.organization_id, row.starts]} từ {in_words(row.starts)}"
    if isinstance(row, Admission):
        where = names[row.organization_id, row.ceremony] if row.organization_id else "ngoài Đảng bộ Khối"
        left = f", ra khỏi Đảng từ {in_words(row.outside_since)}" if row.outside_since else ""
        days = f"quyết định {in_words(row.decided)}, lễ {in_words(row.ceremony)}"
        return f"{row.get_kind_display()} tại {where}, {days}{left}"
    if isinstance(row, Officialization):
        return f"Công nhận chính thức từ {in_words(row.on)}"
    if isinstance(row, Discipline):
        return f"Kỷ luật {row.get_kind_display().lower()} ngày {in_words(row.on)}"
    if isinstance(row, Extension):
        return f"Gia hạn dự bị đến {in_words(row.until)}, quyết định từ {in_words(row.on)}"
    if isinstance(row, TransferOffer):
        return _offer(row, names)
    if isinstance(row, Amendment):
        return amendments.sentence(row, names)
    if isinstance(row, Merger):
        return f"Gộp hồ sơ số {row.dropped_id} của cùng một người vào hồ sơ này"
    if isinstance(row, BadgeAward):
        return f"Huy hiệu {row.level.years} năm tuổi Đảng, {row.get_kind_display().lower()}, ngày {in_words(row.on)}"
    until = "" if row.ends == FOREVER else f" đến trước {in_words(row.ends)}"
    return f"{_what(row, names)} từ {in_words(row.starts)}{until}"


def _offer(row, names):
    source, target = names[row.source_id, row.offered], names[row.target_id, row.offered]
    said = f"Giới thiệu chuyển sinh hoạt từ {source} đến {target}, ngày {in_words(row.offered)}"
    return f"{said}: {_inline(row.get_answer_display())} ngày {in_words(row.answered)}" if row.answer else said


def _changed(before, row, names):
    """A row written anew in the act that voided `before`: with an end, with its end taken back, or answered."""
    if hasattr(row, "ends") and before.ends < row.ends:
        return f"Tiếp tục: {_inline(_began(row, names))}"
    if isinstance(row, TransferOffer):
        return _offer(row, names) if row.answer else f"Chờ trả lời lại: {_inline(_offer(row, names))}"
    return _ended(row, names)


def _ended(row, names):
    if isinstance(row, Membership):
        why = f", {_inline(Exit(row.exit).label)}" if row.exit else ""
        return f"Thôi sinh hoạt tại {names[row.organization_id, row.starts]} từ {in_words(row.ends)}{why}"
    if hasattr(row, "ends"):
        return f"Thôi {_inline(_what(row, names))} từ {in_words(row.ends)}"
    return f"Ghi lại: {_began(row, names)}"
