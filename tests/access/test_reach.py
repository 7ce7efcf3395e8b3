"""How far an office reaches: from its first day to its last, along the tree of each year, as far as its links."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from ledger.models import User
from tests.world import TODAY

pytestmark = pytest.mark.django_db


def test_an_office_that_ended_yesterday_gives_nothing(site):
    user = site.user("LEADER", "K", since=date(2016, 1, 1))
    assert site.signed_in(user).get(reverse("dashboard", args=["K", 2017])).status_code == 200
    # An act dated D takes effect at the start of D: who is relieved today held the office until yesterday.
    site.dismiss(user, TODAY)
    ask = site.signed_in(User.objects.get(pk=user.pk))
    first = ask.get(reverse("home"))
    assert first.status_code == 200
    assert "Chưa được phân công" in first.content.decode()
    for year in (2016, 2017, 2018):
        for name in ("dashboard", "organization", "people", "targets"):
            assert ask.get(reverse(name, args=["K", year])).status_code == 404


def test_an_account_switched_off_is_signed_out(site):
    user = site.user("LEADER", "K")
    ask = site.signed_in(user)
    user.is_active = False
    user.save()
    assert ask.get(reverse("home")).url.startswith(reverse("login"))


@pytest.mark.parametrize("name", ["dashboard", "organization", "people", "targets"])
def test_a_past_year_follows_its_own_tree(site, name):
    """DB03-02 went from DB03 to DB02 on 01/03/2017; each committee sees it for the years it ended below it."""
    years = {"DB03": [2015, 2016], "DB02": [2017, 2018]}
    for committee, own in years.items():
        ask = site.as_("COMMITTEE", committee)
        seen = [y for y in range(2015, 2019) if ask.get(reverse(name, args=["DB03-02", y])).status_code == 200]
        assert seen == own, committee
    ask = site.as_("SECRETARY", "DB03-02")
    assert [ask.get(reverse(name, args=["DB03-02", y])).status_code for y in range(2014, 2019)] == [404] + [200] * 4


def test_a_link_to_above_is_not_shown_to_who_may_not_open_it(site):
    text = site.as_("COMMITTEE", "DB01").get(reverse("dashboard", args=["DB01-01", 2017])).content.decode()
    assert "/DB01/2017/" in text
    assert "/K/2017/" not in text
    text = site.as_("SECRETARY", "DB01-01").get(reverse("dashboard", args=["DB01-01", 2017])).content.decode()
    assert set(re.findall(r"/(?:to-chuc|dang-vien|chi-tieu)/([\w-]+)/\d{4}/", text)) == {"DB01-01"}


def test_every_link_on_a_dashboard_opens(site):
    """No link leads nowhere: what a role is shown it may open."""
    for role, code in (("COMMITTEE", "DB02"), ("SECRETARY", "CB01")):
        ask = site.as_(role, code)
        text = ask.get(reverse("dashboard", args=[code, 2017])).content.decode()
        links = {x.split("#")[0] for x in re.findall(r'href="(/(?:to-chuc|dang-vien|chi-tieu)/[^"]+)"', text)}
        assert len(links) > 10
        assert {url: status for url in links if (status := ask.get(url).status_code) != 200} == {}


def test_offices_count_from_their_first_day(site):
    assert site.as_("LEADER", "K", since=TODAY).get(reverse("home")).status_code == 302
    later = site.user("LEADER", "K", since=TODAY - timedelta(days=1))
    assert site.signed_in(later).get(reverse("dashboard", args=["K", 2017])).status_code == 200
