"""The year 2017 after its lock: addresses of its pages, what they say, a correction of a line."""

import re
from datetime import date

from django.urls import reverse

from ratings.sheets.correct import Correction, correct
from tests.ratings.desk import RATED

LEVELS = {code.replace("-", "_"): 2 for code in RATED}


def url(name, code, year=2017):
    return reverse(name, args=[code, (year, None)])


def text(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def put(desk, name="An", level=3):
    row = Correction(row=desk.line(name), level=level)
    correct([row], **desk.by(date(2018, 3, 1), document=desk.paper, reason="Sót kỷ luật"))
