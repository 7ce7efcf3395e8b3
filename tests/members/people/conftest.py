"""Who looks at the list of members, and a crowd to be told apart there."""

from datetime import date

import pytest

from members.life.posts import post
from members.life.probation import make_official
from members.life.statuses import exempt, set_status
from members.models import EthnicGroup, Post, Status
from tests.members.member_pages import browser
from tests.members.people.crowds import put


@pytest.fixture
def department(world):
    return browser(world)


@pytest.fixture
def crowd(world):
    """All that the filters tell apart, at the edges of the bands."""
    cham = EthnicGroup.objects.get(name="Chăm")
    births = [
        (date(1987, 12, 14), "D"),  # 31 today
        (date(1987, 12, 15), "D"),  # 30
        (date(1987, 1, 1), "Y"),  # 31 by the year
        (date(1988, 1, 1), "Y"),  # 30 by the year
        (date(1983, 12, 15), "D"),  # 34
        (date(1982, 12, 14), "D"),  # 36
        (date(1957, 12, 14), "D"),  # 61
        (date(1958, 1, 1), "Y"),  # 60
        (date(1957, 1, 1), "Y"),  # 61
        (date(1982, 12, 1), "M"),  # 36
        (date(2000, 2, 29), "D"),
    ]
    for n, (born, precision) in enumerate(births):
        known = {"sex": "MF"[n % 2], "ethnic_group": cham if n % 3 else world.kinh, "theory": n % 4}
        put(world, f"Hồ Người{n}", "CB02" if n % 2 else "CB01", born, precision, qualification=n % 7, **known)
    world.admit("Hồ Xuân", "CB01", date(2017, 5, 19))
    world.admit("Hồ Thu", "CB01", date(2018, 5, 19))
    make_official({world.people["Xuân"]: date(2018, 5, 19)}, **world.act())
    exempt([world.people["An"], world.people["Chi"]], **world.act(date(2018, 1, 1)))
    set_status([world.people["Chi"]], Status.Kind.SICK, **world.act(date(2018, 2, 1)))
    post([(world.people["An"], world.org["DB01-01"], Post.Kind.SECRETARY)], **world.act(date(2016, 1, 1)))
    return world
