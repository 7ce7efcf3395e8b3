"""Two roots after the end of a bloc: no office of the one reaches into the other; the principal heir alone goes on with the old.

K ended on 01/10/2018. K01, the principal heir, has DB01, DB03 and CB01; K02 has DB02 and CB02. In K 2017 was locked, one letter was
received about DB01 and handed over to K01; K01 opened 2018, where CB01's sheet is decided.
"""

from datetime import date
from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from django.urls import reverse

from inspections.handover.hand_over import hand_over, left_open
from inspections.letters import letters
from ledger.documents import document
from members.reorganizing.plan_bloc import ending
from organizations.reorganize import Founding
from ratings import workflow
from ratings.models import MemberRating, OrganizationRating, Sheet, State
from ratings.periods import periods
from ratings.sheets import draft
from tests.hand import Hand, signed_in_as
from tests.kept import kept
from tests.ratings.desk import Desk
from tests.world import World, recorded

pytestmark = pytest.mark.django_db

DAY, DECIDED = date(2018, 10, 1), date(2018, 12, 10)
PARENTS = {"DB01": "K01", "DB02": "K02", "DB03": "K01", "CB01": "K01", "CB02": "K02"}
ROLES = ("ORGANIZATION", "INSPECTION", "LEADER")


class Ended(World):
    def __init__(self):
        super().__init__()
        desk = Desk(self)
        desk.finish()
        desk.lock()
        row = letters.ReceivedLetter(
            number="1", organization=self.org["DB01"], received_on=date(2018, 6, 1), due_on=date(2019, 1, 20)
        )
        letters.register_letters([row], **self.act())
        receivers = [Founding(code=code, name=f"Đảng bộ {code}", kind="KHOI") for code in ("K01", "K02")]
        self.carry_out(ending(["K"], PARENTS, founded=receivers), DAY)
        paper = document("9-QĐ/TU", DAY, "Tỉnh ủy")
        hand_over(left_open([self.org["K"].pk], DAY), **self.act(DAY, document=paper))
        self._rate()
        self.offices = {(role, code): self.user(role, code, DAY) for role in ROLES for code in ("K01", "K02")}

    def _rate(self):
        period = periods.open_period(2018, bloc=self.org["K01"], **self.act(DECIDED))
        sheet = Sheet.objects.get(period=period, organization=self.org["CB01"], voided__isnull=True)
        draft.rate({sheet: {self.people[name].pk: 2 for name in ("Phúc", "Quân")}}, **self.act(DECIDED))
        paper = document("1-QĐ/CB", DECIDED, "Chi bộ")
        workflow.decide([sheet], document=paper, **self.act(DECIDED))


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        world = kept(Ended)
        connection.check_constraints()
        yield world
        transaction.set_rollback(True)


@pytest.fixture
def at(world):
    """A function: the browser of an office."""
    return lambda role, code: signed_in_as(type(world.by).objects.get(pk=world.offices[role, code].pk))


@pytest.fixture
def here(world):
    """Ids of what the pages are asked about."""
    sheet = Sheet.objects.get(period__year=2018, organization=world.org["CB01"], voided__isnull=True)
    lines = MemberRating.objects.standing().filter(period__year=2017)
    rows = OrganizationRating.objects.standing().filter(period__year=2017)
    return SimpleNamespace(
        sheet=sheet,
        line=lines.get(member=world.people["Phúc"]),
        row=rows.get(organization=world.org["DB01"]),
        letter=letters.Letter.objects.get(voided__isnull=True).file_id,
    )


PAGES = ("dashboard", "people", "ratings", "inspections")


@pytest.mark.parametrize("role", ROLES)
def test_what_went_to_the_one_is_shut_to_the_other(world, at, role):
    for mine, other in (("K01", "K02"), ("K02", "K01")):
        browser = at(role, mine)
        codes = {"K01": ("K01", "DB01", "DB01-01", "CB01"), "K02": ("K02", "DB02", "DB02-01", "CB02")}
        for name in PAGES:
            assert browser.get(reverse(name, args=[codes[mine][0], 2018])).status_code == 200, name
            for code in codes[other]:
                assert browser.get(reverse(name, args=[code, 2018])).status_code == 404, (name, code)


