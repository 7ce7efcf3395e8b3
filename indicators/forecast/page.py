"""The page of the forecast: what came so far out of the year's own Line, who waits out of the pipeline, and the words."""

from indicators import measures
from indicators.board import board
from indicators.measures import MEASURES
from indicators.models import Indicator
from ledger.numbers import group
from members.candidates import pipeline
from members.models import WAITING, Stage

from .chart import cumulative
from .forecast import Forecast, by_month, usual

ADMISSIONS = (measures.ADMISSIONS, measures.ADMISSIONS_DECIDED)


def line_of(figures):
    """The Line that counts admissions at the board's own organization; None where the year has no such group."""
    counted = (x for x in figures.cards() if x.indicator.kind == Indicator.Kind.COUNT)
    return next((x for x in counted if MEASURES[x.indicator.numerator].facts in ADMISSIONS), None)


def context(page):
    """Context of templates/indicators/forecast/forecast.html for a Frame."""
    figures = board(page.organization, page.year, years=[page.year])
    line = line_of(figures)
    day = min(page.day, figures.year.window.last)
    times, source = _times(page)
    forecast = Forecast(
        day=day,
        done=line.result.numerator if line else 0,
        target=line.result.target if line else None,
        waiting=tuple(pipeline.waiting(page.organization, day)),
        times=times,
    )
    months = by_month(_days(line, page, figures), day, forecast.target) if line else []
    return page.context() | {
        "line": line,
        "forecast": forecast,
        "sentence": sentence(forecast) if line else "",
        "outlook": outlook(forecast),
        "source": source,
        "stages": [(s, forecast.at[s], times.get(s), (forecast.in_time or {}).get(s, 0)) for s in WAITING],
        "came": pipeline.left_in(page, day)[Stage.ADMITTED],
        "months": months,
        "chart": cumulative(months),
        "leaf": "Dự báo kết nạp",
    }


def _days(line, page, figures):
    """The day of every admission the Line counts."""
    measure = MEASURES[line.indicator.numerator]
    rows = measure.rows(page.organization, figures.year.window, line.predecessors).order_by()
    return list(rows.values_list(measure.facts.day, flat=True))


def _times(page):
    """({Stage: usual days}, where they come from): of the organization's past years, else of the bloc's, else none."""
    new_year = page.day.replace(month=1, day=1)
    for organization, whose in ((page.organization, "tổ chức này"), (page.bloc.organization, page.bloc.name)):
        spans = pipeline.spans(organization, new_year)
        if times := usual(spans):
            n = len(spans[Stage.DECIDED])
            return times, f"trung vị của {group(n)} người kết nạp từ nguồn các năm trước ở {whose}"
    return {}, ""


def sentence(f):
    """ "Cần thêm 12 người, 2 người mỗi tháng; nguồn có 9 người đã đủ hồ sơ." """
    ready = f"nguồn có {group(f.ready)} người đã đủ hồ sơ"
    if f.target is None:
        return f"Không giao chỉ tiêu; đã kết nạp {group(f.done)} người, {ready}."
    if f.is_over:
        short = f", thiếu {group(f.wanting)} người" if f.wanting else ""
        return f"Cả năm kết nạp {group(f.done)} người, chỉ tiêu {group(int(f.target))}{short}."
    if not f.wanting:
        return f"Đã đủ chỉ tiêu: kết nạp {group(f.done)} người, chỉ tiêu {group(int(f.target))}; {ready}."
    if f.months == 1:
        return f"Cần thêm {group(f.wanting)} người trong tháng còn lại; {ready}."
    return f"Cần thêm {group(f.wanting)} người, {group(f.pace)} người mỗi tháng; {ready}."


def outlook(f):
    """What may come by the end of the year, in words; "" for a year that is over."""
    if f.is_over:
        return ""
    if not f.waiting:
        return "Nguồn kết nạp chưa có ai đang chờ."
    if f.expected is None:
        return "Chưa có năm nào trước đây ghi đủ các bước, nên chưa tính được ai kịp đến 31/12; dưới đây là số người ở từng bước."
    words = f"Theo thời gian thường lệ, đến 31/12 có thể kết nạp thêm {group(f.expected)} người, cả năm {group(f.at_the_end)} người"
    if f.target is None:
        return f"{words}."
    short = int(f.target) - f.at_the_end
    return f"{words}: còn thiếu {group(short)} người." if short > 0 else f"{words}: đủ chỉ tiêu."
