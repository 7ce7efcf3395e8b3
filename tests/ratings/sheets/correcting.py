"""Corrections of lines and of organizations after the lock of a year."""

from datetime import date

from ratings.sheets.correct import Correction, correct
from tests.ratings.desk import RATED

DAY = date(2018, 3, 1)
LEVELS = {code.replace("-", "_"): 2 for code in RATED}


def put(desk, *rows, reason="Sót kỷ luật", document=..., on=DAY):
    paper = desk.paper if document is ... else document
    return correct(rows, **desk.by(on, document=paper, reason=reason))


def member(desk, name, **new):
    return Correction(row=desk.line(name), **new)


def organization(desk, code, **new):
    return Correction(row=desk.organization(code), **new)
