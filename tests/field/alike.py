"""Two people of one name and birth, and what a page lets one choose."""

import re
from collections import defaultdict
from datetime import date
from html.parser import HTMLParser

import pytest

from members.models import Admission

NAME, BORN = "Lê Sinh Đôi", date(1994, 8, 5)
CARDS = ("12345678", "87654321")
WAYS = ["cards", *(pytest.param(way, marks=pytest.mark.deep) for way in ("ceremonies", "records"))]


class Controls(HTMLParser):
    """What a page lets one choose: `found` [(what a reader hears of a control, where it leads or what it sends)]."""

    def __init__(self, page):
        super().__init__()
        self.found, self.labels, self.legends = [], defaultdict(str), []
        self.open, self.inputs, self.row, self.cells = [], [], 0, {}
        self.feed(page)
        for key, about, sends, legend in self.inputs:
            self.found.append((f"{legend} {about or self.labels.get(key, '')}", sends))

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "tr":
            self.row += 1
        if tag == "fieldset":
            self.legends.append("")
        if tag == "label":
            self.open.append(["label", attrs.get("for") or f"within {self.getpos()}", ""])
        elif tag in ("a", "option", "legend", "button"):
            self.open.append([tag, attrs, attrs.get("aria-label") or ""])
        if tag in ("input", "select", "textarea") and attrs.get("type") not in ("hidden", "submit"):
            within = next((entry[1] for entry in self.open if entry[0] == "label"), None)
            sends = (attrs.get("name"), attrs.get("value") if attrs.get("type") in ("radio", "checkbox") else None)
            legend = " ".join(self.legends)
            self.inputs.append((within or attrs.get("id"), attrs.get("aria-label"), sends, legend))
        if tag in ("select", "datalist"):
            self.select = attrs.get("name") or attrs.get("id")

    def handle_endtag(self, tag):
        if tag == "fieldset":
            self.legends.pop()
        if not self.open or self.open[-1][0] != tag:
            return
        kind, attrs, text = self.open.pop()
        text = re.sub(r"\s+", " ", text).strip()
        if kind == "label":
            self.labels[attrs] += text
        elif kind == "legend":
            self.legends[-1] = text
        elif kind == "a":
            self.found.append((f"link {text}", attrs.get("href")))
        elif kind == "option":
            self.found.append((f"option of {self.select}: {text}", attrs.get("value", text)))
        else:
            self.found.append((f"button {text}", (attrs.get("name"), attrs.get("value"))))

    def handle_data(self, data):
        for entry in self.open:
            entry[2] += data


def unclear(page):
    """[(what is heard, the several things it does)] of controls that name one of the twins and leave open which."""
    found = defaultdict(set)
    for heard, sends in Controls(page).found:
        if NAME in heard:
            found[heard].add(sends)
    return [(heard, sends) for heard, sends in found.items() if len(sends) > 1]


def pair(world, way, ceremonies, verb="admit", **known):
    """Two of one name and birth in DB01-01. `ceremonies`: two days, of which the first is both's unless those tell them."""
    days = ceremonies if way == "ceremonies" else (ceremonies[0], ceremonies[0])
    found = []
    for card, day in zip(CARDS if way == "cards" else ("", ""), days, strict=True):
        member = world.person(NAME, birth_date=known.get("born", BORN), card_number=card)
        if verb == "admit":
            world.admit(NAME, "DB01-01", day, member=member)
        else:
            world.enroll(NAME, "DB01-01", member=member, decided=day, ceremony=day, official=known["official"])
        found.append(world.people.pop("Đôi"))
    return found


def marks(way, pair):
    days = [a.ceremony for a in Admission.objects.filter(member__in=pair).order_by("member")]
    return {
        "cards": [f"số thẻ {card}" for card in CARDS],
        "ceremonies": [f"vào Đảng {day:%d/%m/%Y}" for day in days],
        "records": [f"hồ sơ số {member.pk}" for member in pair],
    }[way]


def shows(answer, wanted):
    """That a page says both marks beside the name, and that no control of it leaves open who is meant."""
    page = answer.content.decode()
    assert answer.status_code in (200, 400), answer.status_code
    assert unclear(page) == []
    for mark in wanted:
        assert re.search(rf"{NAME} \([^)]*{mark}\)", page), (mark, page)
