"""People put into the list of members, and what it then shows: whom, how many."""

import re
from datetime import date

from members.models import Precision
from members.register.arrivals import enroll
from members.roll.on_a_day import roll
from tests.members.member_pages import names, text, url
from tests.world import START, TODAY


def count(response):
    return int(re.search(r'id="so-luong">([\d.]+) đảng viên', text(response))[1].replace(".", ""))


def found(client, code="K", year=2018, **query):
    page = client.get(url(code, year), query)
    assert page.status_code == 200
    return names(page)


YOUNG = date(2018, 3, 1)  # the day on which who was a child in 2010 came into the Party


def put(world, name, code, born=date(1980, 6, 15), precision=Precision.DAY, **known):
    member = world.person(name, birth_date=born, birth_precision=precision, **known)
    came = {"on": START} if born.year < 1992 else {"on": YOUNG, "decided": YOUNG, "ceremony": YOUNG, "official": None}
    return enroll([world.arrival("", code, member=member, born=born, **came)], **world.act())[0]


def rows(world, day=TODAY, code="K"):
    return list(roll(world.org[code], day))
