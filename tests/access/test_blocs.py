"""Every URL × every role of one bloc × what is another bloc's (design §7), with the rows of tests/access/rows.py.

What opens to an office at its own bloc is shut to the same office of another. That no page of the first bloc names
anything of the second is seen there.
"""

import re
from http.cookies import SimpleCookie

import pytest
from django.urls import reverse

from organizations.models import Organization
from tests.access.rows import OFFICES, ROLES, ROWS, address
from tests.second_bloc import PEOPLE_OF_FIRST, PEOPLE_OF_SECOND, SECOND, said_of

pytestmark = pytest.mark.django_db

AT_SECOND = {"secretary": "DB90-01", "committee": "DB90", "organization": "K2", "inspection": "K2", "leader": "K2"}
# The act that is taken back, the rule that is agreed to: each is its person's, its organization's own.
OWN = [row for row in ROWS if row[2] == "own"]
# Pages of nobody in particular, which find the organization themselves.
OF_THE_OFFICE = [
    row
    for row in ROWS
    if row[0] in ("home", "tasks", "periods", "self_check", "first_steps", "offices", "appointments")
]


@pytest.fixture(scope="module")
def browsers(site):
    """{(role, code of the bloc): (a signed-in browser, its cookies)}"""
    found = {(role, "K"): site.as_(*office) for role, office in OFFICES.items()}
    found |= {(role, "K2"): site.as_(OFFICES[role][0], code) for role, code in AT_SECOND.items()}
    return {key: (client, client.cookies.output(header="", sep=";")) for key, client in found.items()}


@pytest.fixture
def ask(browsers):
    """A function: what the office of a role at a bloc is answered."""

    def give(role, bloc, method, url):
        client, cookies = browsers[role, bloc]
        client.cookies = SimpleCookie(cookies)
        return getattr(client, method.lower())(url)

    return give


@pytest.mark.parametrize("row", OWN, ids=lambda row: "-".join(row[:2]))
def test_what_is_another_bloc_s_is_shut(ask, row):
    name, method, *_ = row
    for role in OFFICES:
        for code in ("K2", "DB90", "DB90-01"):
            response = ask(role, "K", method, address(name, code, role))
            assert response.status_code in (403, 404, 405), (role, code, response.status_code)
            assert not said_of(response, (), PEOPLE_OF_SECOND)


# The second bloc alone has a period open that its cells can write a workbook for.
ALIKE = [row for row in OWN + OF_THE_OFFICE if row[0] != "rating_workbook"]


@pytest.mark.parametrize("row", ALIKE, ids=lambda row: "-".join(row[:2]))
def test_an_office_of_the_second_bloc_has_the_same_rights_at_home(ask, row):
    """And sees nothing of the first: in lists, selects, counts with links neither organizations nor people."""
    name, method, place, *answers = row
    first = set(Organization.objects.values_list("code", flat=True)) - SECOND
    for role, answer in zip(ROLES, answers, strict=True):
        if role in AT_SECOND:
            response = ask(role, "K2", method, address(name, AT_SECOND[role] if place == "own" else "-", role))
            assert str(response.status_code) == answer.partition(">")[0], role
            assert not first & set(response.get("Location", "").split("/")), role
            if method == "GET":
                assert not said_of(response, first, PEOPLE_OF_FIRST), role


def test_the_administration_chooses_between_the_blocs(site):
    browser = site.as_administrator()
    page = browser.get(reverse("home"))
    assert {reverse("dashboard", args=[code, 2018]) for code in ("K", "K2")} <= set(
        re.findall(r'href="([^"]+)"', page.content.decode())
    )
