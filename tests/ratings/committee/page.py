"""What a page answers, and what its forms would send."""

import re

from django.urls import reverse

from ratings.judging.reading import Reading
from tests.world import TODAY

PAPER = {"so": "7-QĐ/ĐU", "ngay": "13/12/2018", "co_quan": "Đảng ủy DB01"}


def url(name, code, year=2018):
    return reverse(name, args=[code, (year, None)])


def text(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())).replace("&quot;", '"')


def shown(desk, *codes):
    """The fingerprints of the sheets as they are now."""
    sheets = desk.sheets(*codes)
    reading = Reading(desk.period, sheets, TODAY)
    return {f"thay_{s.pk}": reading.fingerprint(s) for s in sheets} | {"phieu": [s.pk for s in sheets]}


def rows_of(client, code, year=2018):
    """{code: fields} that the page would send for each organization decided there, as they were opened."""
    form = client.get(url("rating_organizations", code, year)).context["levels"].verdicts
    return {
        row.rating.organization.code: {
            field.html_name: "" if field.value() is None else field.value() for part, field in fields.items()
        }
        for row, fields in form.lines()
    }


def typed(client, place, **rows):
    """What the form sends from the page of `place`: every row as opened, over it `rows` ({code with _: {part: text}})."""
    found = rows_of(client, place)
    data = {"viec": "quyet-dinh", **PAPER}
    for fields in found.values():
        data |= {name: value for name, value in fields.items() if value != ""}
    for code, parts in rows.items():
        pk = next(name for name in found[code.replace("_", "-")]).partition("_")[2]
        data |= {f"{part}_{pk}": value for part, value in parts.items()}
    return data
