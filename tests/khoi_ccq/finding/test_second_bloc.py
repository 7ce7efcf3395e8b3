"""Finding where a second bloc stands beside the first: neither finds anything of the other's."""

import pytest
from django.urls import reverse

from ledger.documents import document
from members.life import statuses
from members.models import Status
from tests.hand import signed_in_as
from tests.second_bloc import DAY, PEOPLE_OF_FIRST, PEOPLE_OF_SECOND, SECOND, said_of, two_blocs

pytestmark = pytest.mark.django_db
site = pytest.fixture(scope="module")(two_blocs)
MEMBERS = {"K": {"Lê An"}, "K2": {"Lê Xuân", "Võ Yến"}}
CODES = {"K", "DB01", "DB01-01", *SECOND}
WORDS = ("le", "vo", "to chuc", "cuoc", "don", "qd", "chung", "1/6/2018", "DB90", "DB01")


def paper_of_both(site):
    """An of the first bloc and Xuân of the second were sick on one paper."""
    paper = document("77-QĐ/CHUNG", DAY, "Tỉnh ủy")
    people = [site.people[name] for name in ("An", "Xuân")]
    statuses.set_status(people, Status.Kind.SICK, **site.act(DAY, document=paper))
    return reverse("find_paper", args=[paper.pk])


@pytest.mark.parametrize("role", ["ORGANIZATION", "INSPECTION", "LEADER"])
def test_neither_bloc_finds_what_is_the_other_s(site, role):
    there = paper_of_both(site)
    for code, theirs, codes in (
        ("K", PEOPLE_OF_SECOND, SECOND),
        ("K2", PEOPLE_OF_FIRST, CODES - SECOND),
    ):
        client, found = signed_in_as(site.user(role, code)), set()
        for words in WORDS:
            page = client.get(reverse("find"), {"tim": words})
            assert said_of(page, codes, theirs) == set(), (code, words)
            found |= said_of(page, CODES - codes, MEMBERS[code])
        assert found >= MEMBERS[code] | {code}
        page = client.get(there)
        assert page.status_code == 200
        assert said_of(page, codes, theirs) == set()
        assert ("Lê An" in page.content.decode()) == (code == "K")
