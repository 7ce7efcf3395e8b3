"""What stands for a level or a reason of a scheme: its labels, short words, codes, and abbreviations as offices write them."""

from ledger.text import search_key
from ratings.models import Level, Reason

from .rows import MARKS

MEMBERS = {1: "htxsnv xs htxs", 2: "httnv t htt", 3: "htnv h ht", 4: "khtnv k kht yk"}
ORGANIZATIONS = MEMBERS | {1: "htxsnv xs htxs tsvm", 4: "khtnv k kht yk"}
LEFT_OUT = (Reason.Kind.EXCLUDED, Reason.Kind.POSTPONED)


def of_members(levels: dict[int, Level], reasons: list[Reason]) -> dict[str, int | Reason]:
    """{folded words: rank or Reason} of all that stands for one level or reason of a member, and for no other."""
    named = [(word, rank) for rank, level in levels.items() for word in _of_member(rank, level)]
    return _clear([*named, *((r.label, r) for r in reasons if not r.of_organizations and r.kind in LEFT_OUT)])


def of_organizations(levels: dict[int, Level], reasons: list[Reason]) -> dict[str, int | Reason]:
    """The same for organizations."""
    named = [(word, rank) for rank, level in levels.items() for word in _of_organization(rank, level)]
    return _clear([*named, *((r.label, r) for r in reasons if r.of_organizations and r.kind in LEFT_OUT)])


def _of_member(rank: int, level: Level) -> list[str]:
    words = level.member_words
    names = [level.member_label, words, level.short, f"hoàn thành {level.short}", level.code, str(rank), MARKS[rank]]
    names += [f"Đảng viên {words}"]
    names += [f"Đủ tư cách, {words}", f"Đảng viên đủ tư cách, {words}"] if "tư cách" not in words else []
    return names + MEMBERS[rank].split()


def _of_organization(rank: int, level: Level) -> list[str]:
    short = level.organization_short
    names = [level.organization_label, short, f"hoàn thành {short}", level.code, str(rank), MARKS[rank]]
    return names + ORGANIZATIONS[rank].split()


def _clear(meanings: list[tuple[str, int | Reason]]) -> dict[str, int | Reason]:
    meaning_of: dict[str, int | Reason] = {}
    doubtful = set()
    for name, value in meanings:
        key = search_key(name)
        if meaning_of.setdefault(key, value) != value:
            doubtful.add(key)
    return {key: value for key, value in meaning_of.items() if key not in doubtful}
