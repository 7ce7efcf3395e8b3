"""Sentences and short forms of Results, the same on cards, in tables, in the text of commands and in reports."""

from decimal import Decimal

from django.utils.text import capfirst

from ledger.numbers import day_in_words, group, percent
from ledger.text import within_sentence
from organizations.models import Kind

from .board import Board
from .line import Line
from .models import Indicator
from .results import Unit, Verdict

MARKS = {
    Verdict.EXCEEDED: "exceeded",
    Verdict.MET: "met",
    Verdict.NOT_MET: "missed",
    Verdict.NONE_AROSE: "ring",
    Verdict.NO_DATA: "dash",
    Verdict.NO_TARGET: "dash",
    Verdict.PROVISIONAL: "running",
}
TONES = {
    Verdict.EXCEEDED: "up",
    Verdict.MET: "ok",
    Verdict.NOT_MET: "no",
    Verdict.NONE_AROSE: "ok",
    Verdict.NO_DATA: "none",
    Verdict.NO_TARGET: "none",
    Verdict.PROVISIONAL: "wait",
}


def value(line: Line) -> str:
    """ "129", "63%", or "–"."""
    if line.result.value is None:
        return "–"
    return percent(line.result.value) if is_ratio(line) else group(line.result.value)


def exact(line: Line) -> str:
    return percent(line.result.exact) if line.result.exact is not None else "–"


def target(line: Line) -> str:
    if line.result.target is None:
        return ""
    plain = line.result.target.normalize()
    plain = plain.quantize(1) if plain == plain.to_integral() else plain
    return percent(plain) if is_ratio(line) else group(plain)


def correction(line: Line) -> str:
    """ "đính chính: khi khóa kỳ 2.237/2.260 (99%), nay 2.236/2.260"; "" where nothing changed the figure.

    Once figures were closed: "đã công bố 52/56 (93%), chốt ngày 20/01/2018; nay 51/56".
    """
    if line.published is None:
        return ""
    then, now = _figure(line.published), _figure(line)
    has_share = is_ratio(line) and not _is_state(line) and line.published.result.denominator
    share = f" ({value(line.published)})" if has_share else ""
    if line.closed_on:
        return f"đã công bố {then}{share}, chốt ngày {day_in_words(line.closed_on)}; nay {now}"
    return f"đính chính: khi khóa kỳ {then}{share}, nay {now}"


def _is_state(line: Line) -> bool:
    return line.state is not None and line.result.target is None


def _figure(line: Line) -> str:
    if line.state is not None and _is_state(line):
        return line.state.text
    result = line.result
    if not is_ratio(line):
        return value(line)
    return f"{group(result.numerator)}/{group(result.denominator)}"


def is_ratio(line: Line) -> bool:
    return line.indicator.kind == Indicator.Kind.RATIO


def excess(line: Line) -> str:
    """ "12%", "3 điểm %", "4 người"; always without sign."""
    result = line.result
    if result.excess is None:
        return ""
    number = _plainly(abs(result.excess))
    if result.excess_unit is Unit.PERCENT:
        return number + "%"
    if result.excess_unit is Unit.HEADS:
        return f"{number} {line.indicator.unit}"
    return f"{number} điểm %"


def so_far(line: Line) -> str:
    """What is wanting in a year that still runs: "còn 12", "còn thiếu 3 điểm %", "đã đủ mức giao"; "" once it is over."""
    result = line.result
    if (
        line.verdict is not Verdict.PROVISIONAL
        or result.excess is None
        or result.value is None
        or result.target is None
    ):
        return ""
    if result.excess >= 0:
        return "đã đủ mức giao"
    return f"còn thiếu {excess(line)}" if is_ratio(line) else f"còn {_plainly(abs(result.target - result.value))}"


def _plainly(number: Decimal) -> str:
    return group(number.normalize() if number % 1 else number.quantize(1))


