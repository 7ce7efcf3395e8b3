"""What stands under the headline: how many groups exceed and meet, and which is nearest to being missed. Pure."""

from datetime import date

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from indicators import wording
from indicators.board import Board, rule_of
from indicators.line import Line
from indicators.results import Verdict, judge
from ledger.numbers import group
from ledger.text import within_sentence


def lead(board: Board) -> SafeString:
    """Sentences, the groups named in them opening their pages; "" where there is nothing to say."""
    lines = board.cards()
    if board.year.unfinished:
        left = (date(board.year.year, 12, 31) - board.year.window.last).days
        running = [f"{capfirst(wording.provisional(board))}.", f"Còn {left} ngày là hết năm." if left else ""]
        return format_html("{}", " ".join(filter(None, running)))
    missed = [x for x in lines if x.verdict is Verdict.NOT_MET]
    sentences = [format_html("{}.", ", ".join(told))] if (told := _tally(lines)) else []
    if missed:
        named = format_html_join(", ", "{} {}", [(_named(board, x), _figure(x)) for x in missed])
        sentences.append(format_html("Chưa đạt: {}.", named))
    elif close := _closest(lines):
        sentences.append(
            format_html("Sát nhất: {} {}{}.", _named(board, close), _figure(close), one_less(close)),
        )
    return format_html_join(" ", "{}", [(sentence,) for sentence in sentences])


def _tally(lines: list[Line]) -> list[str]:
    told = [
        ((Verdict.EXCEEDED,), "vượt"),
        ((Verdict.MET, Verdict.NONE_AROSE), "đạt"),
        ((Verdict.NOT_MET,), "chưa đạt"),
    ]
    counted = [(sum(line.verdict in verdicts for line in lines), words) for verdicts, words in told]
    return [f"{n} nhóm {words}" for n, words in counted if n]


def _named(board: Board, line: Line) -> SafeString:
    there = reverse("indicator", args=[board.place.organization.code, board.year.year, line.group.code])
    name = line.group.name
    return format_html('<a href="{}">{}</a>', there, within_sentence(name))


def _figure(line: Line) -> str:
    """ "52/56"; "108, chỉ tiêu 115" of a count."""
    result = line.result
    if not wording.is_ratio(line):
        return f"{wording.value(line)}, chỉ tiêu {wording.target(line)}"
    return f"{group(result.numerator)}/{group(result.denominator)}" if result.denominator else wording.value(line)


def _closest(lines: list[Line]) -> Line | None:
    judged = [x for x in lines if x.verdict in (Verdict.EXCEEDED, Verdict.MET) and x.result.target]
    return min(judged, key=_room, default=None)


def _room(line: Line) -> float:
    return float((line.result.exact or 0) / (line.result.target or 1))


def one_less(line: Line) -> str:
    """That one fewer would miss the target, where it is so."""
    result, rule = line.result, rule_of(line.indicator)
    step, word = (-1, "bớt") if rule.at_least else (1, "thêm")
    then = judge(rule, result.numerator + step, result.denominator, result.target)
    return f", {word} một {line.indicator.unit} là không đạt" if then.verdict is Verdict.NOT_MET else ""
