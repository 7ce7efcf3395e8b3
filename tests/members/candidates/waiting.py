"""Candidates of cells, and how far each has come; how the page that lists them is read."""

import re
from datetime import date

from django.urls import reverse

from members.candidates import steps as candidates
from members.candidates.steps import Recommendation
from members.models import Stage
from tests.members.candidates.way import BORN


def recommend(world, *names, code="DB01-01", on=date(2018, 1, 10), born=BORN):
    rows = [
        Recommendation(full_name=name, sex="F", birth_date=born, youth=True, organization=world.org[code], on=on)
        for name in names
    ]
    return candidates.recommend(rows, **world.act())


def advance(world, candidate, *days):
    for stage, day in zip((Stage.CLASS, Stage.DOSSIER, Stage.DECIDED), days, strict=False):
        candidates.advance([(candidate, stage, day)], **world.act())


def listing(hand, code, year=2018, **query):
    """(names on the list, the number it tells)."""
    text = hand.open(reverse("candidates", args=[code, year], query=query)).page.content.decode()
    names = re.findall(r'href="/nguon-ket-nap/nguoi/\d+/">([^<]+)</a>', text)
    return names, int(re.search(r'id="so-luong">(\d+) người', text)[1])
