"""Whom did I choose: two of one name and birth in one cell are told apart wherever somebody is picked or signed for."""

from datetime import date

import pytest
from django.urls import reverse

from inspections.checks.register import InspectionPlan, register_inspections
from inspections.discipline.discipline import tie
from inspections.letters.letters import ReceivedLetter, register_letters
from inspections.models import Inspection
from members.life import sanctions
from members.life.offers import offer
from members.models import Discipline
from members.register import moves
from ratings import workflow
from ratings.sheets import draft
from tests.access.rows import ROWS, address
from tests.field.alike import NAME, WAYS, Controls, marks, pair, shows, unclear
from tests.hand import Hand
from tests.pages.test_pages_site import standing

pytestmark = pytest.mark.django_db
site = pytest.fixture(scope="module")(standing)


def test_the_reader_of_pages_hears_controls():
    page = """<label for="x">Lê <b>An</b></label><input id="x" name="a"><a href="/1">Lê An</a>
    <fieldset><legend>Mức của An</legend><label><input type="radio" name="m" value="1">tốt</label></fieldset>
    <select name="s"><option value="3">Lê An, 1980</option></select>"""
    assert Controls(page).found == [
        ("link Lê An", "/1"),
        ("option of s: Lê An, 1980", "3"),
        (" Lê An", ("a", None)),
        ("Mức của An tốt", ("m", "1")),
        (" ", ("s", None)),
    ]


@pytest.fixture(params=WAYS)
def way(request):
    """By what the two are told apart: their cards, the days they came in, or nothing that is written."""
    return request.param


@pytest.fixture
def twins(site, way):
    """In DB01-01 since the end of 2017, on probation and due."""
    return pair(site, way, (date(2017, 11, 20), date(2017, 12, 1)))


@pytest.fixture
def site_marks(way, twins):
    return marks(way, twins)


PAPER = {"so": "7-QĐ/ĐUK", "ngay": "14/12/2018", "co_quan": "Đảng ủy Khối", "tu_ngay": "14/12/2018"}
OFFICES = {
    "secretary": ("SECRETARY", "DB01-01"),
    "committee": ("COMMITTEE", "DB01"),
    "organization": ("ORGANIZATION", "K"),
    "inspection": ("INSPECTION", "K"),
}


@pytest.mark.deep
def test_every_page_that_lets_one_choose_tells_them_apart(site, twins):
    """Every address that the table of rights knows."""
    seen, bad = set(), []
    for role, office in OFFICES.items():
        browser = site.as_(*office)
        for name, place in {
            (row[0], row[2]) for row in ROWS if row[1] == "GET" and row[2] in ("own", "below", "above")
        }:
            answer = browser.get(address(name, place, role))
            if answer.status_code != 200 or "html" not in answer["Content-Type"]:
                continue
            page = answer.content.decode()
            seen |= {name} if NAME in page else set()
            bad += [(name, place, role, what) for what in unclear(page)]
    assert bad == []
    assert {"people", "probation", "ratings"} <= seen


def _people(site, twins):
    return site.as_(*OFFICES["committee"]).get(reverse("people", args=["DB01", 2018]))


def _people_without_births(site, twins):
    return site.as_(*OFFICES["committee"]).get(reverse("people", args=["DB01", 2018]), {"cot": "cell"})


def _selected(site, twins):
    sent = {"chon": [member.pk for member in twins]}
    return site.as_(*OFFICES["committee"]).get(reverse("people_selected", args=["DB01", 2018]), sent)


def _probation(site, twins):
    return site.as_(*OFFICES["organization"]).get(reverse("probation", args=["DB01-01", 2018]))


def _offers(site, twins):
    offer(dict.fromkeys(twins, site.org["DB01-02"]), **site.act())
    return site.as_(*OFFICES["organization"]).get(reverse("offers", args=["DB01", 2018]))


def _answered(site, twins):
    offers = offer(dict.fromkeys(twins, site.org["DB01-02"]), **site.act())
    sent = {"viec": "tiep-nhan", "phieu": offers[0].pk}
    return site.as_(*OFFICES["organization"]).get(reverse("offers", args=["DB01", 2018]), sent)


def _merge(site, twins):
    page = reverse("merge_records", args=[site.people["An"].pk])
    return site.as_(*OFFICES["organization"]).get(page, {"ten": NAME})


def _reprimanded(site, twins):
    sanctions.discipline([(member, Discipline.Kind.REPRIMAND, date(2018, 2, 1)) for member in twins], **site.act())
    return Discipline.objects.standing().filter(member__in=twins)


def _looked_at(site):
    looked = InspectionPlan(
        year=2018,
        kind=Inspection.Kind.INSPECTION,
        title="Kiểm tra",
        conductor=site.org["K"],
        subjects=((site.org["DB01"], date(2018, 1, 15)),),
    )
    (made,) = register_inspections([looked], **site.act())
    return made.subjects.get()


def _disciplined(site, twins):
    _reprimanded(site, twins)
    asked = {"viec": "ky-luat", "luot": (row := _looked_at(site)).pk}
    return site.as_(*OFFICES["inspection"]).get(reverse("inspection", args=[row.inspection_id]), asked)


