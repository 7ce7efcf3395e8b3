"""Finding from anywhere: each group, in any order of words and without accents, and never beyond the reader's reach."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from inspections.letters.letters import register_letters
from ledger.documents import document
from ledger.models import Document
from ledger.web.finding import MOST
from members.life import statuses
from members.models import Exit, Status
from members.records.amendments import amend
from organizations.access import visible_to
from tests.hand import signed_in_as
from tests.site import letter_about
from tests.world import TODAY

pytestmark = pytest.mark.django_db
LISTED = re.compile(r"<h2>([^<]+) <span[^>]*>([^<]+)</span>")
HIT = re.compile(r'<li>\s*<a href="([^"]+)">([^<]+)</a>\s*<span>([^<]*)</span>')


class Finder:
    def __init__(self, user):
        self.user, self.client = user, signed_in_as(user)

    def find(self, text, **more):
        self.page = self.client.get(reverse("find"), {"tim": text, **more})
        assert self.page.status_code == 200, self.page.status_code
        self.html = self.page.content.decode()
        return self

    @property
    def groups(self):
        return dict(LISTED.findall(self.html))

    @property
    def hits(self):
        return HIT.findall(self.html.partition("<main")[2])

    def codes(self, text):
        """Of the organizations that are found."""
        self.find(text)
        group = "to-chuc" if "Tổ chức" in self.groups else ""
        return {notes.split(" · ")[0] for _, _, notes in self.find(text, nhom=group).hits} if group else set()

    def names(self, text, **more):
        return [label for _, label, _ in self.find(text, **more).hits]


@pytest.fixture
def office(world):
    return Finder(world.user("ORGANIZATION", "K"))


@pytest.mark.parametrize("text", ["Lê Đức", "duc le", "LE DUC", "  lê   đức ", "du l", "đức"])
def test_a_person_is_found_by_words_in_any_order_accents_or_none(office, world, text):
    assert (
        reverse("member", args=[world.people["Đức"].pk]),
        "Lê Đức",
        "sinh 15/06/1980 · Tổ chức DB02-01, Tổ chức DB02",
    ) in (office.find(text).hits)


@pytest.mark.parametrize("text", ["duc tran", "uc", "lê đứccc", "le duc giang"])
def test_every_word_must_begin_a_word_of_the_name(office, text):
    assert "Lê Đức" not in office.names(text)


def test_as_it_is_spelled_comes_first(office, world):
    for name in ("Hồ Ẩn", "Hồ Ân"):
        world.enroll(name, "CB01", born=date(1970, 1, 1) if name == "Hồ Ẩn" else None)
    assert office.names("Hồ Ân")[:2] == ["Hồ Ân", "Hồ Ẩn"]
    assert office.names("Hồ Ẩn")[:2] == ["Hồ Ẩn", "Hồ Ân"]


@pytest.mark.parametrize(
    ("why", "words"),
    [(Exit.DEPARTED, "đã chuyển đi 03/2016"), (Exit.DIED, "từ trần 03/2016"), (Exit.STRUCK, "bị xóa tên 03/2016")],
)
def test_who_left_is_found_and_said_to_have_left(office, world, why, words):
    world.leave("Đức", date(2016, 3, 10), why)
    assert [notes for _, label, notes in office.find("le duc").hits if label == "Lê Đức"] == [
        f"sinh 15/06/1980 · Tổ chức DB02-01, Tổ chức DB02 · {words}"
    ]


def test_a_card_finds_its_holder_of_today_and_of_before_for_who_sees_the_record(office, world):
    an = world.people["An"]
    for number in ("12345678", "123456789012"):
        amend({an: {"card_number": number}}, **world.act(reason="đổi thẻ"))
    world.transfer("An", "DB02-01", date(2016, 1, 1))
    for number in ("12345678", "123456789012", "1234 5678"):
        assert office.names(number) == ["Lê An"]
    assert office.names("1234567") == []
    before = Finder(world.user("SECRETARY", "DB01-01"))
    assert before.names("12345678") == []
    assert [notes for *_, notes in before.find("le an").hits] == [
        "sinh 15/06/1980 · Tổ chức DB01-01, Tổ chức DB01 · đã chuyển sinh hoạt 01/2016"
    ]


def test_an_organization_is_found_by_code_names_of_before_and_the_one_above(office, world):
    world.rename("DB02-01", "Chi bộ Văn phòng", date(2016, 1, 1))
    world.rename("DB02", "Đảng bộ Sở Y tế", date(2016, 1, 1))
    assert office.names("DB02-01") == ["Chi bộ Văn phòng, Đảng bộ Sở Y tế"]
    assert office.names("y te van phong") == ["Chi bộ Văn phòng, Đảng bộ Sở Y tế"]
    (address, label, notes), *below = office.find("so y te").hits
    assert (address, label, notes) == (reverse("organization", args=["DB02", 2018]), "Đảng bộ Sở Y tế", "DB02")
    assert [notes for *_, notes in office.find("to chuc db02").hits][:1] == ["DB02 · trước là Tổ chức DB02"]
    assert below == []


def test_one_that_ended_says_so_and_opens_in_its_last_year(office, world):
    world.merge("DB02", "DB01", {"DB02-01": "DB01-01", "DB02-02": None}, date(2017, 7, 1))
    (hit,) = office.find("db02-01").hits
    assert hit[2].endswith("đã kết thúc 01/07/2017")
    assert office.client.get(hit[0]).status_code == 200


@pytest.fixture
def papers(world):
    """A status of An on one paper, of Đức on another; a letter about DB01 on a third."""
    for name, number in (("An", "12-QĐ/ĐU"), ("Đức", "13-QĐ/ĐU")):
        paper = document(number, date(2017, 8, 5), "Đảng ủy Sở", "Cho nghỉ ốm")
        act = world.act(date(2017, 8, 5), document=paper)
        statuses.set_status([world.people[name]], Status.Kind.SICK, **act)
    register_letters(
        [letter_about(world.org["DB01"])],
        **world.act(document=document("14-PC/UBKT", date(2017, 8, 5), "Ủy ban Kiểm tra")),
    )
    return world


@pytest.mark.parametrize("text", ["12 qd du", "12-QĐ/ĐU", "5/8/2017 12", "05/08/2017 12 so", "nghi om 12"])
def test_a_document_is_found_by_number_day_issuer_and_title(papers, text):
    finder = Finder(papers.user("ORGANIZATION", "K"))
    assert finder.names(text) == ["Số 12-QĐ/ĐU"]
    (address, _, notes), *_ = finder.hits
    assert notes == "ngày 05/08/2017 · Đảng ủy Sở · Cho nghỉ ốm"
    page = finder.client.get(address).content.decode()
    assert [label for _, label, _ in HIT.findall(page)] == ["Lê An"]
    assert "Nghỉ ốm từ 05/08/2017" in page


@pytest.mark.parametrize(
    ("office", "found"),
    [
        (("SECRETARY", "DB01-01"), {"12-QĐ/ĐU"}),
        (("COMMITTEE", "DB02"), {"13-QĐ/ĐU"}),
        (("COMMITTEE", "DB03"), set()),
        (("ORGANIZATION", "K"), {"12-QĐ/ĐU", "13-QĐ/ĐU"}),
        (("INSPECTION", "K"), {"12-QĐ/ĐU", "13-QĐ/ĐU", "14-PC/UBKT"}),
    ],
)
def test_a_document_is_told_to_who_sees_what_rests_on_it_letters_to_their_readers(papers, office, found):
    finder = Finder(papers.user(*office))
    assert set(finder.names("5/8/2017")) == {f"Số {number}" for number in found}
    for paper in Document.objects.filter(date=date(2017, 8, 5)):
        status = finder.client.get(reverse("find_paper", args=[paper.pk])).status_code
        assert status == (200 if paper.number in found else 404)


def test_pages_and_acts_are_found_by_what_they_are_called_and_open(world):
    for role, code in (("ORGANIZATION", "K"), ("INSPECTION", "K"), ("COMMITTEE", "DB01"), ("SECRETARY", "DB01-01")):
        finder = Finder(world.user(role, code))
        for text in ("ghi", "ket", "nhap du lieu", "don thu", "mat khau", "bien dong", "tai khoan"):
            for address, _, _ in (
                finder.find(text, nhom="trang").hits if "Trang" in str(finder.find(text).groups) else ()
            ):
                assert finder.client.get(address).status_code in (200, 302), (role, address)
        assert ("Ghi kết nạp đảng viên" in finder.names("nap ket")) == (role == "ORGANIZATION")
        assert ("Ghi đơn thư tố cáo" in finder.names("don thu")) == (role == "INSPECTION")


@pytest.mark.parametrize(
    ("office", "people"),
    [
        (("SECRETARY", "DB01-01"), {"Lê An"}),
        (("COMMITTEE", "DB01"), {"Lê An", "Lê Chi"}),
        (("COMMITTEE", "DB03"), {"Lê Lan", "Lê Nga"}),
        (("LEADER", "K"), {"Lê An", "Lê Chi", "Lê Đức", "Lê Hà", "Lê Lan", "Lê Nga", "Lê Phúc", "Lê Sơn"}),
        ((), set()),
    ],
)
def test_nobody_is_found_beyond_reach(world, office, people):
    finder = Finder(world.user(*office))
    assert set(finder.names("le")) == people
    reach = visible_to(finder.user, TODAY)
    assert finder.codes("to chuc") == set(reach.values_list("code", flat=True))


@pytest.mark.parametrize("text", ["", " ", "%", "_", "<>", "'\"", "....", "-"])
def test_what_holds_no_word_finds_nothing_and_the_way_to_find_is_told(office, text):
    page = office.find(text)
    assert (page.groups, page.hits) == ({}, [])
    assert "“an bui” thấy" in page.html


def test_markup_is_shown_as_it_was_typed(office):
    page = office.find("<script>alert(1)</script> an")
    assert "<script>alert" not in page.html
    assert "&lt;script&gt;alert" in page.html


@pytest.mark.parametrize("text", ["a" * 101, " ".join("abcdefghijklm")])
def test_what_is_too_long_is_said_to_be(office, text):
    page = office.find(text)
    assert "Hãy gõ ngắn hơn, nhiều nhất 100 ký tự và 12 từ." in page.html
    assert text in page.html


def test_a_group_is_turned_over_page_by_page(office, monkeypatch):
    monkeypatch.setattr("khoi_ccq.finding.page.A_PAGE", 5)
    first, second = office.names("le", nhom="nguoi"), office.names("le", nhom="nguoi", page=2)
    assert (len(first), len(second)) == (5, 3)
    assert sorted(first + second) == sorted(office.names("le"))
    for more in ({"nhom": "gi-do"}, {"nhom": "nguoi", "page": "3"}, {"nhom": "van-ban"}):
        assert office.client.get(reverse("find"), {"tim": "le", **more}).status_code == 404


def test_more_than_are_told_are_said_to_be_more(office, monkeypatch):
    monkeypatch.setattr("ledger.web.finding.MOST", 3)
    assert office.find("le").groups["Đảng viên"] == "hơn 3"
    assert len(office.names("le", nhom="nguoi")) == 3
    assert MOST == 500


def suggested(client, text):
    headers = {"HX-Request": "true", "HX-Target": "tim-thay"}
    return client.get(reverse("find"), {"tim": text}, headers=headers).content.decode()


def test_while_one_types_the_same_list_comes_shortened(office):
    html = suggested(office.client, "le")
    assert "<html" not in html
    labels = re.findall(r'role="option"[^>]*>\s*<b>([^<]+)</b>', html)
    people = [label for label in labels if label.startswith("Lê")]
    assert people == office.names("le")[:4]
    assert "Xem tất cả kết quả" in html
    assert suggested(office.client, "l").count("role=") == 1
    assert "Không thấy “xyz”" in suggested(office.client, "xyz")
    assert suggested(office.client, "").strip() == ""


def test_the_number_of_queries_does_not_grow(world, office):
    def asked(text):
        office.find(text)
        with CaptureQueriesContext(connection) as queries:
            office.find(text)
        return len(queries)

    def newcomers(first, last):
        world.found(*((f"CB1{n}", "CBCS", "K") for n in range(first, last)))
        for n in range(first, last):
            world.enroll(f"Tô {'ABCDEGHI'[n]}{'ABCDEGHI'[n].lower()}", f"CB1{n}", born=date(1960 + n, 1, 1))

    newcomers(0, 1)
    few = asked("to")
    newcomers(1, 8)
    assert asked("to") == few


def test_keys_are_those_of_the_words(world):
    paper = document("12-QĐ/ĐU", date(2017, 8, 5), "Đảng ủy")
    assert paper.search_key == "12 qd du 05 08 2017 5 8 2017 dang uy"
    world.rename("DB02", "Đảng bộ Sở Kế hoạch - Đầu tư", date(2016, 1, 1))
    spell = world.org["DB02"].spells.standing().latest("starts")
    assert spell.search_key == "dang bo so ke hoach dau tu"
