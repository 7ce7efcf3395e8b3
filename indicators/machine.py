"""Figures for machines: plain dictionaries with strings, a decimal point, no Vietnamese formatting."""


def _number(value):
    return None if value is None else format(value, "f")


def figures(board, as_of):
    """One year of one organization: {year, organization, as_of, met, of, groups: […]} (codes of domain §6)."""
    return {
        "year": board.year.year,
        "organization": board.place.organization.code,
        "as_of": as_of.isoformat(),
        "met": board.score.met,
        "of": board.score.of,
        "groups": [_group(board, line) for line in board.cards()],
    }


def _group(board, line):
    return {
        "order": line.group.order,
        "code": line.group.code,
        "name": line.group.name,
        **figure(line),
        "parts": [
            {"code": part.indicator.code, "name": part.indicator.name, **figure(part)} for part in board.parts(line)
        ],
    }


def figure(line):
    """The Line as plain values, with what it read when the period was locked where that differs."""
    return frozen(line) | ({"published": _published(line.published)} if line.published else {})


def frozen(line):
    """The Line as plain values."""
    result = line.result
    values = {
        "numerator": str(result.numerator),
        "denominator": None if result.denominator is None else str(result.denominator),
        "value": _number(result.value),
        "exact": _number(result.exact),
        "unit": "%" if line.indicator.kind == "RATIO" else line.indicator.unit,
        "target": None if result.target is None else format(result.target.normalize(), "f"),
        "excess": None if result.excess is None else format(result.excess.normalize(), "f"),
        "excess_unit": result.excess_unit and result.excess_unit.value,
        "verdict": result.verdict.value,
        "by_rounding": result.by_rounding,
    }
    return values | ({"state": line.state.text} if line.state else {})


def _published(line):
    """The figure as it was when the period was locked, before the corrections since."""
    result = line.result
    values = {
        "numerator": str(result.numerator),
        "denominator": None if result.denominator is None else str(result.denominator),
        "value": _number(result.value),
        "exact": _number(result.exact),
        "verdict": result.verdict.value,
    }
    return values | ({"state": line.state.text} if line.state else {})


def pivot(years):
    """Many years as a pandas frame: a row a group, a column a year, the reported value. `years`: [figures(…)]."""
    import pandas

    rows = [
        {"year": y["year"], "order": g["order"], "code": g["code"], "value": g["value"], "verdict": g["verdict"]}
        for y in years
        for g in y["groups"]
    ]
    frame = pandas.DataFrame(rows, columns=["year", "order", "code", "value", "verdict"])
    return frame.pivot(index=["order", "code"], columns="year", values="value").sort_index()