def test_a_record_is_its_own_bloc_s(world, at):
    an, duc = world.people["An"].pk, world.people["Đức"].pk
    for role in ROLES:
        for mine, seen in (("K01", {an}), ("K02", {duc})):
            browser = at(role, mine)
            for pk in (an, duc):
                assert browser.get(reverse("member", args=[pk])).status_code == (200 if pk in seen else 404), (mine, pk)
    for mine, pk, status in (("K01", an, 200), ("K02", duc, 200), ("K01", duc, 404), ("K02", an, 404)):
        assert at("ORGANIZATION", mine).get(reverse("record", args=[pk])).status_code == status


def accept(browser, code, sheet):
    sent = {"viec": "accept", "phieu": sheet.pk}
    return browser.post(reverse("rating_step", args=[code, "2018"]), sent)


def test_the_heir_alone_accepts_a_sheet(at, here):
    other, before = at("ORGANIZATION", "K02"), recorded()
    for code in ("K01", "CB01"):
        assert accept(other, code, here.sheet).status_code == 404
    # Nor is it named to the page of its own bloc.
    page = accept(other, "K02", here.sheet)
    assert page.status_code in (400, 404) and recorded() == before
    heir = Hand(at("ORGANIZATION", "K01").user)
    heir.open(reverse("ratings", args=["K01", "2018"])).press("accept", tick=("phieu",))
    assert Sheet.objects.get(pk=here.sheet.pk).state == State.ACCEPTED


CORRECTED = {"moi": "3", "so": "5-QĐ", "ngay": "01/12/2018", "co_quan": "Đảng ủy", "ly_do": "Xét lại"}


def correct(browser, code, chosen):
    return browser.post(reverse("rating_correction", args=[code, "2017"]), CORRECTED | {"dong": chosen})


@pytest.mark.parametrize("code", ["CB01", "DB01", "K"])
def test_the_principal_heir_alone_corrects_what_the_old_bloc_locked(at, here, code):
    """The other may look at the year: both came from there."""
    chosen = {"CB01": f"m{here.line.pk}"}.get(code, f"t{here.row.pk}")
    other, heir = at("ORGANIZATION", "K02"), at("ORGANIZATION", "K01")
    for browser in (other, heir):
        assert browser.get(reverse("ratings", args=[code, "2017"])).status_code == 200
    before = recorded()
    assert other.get(reverse("rating_correction", args=[code, "2017"])).status_code == 403
    assert correct(other, code, chosen).status_code == 403
    assert recorded() == before
    assert heir.get(reverse("rating_correction", args=[code, "2017"])).status_code == 200
    page = correct(heir, code, chosen)
    assert page.status_code == 302
    assert recorded() != before


def test_the_past_of_the_old_bloc_is_open_to_both_and_written_by_the_heir(at, here):
    for name in PAGES:
        for mine, codes in {"K02": ("K", "DB01-01"), "K01": ("DB02",)}.items():
            for code in codes:
                page = at("ORGANIZATION", mine).get(reverse(name, args=[code, 2017]))
                assert page.status_code == 200, (name, code, mine)
    urls = [reverse("targets", args=["K", 2017]), reverse("closing", args=["K", 2017])]
    assert [at("ORGANIZATION", "K02").post(url).status_code for url in urls] == [403, 403]
    assert [at("ORGANIZATION", "K01").post(url).status_code for url in urls] == [400, 400]


@pytest.mark.parametrize("role", ["INSPECTION", "LEADER"])
def test_a_letter_lies_with_the_heir(at, here, role):
    other, heir = at(role, "K02"), at(role, "K01")
    url = reverse("letter", args=[here.letter])
    assert (other.get(url).status_code, heir.get(url).status_code) == (404, 200)
    assert other.get(reverse("letters", args=["K01", 2018])).status_code == 404
    assert other.get(reverse("letters", args=["DB01", 2018])).status_code == 404
    assert not other.get(reverse("letters", args=["K02", 2018])).context["table"].data
    assert [row.number for row in heir.get(reverse("letters", args=["K01", 2018])).context["table"].data] == ["1"]
    assert heir.get(reverse("letters", args=["K", 2018])).status_code == 200
