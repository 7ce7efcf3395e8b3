"""What the indicator page shows about one Line: words, document, contributions, rows."""

from decimal import Decimal

from django.urls import reverse
from django.utils.text import capfirst

from indicators import chips, measures, wording
from indicators.board import contributions, documents, left_out
from indicators.lenses.series import Series
from indicators.measures import MEASURES
from ledger.text import sort_key
from ledger.web.paging import paged
from organizations import lineage

from . import ranking_panel, tables
from .bridge_panel import BridgePanel
from .rows import PARTS, behind


def context(board, line, page, part, request):
    """Context of templates/indicators/figure/indicator.html. `part`: which rows are listed, a key of rows.PARTS."""
    window = board.year.window
    indicator = line.indicator
    facts = MEASURES[indicator.numerator].facts
    closed = facts is measures.LETTERS and not page.sees_letters
    table = None
    if not closed:
        rows = behind(line, page.organization, window, part)
        table = tables.paged_rows(request, indicator, rows, part, board.year.scheme)
    series = Series(board, line, request.GET.get("goc", ""))
    bridge = BridgePanel(series, page, request).context() if series.differs else {}
    return {
        "board": board,
        "line": line,
        "chip": chips.verdict_chip(line),
        "value": wording.value(line),
        "in_words": wording.in_words(line),
        "judged": wording.judged_in_words(line),
        "corrections": _corrections(board, line),
        "numerator": MEASURES[indicator.numerator],
        "denominator": MEASURES.get(indicator.denominator),
        "left_out": left_out(indicator, page.organization, board.year, line.predecessors),
        "parts": [(p.indicator.name, wording.value(p), p.result) for p in board.parts(line)],
        "target": documents(indicator, page.organization),
        "target_text": wording.target(line),
        "predecessors": [board.names[o].name for o in line.predecessors if o in board.names],
        "contributions": None if closed else _contributions(board, line, page, request),
        "rows": table,
        "rows_closed": closed,
        "part": part,
        "row_parts": [(key, label) for key, label in PARTS.items() if key != "mau-so" or indicator.denominator],
        "leaf": line.group.name,
        "group_code": line.group.code,
        **series.context(),
        **ranking_panel.context(board, line, request),
        **bridge,
    }


def _corrections(board, line):
    """How the figure and its parts stood when the period was locked, where they have been corrected since."""
    own = wording.correction(line)
    sentences = [f"{capfirst(own)}."] if own else []
    return sentences + [f"{p.indicator.name}: {text}." for p in board.parts(line) if (text := wording.correction(p))]


def _contributions(board, line, page, request):
    """Each organization that hung below at any time in the year; they sum to the whole."""
    if MEASURES[line.indicator.numerator].facts.own:
        return None
    parts = contributions(line.indicator, page.organization, board.year, line.predecessors)
    standing = {s.organization_id for s in board.children}
    parts = dict.fromkeys(standing, (0, 0 if line.indicator.denominator else None)) | parts
    names = lineage.names(parts, board.year.window.last)
    rows = []
    for node, (n, d) in parts.items():
        if node == page.organization.pk and len(parts) == 1:
            return None
        spell = names[node]
        still_below = node in standing
        url = reverse("indicator", args=[spell.organization.code, board.year.year, line.group.code])
        rows.append(
            {
                "name": spell.name,
                "name_key": sort_key(spell.name),
                "note": "" if still_below else "không còn trực thuộc vào cuối kỳ",
                "numerator": n,
                "denominator": d,
                "rate": Decimal(100 * n) / d if d else None,
                "url": url if (line.indicator.pk, node) in board.lines else "",
            }
        )
    options = {} if line.indicator.denominator else {"exclude": ("denominator", "rate")}
    return paged(request, tables.ContributionTable(rows, **options), per_page=15) if rows else None
