"""What the page of a comparison shows of what was ticked: who stands beside whom, and their figures."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, QueryDict

from indicators.board import board
from indicators.years import known_years
from ledger.models import User
from ledger.numbers import group
from ledger.text import as_year, sort_key
from organizations import lineage
from organizations.frame import Frame, frame

from .sides import ComparedSide, age_table, group_rows, level_table, member_table, scores

MOST = 4  # side by side; more cannot be read across


def context(user: User, page: Frame, asked: QueryDict) -> dict[str, Any]:
    """What templates/indicators/compare/compare.html reads. `asked`: ?o= codes of organizations, ?nam= years, each any number."""
    codes = list(dict.fromkeys(asked.getlist("o")))
    years = list(dict.fromkeys(_year(text) for text in asked.getlist("nam")))
    wanted = [(code, year) for code in codes or [page.organization.code] for year in years or [page.year]]
    told = {
        "year_query": f"?{urlencode({'o': codes}, doseq=True)}" if codes and not years else "",
        "chosen": codes,
        "years_chosen": years,
        "offered": sorted(lineage.children(page.organization, page.day), key=lambda spell: sort_key(spell.name)),
        "offered_years": [y for y in known_years() if page.first_year <= y <= page.last_year],
        "most": MOST,
        "sides": [],
    }
    if len(wanted) < 2:
        one = bool(codes or years)
        return told | {"refused": "Mới chọn một; hãy chọn thêm ít nhất một nơi hoặc một năm nữa." if one else ""}
    sides = _sides([frame(user, *each) for each in wanted[:MOST]])
    return told | {
        "refused": f"Chỉ đặt được {MOST} bên cạnh nhau; đã chọn {group(len(wanted))}, đang hiện {MOST} bên đầu."
        if len(wanted) > MOST
        else "",
        "sides": sides,
        "subtitle": _named(sides),
        "scores": scores(sides),
        "groups": group_rows(sides),
        "tables": [x for x in (member_table(sides), level_table(sides), age_table(sides)) if x],
    }


def _year(text: str) -> int:
    year = as_year(text)
    if year is None:
        raise Http404("Năm phải có bốn chữ số, ví dụ 2017.")
    return year


def _sides(pages: Sequence[Frame]) -> list[ComparedSide]:
    one_place = len({page.organization.pk for page in pages}) == 1
    one_year = len({page.year for page in pages}) == 1
    names = [
        str(page.year) if one_place else page.place.name if one_year else f"{page.place.name}, {page.year}"
        for page in pages
    ]
    return [
        ComparedSide(page, board(page.organization, page.year, letters=page.sees_letters), name)
        for page, name in zip(pages, names, strict=True)
    ]


def _named(sides: Sequence[ComparedSide]) -> str:
    """ "Đảng bộ Sở Y tế và Đảng bộ Sở Xây dựng, năm 2017"."""
    names = list(dict.fromkeys(side.page.place.name for side in sides))
    years = list(dict.fromkeys(str(side.page.year) for side in sides))
    return f"{_together(names)}, năm {_together(years)}"


def _together(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} và {words[-1]}"
