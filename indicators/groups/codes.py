"""Codes of groups and indicators: nobody has to think of one, and what goes by one name goes by one code over the years.

By its code a group is followed from year to year; so a new one takes none that ever meant something else.
"""

from collections.abc import Container

from indicators.models import Indicator, TargetGroup
from indicators.targets.targets import eight_groups
from ledger.text import search_key
from organizations.models import Organization

LONGEST = 8  # of the initials; a number may follow


def code_of_group(name: str, bloc: Organization, year: int, taken: Container[str]) -> str:
    """The code for a group `name` in `year`. `taken`: codes of the groups in use there."""
    rows = TargetGroup.ever.order_by("year").values_list("name", "code", "bloc_id")
    known = [(group["name"], group["code"], None) for group in eight_groups(year)]
    return _code(name, [*known, *rows], bloc.pk, taken)


def code_of_indicator(name: str, group: TargetGroup, taken: Container[str], *, headline: bool) -> str:
    """The code for an indicator of `group`. `taken`: codes of all indicators in use in its year."""
    if headline and group.code not in taken:
        return group.code
    rows = Indicator.ever.order_by("group__year").values_list("name", "code", "group__bloc_id", "group__code")
    known = [(row[0] if row[3] == group.code else "", *row[1:3]) for row in rows]
    usual = (
        (i["name"] if g["code"] == group.code else "", i["code"])
        for g in eight_groups(group.year)
        for i in g["indicators"]
    )
    return _code(name, [*((*row, None) for row in usual), *known], group.bloc_id, taken, stem=f"{group.code[:7]}-")


def _code(name: str, known: list[tuple[str, str, int | None]], bloc: int, taken: Container[str], stem: str = "") -> str:
    """That of the same name, this bloc's latest first; else initials that nothing ever had. `known`: (name, code, bloc id)."""
    same = [(of == bloc, code) for said, code, of in known if said and search_key(said) == search_key(name)]
    own_last = sorted(same, key=lambda row: row[0])
    for _, code in reversed(own_last):
        if code not in taken:
            return code
    used = {code for _, code, _ in known}
    initials = (word[0] for word in search_key(name).replace("-", " ").split())
    letters = "".join(sign for sign in initials if sign.isascii() and sign.isalnum()).upper()
    first = (stem + letters)[: LONGEST + 2 if stem else LONGEST].rstrip("-") or "N"
    code, n = first, 2
    while code in used or code in taken:
        code, n = f"{first[:8]}-{n}", n + 1
    return code