def _followed(site, twins):
    row = _looked_at(site)
    tie([(found, row) for found in _reprimanded(site, twins)], **site.act())
    return site.as_(*OFFICES["inspection"]).get(reverse("inspection", args=[row.inspection_id]))


def _followed_from_a_letter(site, twins):
    days = {"received_on": date(2018, 1, 15), "due_on": date(2018, 3, 15)}
    (letter,) = register_letters([ReceivedLetter(number="D-9", organization=site.org["DB01-01"], **days)], **site.act())
    tie([(found, letter) for found in _reprimanded(site, twins)], **site.act())
    return site.as_(*OFFICES["inspection"]).get(reverse("letter", args=[letter.file_id]))


def _disciplined_in_the_year(site, twins):
    _reprimanded(site, twins)
    page = reverse("inspections", args=["DB01", 2018])
    return site.as_(*OFFICES["inspection"]).get(page, {"ky_luat": f"dv-{Discipline.Kind.REPRIMAND}"})


def _behind_a_figure(site, twins):
    return site.as_(*OFFICES["committee"]).get(reverse("indicator", args=["DB01", 2017, "KN"]))


def _moved_in_the_year(site, twins):
    asked = {"o": "DB01", "dong": "vao-admitted"}
    return site.as_(*OFFICES["committee"]).get(reverse("balance", args=["DB01", 2017]), asked)


def _draft(site):
    workflow.send_back([site.open.sheet("DB01-01")], **site.open.by(reason="Bổ sung người"))
    return site.as_(*OFFICES["secretary"])


def _sheet(site, twins):
    return _draft(site).get(reverse("ratings", args=["DB01-01", (2018, None)]))


def _sheet_not_done(site, twins):
    return _draft(site).post(reverse("ratings", args=["DB01-01", (2018, None)]), {"viec": "nop"})


def _rated(site, twins):
    secretary = _draft(site)
    draft.rate({site.open.sheet("DB01-01"): dict.fromkeys([member.pk for member in twins], 2)}, **site.open.by())
    return secretary


def _read_back(site, twins):
    return _rated(site, twins).get(reverse("ratings", args=["DB01-01", (2018, None)]), {"xem-lai": "1"})


def _to_decide(site, twins):
    _rated(site, twins)
    site.open.submit("DB01-01")
    site.open.endorse("DB01-01")
    return site.as_(*OFFICES["committee"]).get(reverse("ratings", args=["DB01-01", (2018, None)]))


def _pasted(site, twins):
    page = reverse("rating_paste", args=["DB01-01", (2018, None)])
    return _draft(site).post(page, {"cot": f"{NAME}\tT\n{NAME}\tH"})


def _reorganized(code, slug, asked=None):
    def picker(site, twins):
        return site.as_(*OFFICES["organization"]).get(reverse("reorganize_act", args=[code, slug]), asked or {})

    picker.__name__ = slug
    return picker


def _into_cb01(site, twins):
    moves.transfer([(member, site.org["CB01"], date(2018, 12, 1)) for member in twins], **site.act())


def _turned_into_a_committee(site, twins):
    _into_cb01(site, twins)
    return _reorganized("CB01", "thanh-dang-bo")(site, twins)


def _split_as_the_bloc_ends(site, twins):
    _into_cb01(site, twins)
    hand = Hand(site.user(*OFFICES["organization"])).open(reverse("reorganize_act", args=["K", "ket-thuc-khoi"]))
    return hand.press("tiep", **PAPER, ten_1="Đảng bộ Mới", ma_1="R1", chung="moi-1", don_vi_CB01="tach").page


def _rehearsed(site, twins):
    hand = Hand(site.user(*OFFICES["organization"]))
    hand.open(reverse("reorganize_act", args=["DB01-01", "giai-the"]))
    return hand.press("dien-tap", **PAPER, **{"don_vi_DB01-01": "DB01-02"}).page


PICKERS = [
    _people,
    _people_without_births,
    _selected,
    _probation,
    _offers,
    _merge,
    _disciplined,
    _followed,
    _followed_from_a_letter,
    _disciplined_in_the_year,
    _behind_a_figure,
    _moved_in_the_year,
    _sheet,
    _sheet_not_done,
    _read_back,
    _to_decide,
    _pasted,
    _reorganized("DB01-01", "chia-tach"),
    _reorganized("DB01-01", "giai-the"),
    _reorganized("DB01-01", "sap-nhap", {"vao": "DB01-02"}),
    _reorganized("DB01", "sap-nhap", {"vao": "DB02"}),
    _reorganized("DB01-01", "hop-nhat", {"voi": "DB01-02"}),
    _reorganized("DB01", "hop-nhat", {"voi": "DB02"}),
    _reorganized("DB01", "thanh-lap"),
    _reorganized("DB01", "thanh-chi-bo"),
    _turned_into_a_committee,
    _split_as_the_bloc_ends,
    _rehearsed,
]


@pytest.mark.parametrize("picker", PICKERS)
def test_both_are_told_apart_where_they_are_picked_or_signed_for(site, twins, site_marks, picker):
    shows(picker(site, twins), site_marks)


def test_the_one_that_is_answered_is_named(site, twins, site_marks):
    answer = _answered(site, twins)
    assert f"Tiếp nhận: đồng chí {NAME} (sinh 05/08/1994, {site_marks[0]})" in answer.content.decode()
