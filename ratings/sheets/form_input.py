"""From what a form sends to Entries, and saving as much of it as can be saved (design §6: nothing typed is lost)."""

from dataclasses import dataclass, field

from ledger.acts import Refused
from ledger.text import clean
from ratings.inputs import level, number, points
from ratings.judging.reading import Reading
from ratings.verbs import RatingVerb

from . import draft
from .draft import LineEntry
from .rows import FIELDS, joined, typed_of

EMPTY = "0"  # the choice "để trống" of the list of reasons


def fields_of(data, member):
    """{field: text} that `data` (a QueryDict or dict) carries for `member` (id); None when it carries nothing."""
    if not any(f"{name}_{member}" in data for name in FIELDS):
        return None
    return {name: clean(data.get(f"{name}_{member}", "")) for name in FIELDS}


def is_as_drawn(typed, data, member):
    """Whether the writer left the row as the page showed it: what another has written since is no conflict then."""
    return data.get(f"cu_{member}") == joined(typed)


def version_of(data, member):
    """The version of the line the writer saw; None when the form does not say."""
    return number(data.get(f"v_{member}", ""))


def entry_of(typed, line, page, version=None):
    """The Entry that `typed` ({field: text}) means for `line` (or None). Raises Refused with a sentence."""
    rank, score = level(typed["muc"]), points(typed["diem"])
    reason = _reason(typed["ly_do"], page)
    before = typed_of(line)
    if typed["ly_do"] == EMPTY:
        rank = score = reason = None
    elif reason is not None and (rank is not None or score is not None):
        # A button once pressed cannot be let go without scripts: what was changed last is what is meant.
        if (typed["muc"], typed["diem"]) == (before["muc"], before["diem"]):
            rank = score = None
        elif typed["ly_do"] == before["ly_do"]:
            reason = None
    return LineEntry(
        level=rank,
        points=score,
        reason=reason,
        note=typed["ghi_chu"],
        justification=typed["giai_trinh"],
        version=version,
    )


def _reason(text, page):
    if not text or text == EMPTY:
        return None
    reason = next((r for r in page.reasons if str(r.pk) == text), None)
    if reason is None:
        raise Refused("Lý do không xếp loại này không có trong danh sách. Hãy chọn lại.")
    return reason


@dataclass
class Saved:
    """`errors`: {member id: Refused} of the rows that were not written; `refused`: of what belongs to no row.

    `read`: the Reading of the act that wrote last, if it wrote.
    """

    written: int = 0
    read: Reading | None = None
    refused: Refused | None = None
    errors: dict = field(default_factory=dict)


def save(page, entries, *, by, on, over_cap=None, verb=RatingVerb.RATE):
    """Writes of `entries` ({member id: Entry}) what passes, in one act, so that one undo takes it back."""
    if not entries and not over_cap:
        return Saved()
    try:
        read, errors = draft.rate_what_passes(page.sheet, entries, by=by, on=on, over_cap=over_cap or "", verb=verb)
    except Refused as refused:
        return Saved(errors=dict.fromkeys(entries, refused), refused=None if entries else refused)
    return Saved(written=len(entries) - len(errors), read=read, errors=errors)


def read(page, data):
    """({member id: Entry} of the rows that `data` changes, {member id: Refused} of those that cannot be read,
    {member id: {field: text}} of both as they were typed). Whether they are on the roll is asked by the verb.
    """
    entries, errors, texts = {}, {}, {}
    for member in _named(data):
        typed, line = fields_of(data, member), page.line_of(member)
        if typed == typed_of(line) or is_as_drawn(typed, data, member):
            continue
        texts[member] = typed
        try:
            entries[member] = entry_of(typed, line, page, version_of(data, member))
        except Refused as refused:
            errors[member] = refused
    return entries, errors, texts


def _named(data):
    """Ids of the members for whom `data` carries a field, in the order of the form."""
    pairs = (name.rpartition("_") for name in data)
    return list(dict.fromkeys(pk for name, _, text in pairs if name in FIELDS and (pk := number(text)) is not None))


def the_rest(page, rank):
    """{member id: Entry} at `rank` for everyone not rated yet and for whom the record gives no reason."""
    return {row.pk: LineEntry(level=rank, version=row.version) for row in page.missing if row.suggestion is None}
