"""How an indicator is measured and judged, and what rests on it, in sentences for who chooses it."""

from indicators.measures import MEASURES
from indicators.models import Indicator
from ledger.numbers import group

from .measured import spoken

BELOW = {
    Indicator.Below.INHERIT: "mọi tổ chức, theo mức của cấp trên nếu không giao riêng",
    Indicator.Below.OWN: "chỉ so với mức giao riêng",
    Indicator.Below.STATE: "tổ chức cơ sở đảng chỉ nêu trạng thái",
    Indicator.Below.LETTERS: "chỉ cơ quan kiểm tra, lãnh đạo Khối xem",
}
ROUNDING = ("không số lẻ", "một số lẻ", "hai số lẻ")


def measured_in_words(indicator: Indicator) -> list[str]:
    """Sentences without a full stop: what is counted, how it is judged, how it applies below the bloc."""
    counted = spoken(MEASURES[indicator.numerator])
    if indicator.denominator:
        sentences = [f"Tỷ lệ {counted} trên {spoken(MEASURES[indicator.denominator])}, {ROUNDING[indicator.decimals]}"]
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
