"""How an indicator is measured and judged, what rests on it and how it was changed, in sentences for who chooses it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from indicators.models import Indicator
from ledger.numbers import group
from ledger.text import within_sentence

BELOW = {
    Indicator.Below.INHERIT: "mọi tổ chức, theo mức của cấp trên nếu không giao riêng",
    Indicator.Below.OWN: "chỉ so với mức giao riêng",
    Indicator.Below.STATE: "tổ chức cơ sở đảng chỉ nêu trạng thái",
    Indicator.Below.LETTERS: "chỉ cơ quan kiểm tra, lãnh đạo Khối xem",
}
# What is chosen of an indicator; its kind follows from whether it has a denominator.
COLUMNS = (
    "name", "numerator", "denominator", "unit", "denominator_name", "direction", "decimals", "rule", "below",
    "empty_is_met", "required", "headline",
)  # fmt: skip
CALLED = {field.name: str(field.verbose_name) for field in Indicator._meta.concrete_fields} | {"group_name": "tên nhóm"}
ROUNDING = ("không số lẻ", "một số lẻ", "hai số lẻ")


def measured_in_words(indicator: Indicator, names: Mapping[str, str]) -> list[str]:
    """Sentences without a full stop: what is counted, how it is judged, how it applies below the bloc. `names`: as of
    `names_of`.
    """
    counted = within_sentence(names[indicator.numerator])
    if indicator.denominator:
        sentences = [
            f"Tỷ lệ {counted} trên {within_sentence(names[indicator.denominator])}, {ROUNDING[indicator.decimals]}"
        ]
    else:
        sentences = [f"Đếm {counted}"]
    if not indicator.headline:
        return sentences
    at_least = indicator.direction == Indicator.Direction.AT_LEAST
    judged = "Càng cao càng tốt" if at_least else "Càng thấp càng tốt"
    if indicator.denominator:
        judged += ", so số đã làm tròn" if indicator.rule == Indicator.Rule.ROUNDED else ", so số chính xác"
    if indicator.empty_is_met:
        judged += ", không phát sinh là đạt"
    if not indicator.required:
        judged += ", không tính vào số nhóm đạt"
    return [*sentences, judged, f"Dưới cấp Khối: {BELOW[Indicator.Below(indicator.below)]}"]


def rests_on(targets: int) -> str:
    """ "3 mức giao"; "" where nothing rests on it."""
    return f"{group(targets)} mức giao" if targets else ""


def said(row: Any, name: str) -> str:
    """What an Indicator, or a line of its history, says in the column `name`, as people read it."""
    value = row.group.name if name == "group_name" else getattr(row, name)
    if isinstance(value, bool):
        return "có" if value else "không"
    display = getattr(row, f"get_{name}_display", None)
    return f"“{display() if display and value else value}”" if value not in ("", None) else "không ghi"


@dataclass(frozen=True)
class Edit:
    """One time an indicator was written: `sentences` without a full stop."""

    at: datetime
    who: str
    sentences: list[str]


def edits(indicator: Indicator) -> list[Edit]:
    """What became of the indicator since it was first set, latest first."""
    lines = list(indicator.history.select_related("history_user").order_by("history_date", "history_id"))
    found = []
    for before, after in zip(lines, lines[1:], strict=False):
        if sentences := list(_differences(before, after)):
            who = after.history_user.get_full_name() if after.history_user else ""
            found.append(Edit(after.history_date, who, sentences))
    return found[::-1]


def _differences(before: Any, after: Any) -> Iterator[str]:
    for name in COLUMNS:
        if getattr(before, name) != getattr(after, name):
            yield f"{CALLED[name]}: từ {said(before, name)} thành {said(after, name)}"
    if before.retired_id != after.retired_id:
        yield "thôi dùng" if after.retired_id else "dùng lại"
