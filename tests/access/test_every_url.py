"""Every URL × every role × own and foreign organization (design §7). A URL without a row fails.

Asked in the world of two blocs: whatever a page of the one answers, it names nothing of the other.
"""

import pytest
from django.urls import get_resolver, reverse

from tests.access.rows import OFFICES, ROLES, ROWS, TABLE, address, patterns
from tests.second_bloc import PEOPLE_OF_SECOND, SECOND, said_of

pytestmark = pytest.mark.django_db


def test_every_url_has_a_row():
    named = {"admin:*" if name.startswith("admin:") else name for name, _ in patterns(get_resolver())}
    assert named == {row[0] for row in ROWS}


def test_the_table_has_a_column_for_every_role():
    assert TABLE.split()[3:11] == ROLES
    assert {len(row) for row in ROWS} == {11}


def test_every_page_of_an_organization_is_asked_of_ones_own_and_of_others():
    of_organizations = {name for name, entry in patterns(get_resolver()) if "code" in entry.pattern.converters}
    for name in of_organizations - {n for n in of_organizations if n.startswith("admin:")}:
        places = {row[2] for row in ROWS if row[0] == name and row[1] == "GET"}
        assert places >= {"own", "beside", "above", "unknown"}, name


@pytest.mark.parametrize("row", ROWS, ids=lambda row: "-".join(row[:3]))
def test_each_url_and_role(browser_of, row):
    name, method, place, *answers = row
    for role, answer in zip(ROLES, answers, strict=True):
        ask = browser_of(role)
        response = getattr(ask, method.lower())(address(name, place, role))
        status, _, onward = answer.partition(">")
        assert response.status_code == int(status), role
        if onward:
            assert response.url.split("?")[0] == reverse(onward), role
        if method == "GET" and role in OFFICES:
            assert not said_of(response, SECOND, PEOPLE_OF_SECOND), role


def test_the_administration_is_shut_to_all_but_administrators(browser_of):
    urls = []
    for name, entry in patterns(get_resolver()):
        if name.startswith("admin:") and name not in {"admin:login", "admin:logout", "admin:jsi18n", "admin:"}:
            known = {"app_label": "ledger"}
            named = entry.pattern.converters.keys() | entry.pattern.regex.groupindex.keys()
            args = [] if named else ["1"] * entry.pattern.regex.groups
            urls.append(reverse(name, args=args, kwargs={key: known.get(key, "1") for key in named}))
    assert len(urls) > 50
    for role in ("anonymous", "nobody", "leader", "organization"):
        ask = browser_of(role)
        for url in urls:
            response = ask.get(url)
            assert response.status_code == 302, (role, url)
            assert response.url.split("?")[0] in (reverse("login"), reverse("admin:login")), (role, url)


@pytest.mark.parametrize("name", ["organization", "people"])
def test_pages_that_are_only_read_refuse_to_be_sent_to(browser_of, name):
    assert browser_of("leader").post(reverse(name, args=["K", 2017])).status_code == 405
