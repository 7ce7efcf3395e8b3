"""How who left the roll may come back onto it (domain §4.4): the one rule, for every verb and for mergers. Pure."""

from ledger.acts import Refused
from ledger.numbers import day_in_words
from ledger.text import within_sentence
from members.models import LEAVING, Admission, Entry, Exit

# How someone left, as it is said of them.
GONE = {
    Exit.DEPARTED: "đã chuyển đi đảng bộ khác",
    Exit.SENT_AWAY: "đã đi theo tổ chức chuyển đi",
    Exit.DIED: "đã từ trần",
    Exit.EXPELLED: "đã bị khai trừ",
    Exit.STRUCK: "đã bị xóa tên",
    Exit.RESIGNED: "đã xin ra khỏi Đảng",
    Exit.ABROAD: "đã ra nước ngoài",
}
# Who died does not come back; who moved away is still a member and needs no admission.
WAYS_BACK = {
    Exit.DEPARTED: (Entry.ARRIVED, Entry.READMITTED),
    Exit.SENT_AWAY: (Entry.ARRIVED, Entry.READMITTED),
    Exit.ABROAD: (Entry.ARRIVED, Entry.READMITTED),
    Exit.EXPELLED: (Entry.READMITTED, Entry.RESTORED),
    Exit.STRUCK: (Entry.READMITTED, Entry.RESTORED),
    Exit.RESIGNED: (Entry.READMITTED, Entry.RESTORED),
}
ADMISSIONS: dict[str, str] = {Entry.READMITTED: Admission.Kind.READMITTED, Entry.RESTORED: Admission.Kind.RESTORED}
# Ways onto the roll of who was admitted before or elsewhere.
ADMITTED_BEFORE = (Entry.OPENING, Entry.ARRIVED, Entry.RECEIVED)
# From one cell of the bloc to the next, without a day between.
MOVES = {Exit.MOVED, Exit.REORGANIZED} | {Entry.MOVED, Entry.REORGANIZED}
# What was written of somebody new, and turns out to be of somebody known once two records are merged.
AS_KNOWN = {Entry.OPENING: Entry.ARRIVED, Entry.ADMITTED: Entry.READMITTED}
# Who comes along with an organization arrives, as who comes alone.
AS_ONE_ALONE = {Entry.RECEIVED: Entry.ARRIVED}


def require_way_back(row, spells):
    """Refused unless the person may come back. `row`: .member, .on, .entry, .decided; `spells`: theirs, at least one."""
    last = spells[-1]
    if last.is_open:
        raise Refused(
            f"Đồng chí {row.member} đang sinh hoạt ở chi bộ {last.organization.code}; không ghi thêm lần nữa."
        )
    gone = f"Đồng chí {row.member} {GONE[last.exit]} ngày {day_in_words(last.ends)}"
    if not _is_way_back(row.entry, last.exit):
        ways = " hoặc ".join(within_sentence(Entry(entry).label) for entry in WAYS_BACK.get(last.exit, ()))
        raise Refused(f"{gone}; chỉ trở lại bằng: {ways}." if ways else f"{gone}, không trở lại danh sách được.")
    if row.on < last.ends:
        raise Refused(f"{gone}; ngày trở lại không thể trước ngày đó.")
    if row.entry in ADMISSIONS and row.decided is None:
        raise Refused(f"{row.member}: {within_sentence(Entry(row.entry).label)} cần ngày quyết định.")
    if row.entry in ADMISSIONS and not last.ends <= row.decided <= row.on:
        raise Refused(
            f"{row.member}: ngày quyết định {day_in_words(row.decided)} phải từ ngày ra khỏi danh sách "
            f"{day_in_words(last.ends)} đến ngày trở lại {day_in_words(row.on)}."
        )


def official_from(row, path):
    """The day from which who comes onto the roll is official, or None. `path` (members/life/due.py): theirs before.

    Who is restored is what they were all along; who arrives is recognised once since the last ceremony.
    """
    if row.entry in ADMITTED_BEFORE and path.ceremonies and path.since(row.on) is None:
        return None
    return row.official


def half_moves(spells):
    """[(spell or None, spell or None)] between which a move has one side alone. `spells`: of one member, in order of time."""
    pairs = zip([None, *spells], [*spells, None], strict=True)
    return [(before, after) for before, after in pairs if _is_half(before, after)]


def _is_half(before, after):
    left = before is not None and before.exit in MOVES
    came = after is not None and after.entry in MOVES
    return left != came or (left and before.ends != after.starts)


def without_way_back(spells):
    """[(a spell that ended by leaving, the next)] where the next is no way back from it. `spells`: in order of time."""
    pairs = zip(spells, spells[1:], strict=False)
    return [
        (gone, back)
        for gone, back in pairs
        if gone.exit in LEAVING and not _is_way_back(AS_KNOWN.get(back.entry, back.entry), gone.exit)
    ]


def _is_way_back(entry, exit_):
    return AS_ONE_ALONE.get(entry, entry) in WAYS_BACK.get(exit_, ())