def verdict(line: Line) -> str:
    """The verdict in words: "Vượt 12%", "Đạt (làm tròn)", "Chưa đạt, thiếu 2 điểm %"."""
    kind = line.verdict
    if line.state and kind is Verdict.NO_TARGET:
        return capfirst(line.state.text)
    if kind is Verdict.EXCEEDED:
        return f"Vượt {excess(line)}" if line.result.excess else "Vượt dưới 1%"
    if kind is Verdict.MET:
        return "Đạt (làm tròn)" if line.result.by_rounding else "Đạt"
    if kind is Verdict.NOT_MET:
        return "Chưa đạt" + (f", thiếu {excess(line)}" if line.result.excess else "")
    return {
        Verdict.NONE_AROSE: "Không phát sinh",
        Verdict.NO_DATA: "Chưa có dữ liệu",
        Verdict.NO_TARGET: "Không giao chỉ tiêu",
        Verdict.PROVISIONAL: "Tạm tính",
    }[kind]


def mark(line: Line) -> str:
    """Its name among the icons."""
    if line.state and line.verdict is Verdict.NO_TARGET:
        return {True: "met", False: "missed", None: "dash"}[line.state.good]
    return MARKS[line.verdict]


def tone(line: Line) -> str:
    if line.state and line.verdict is Verdict.NO_TARGET:
        return {True: "ok", False: "no", None: "none"}[line.state.good]
    return TONES[line.verdict]


def headline(board: Board) -> str:
    """The sentence a page begins with."""
    score, year = board.score, board.year.year
    if not board.groups:
        return f"Năm {year}: chưa đặt nhóm chỉ tiêu"
    if not score.of:
        return f"Năm {year}: chưa giao chỉ tiêu nào"
    if board.year.unfinished:
        return f"Năm {year}: tạm tính, chưa kết thúc"
    groups = "nhóm chỉ tiêu" if board.place.kind == Kind.KHOI else "nhóm được giao chỉ tiêu"
    if score.of == 1:
        return f"Năm {year} {'đạt' if score.met else 'chưa đạt'} {groups} duy nhất"
    if not score.met:
        return f"Năm {year} chưa đạt nhóm nào trong {score.of} {groups}"
    if score.met == score.of:
        return f"Năm {year} đạt cả {score.of} {groups}"
    return f"Năm {year} đạt {score.met} trong {score.of} {groups}"


def provisional(board: Board) -> str:
    """ "tạm tính · 96/192 chi bộ đã quyết định", or "" when the year is closed."""
    if not board.year.unfinished:
        return ""
    decided, total = board.progress
    return f"tạm tính · {group(decided)}/{group(total)} chi bộ đã quyết định" if total else "tạm tính"


def in_words(line: Line) -> str:
    """How a figure came about, with its numbers put in."""
    result, indicator = line.result, line.indicator
    if not is_ratio(line):
        return f"Đếm được {group(result.numerator)} {indicator.unit}."
    if not result.denominator:
        return f"Chưa có {indicator.denominator_name} nào, nên chưa tính được tỷ lệ."
    return (
        f"{group(result.numerator)} trên {group(result.denominator)} {indicator.denominator_name}: "
        f"{group(result.numerator)} × 100 : {group(result.denominator)} = {exact(line)}, làm tròn thành {value(line)}."
    )


def judged_in_words(line: Line) -> str:
    """How the figure was held against its target."""
    result = line.result
    if result.target is None:
        return "Không giao chỉ tiêu nên không kết luận đạt hay chưa đạt."
    if line.verdict is Verdict.PROVISIONAL:
        return f"Chỉ tiêu {target(line)}. Kỳ chưa khóa, số liệu còn thay đổi nên chưa kết luận."
    if line.verdict is Verdict.NONE_AROSE:
        return "Không phát sinh trong kỳ; theo quy định của chỉ tiêu được tính là đạt."
    if line.verdict is Verdict.NO_DATA:
        return "Chưa có dữ liệu nên chưa kết luận."
    compared = "số đã làm tròn" if line.indicator.rule == Indicator.Rule.ROUNDED else "số chính xác"
    compared = f", so với {compared}" if is_ratio(line) else ""
    sentence = f"Chỉ tiêu {target(line)}{compared}: {within_sentence(verdict(line))}."
    if result.by_rounding:
        sentence += f" Số chính xác là {exact(line)}, nếu so số chính xác thì chưa đạt."
    return sentence
