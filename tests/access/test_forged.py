"""What another bloc's is, put into what a page of one's own sends: refused with a sentence or not heard, and nothing is written.

The pages do not offer it; who changes what is sent, or keeps a page open while organizations change, names it all the same.
"""

import re
from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from indicators.models import Indicator
from inspections.models import Letter
from members.life import offers
from members.models import Exit
from organizations.access import Act
from ratings.models import MemberRating, OrganizationRating, Sheet
from tests.access.rows import inspected, written_of
from tests.second_bloc import DAY, PEOPLE_OF_SECOND, SECOND, said_of
from tests.world import recorded

pytestmark = pytest.mark.django_db

PAPER = {
    "so": "1-QĐ",
    "ngay": "01/12/2018",
    "co_quan": "Đảng ủy Khối",
    "tu_ngay": "02/12/2018",
    "ly_do": "Theo văn bản",
}
GONE = "Danh sách đã thay đổi. Hãy chọn lại."
NO_CELL = "Chi bộ này không có trong danh sách. Hãy chọn lại."


def pk_of(site, code):
    return str(site.org[code].pk)


def sheet(site):
    return Sheet.objects.get(organization=site.org["DB90-01"], period__year=2018, voided__isnull=True).pk


def line(site, model, **of):
    return model.objects.filter(period__bloc=site.org["K2"], voided__isnull=True, **of).first().pk


def accepting(site):
    sent = {"viec": Act.ACCEPT.name.lower(), "phieu": sheet(site)}
    return reverse("rating_step", args=["K", "2018"]), sent, "Có phiếu không thuộc trang này hoặc không còn hiệu lực."


def correcting(key, model):
    def build(site):
        sent = PAPER | {"dong": f"{key}{line(site, model)}", "moi": "3"}
        return reverse("rating_correction", args=["K", "2017"]), sent, "Chưa chọn dòng cần đính chính."

    return build


def correcting_in_a_cell(site):
    """Of the same time, on the page of one's own cell."""
    sent = PAPER | {"dong": f"m{line(site, MemberRating)}", "moi": "3"}
    return reverse("rating_correction", args=["CB01", "2017"]), sent, "Chưa chọn dòng cần đính chính."


def planning(site):
    sent = PAPER | {"nam": "2018", "loai": "INSPECTION", "noi_dung": "Cuộc mới", "to_chuc": pk_of(site, "DB90")}
    return reverse("inspection_plan", args=["K", 2018]), sent, GONE


def adding(site):
    sent = PAPER | {"viec": "them", "to_chuc": pk_of(site, "CB90")}
    return reverse("inspection", args=[inspected("beside")]), sent, GONE


def receiving_a_letter(site):
    sent = PAPER | {"so_don": "9", "to_chuc": pk_of(site, "DB90-01"), "han": "01/03/2019"}
    return reverse("letter_new", args=["K", 2018]), sent, GONE


def correcting_a_letter(site):
    sent = PAPER | {"viec": "sua", "so_don": "9", "to_chuc": pk_of(site, "DB90-01"), "han": "01/03/2019"}
    return reverse("letter", args=[written_of("beside")]), sent, GONE


def handing_over(site):
    letter = Letter.objects.get(number="Đơn-DB90-01", voided__isnull=True)
    sent = PAPER | {f"don_{letter.pk}": "K"}
    return reverse("handover", args=["K", 2018]), sent, "Không còn việc nào để bàn giao."


def entering(errand):
    def build(site):
        sent = PAPER | {"chi_bo": "DB90-01", "ho_ten": "Trần Mới", "ngay_sinh": "01/01/1990", "gioi": "F"}
        return reverse("enter", args=["K", 2018, errand]), sent, NO_CELL

    return build


def recommending(site):
    sent = PAPER | {
        "viec": "gioi-thieu",
        "chi_bo": "DB90-01",
        "ho_ten": "Trần Mới",
        "gioi": "F",
        "ngay_sinh": "1/1/1990",
    }
    return reverse("candidates", args=["K", 2018]), sent, "Chi bộ giới thiệu: Hãy chọn một trong các mục."


def moving(errand):
    def build(site):
        person = site.people["An"].pk
        sent = PAPER | {"chi_bo": "DB90-01", "den_ngay": "01/06/2019"}
        return reverse("errand", args=[person, errand]), sent, NO_CELL

    return build


def coming_back(errand, why):
    """Into a cell that answers to nobody here: it is not asked whether it takes the person."""

    def build(site):
        site.leave("Tâm", date(2018, 11, 1), why)
        sent = PAPER | {"chi_bo": "DB90-01", "quyet_dinh": "01/12/2018"}
        return reverse("errand", args=[site.people["Tâm"].pk, errand]), sent, NO_CELL

    return build


def answering_an_offer(site):
    (offer,) = offers.offer({site.people["Xuân"]: site.org["DB90-02"]}, **site.act(DAY))
    return reverse("offers", args=["K", 2018]), PAPER | {"viec": "tiep-nhan", "phieu": offer.pk}, "Không tìm thấy"


def merging_records(site):
    sent = PAPER | {"viec": "gop", "bo": site.people["Xuân"].pk}
    return reverse("merge_records", args=[site.people["An"].pk]), sent, "Không tìm thấy"


def setting_targets(site):
    of_second = Indicator.objects.filter(group__bloc=site.org["K2"], group__year=2018, headline=True)
    sent = {f"chi_tieu_{indicator.pk}": "7" for indicator in of_second}
    return reverse("targets", args=["K", 2018]), sent, "Hãy"


def opening_a_year(site):
    return reverse("first_steps"), {"nam": "2015", "dang_bo": "K2"}, "Đảng bộ đã chọn không còn thuộc quyền"


def reorganizing(code, slug, sentence, **typed):
    def build(site):
        return reverse("reorganize_act", args=[code, slug]), PAPER | {"viec": "dien-tap"} | typed, sentence

    return build


FORGED = {
    "accept": ("organization", accepting),
    "correct a person": ("organization", correcting("m", MemberRating)),
    "correct an organization": ("organization", correcting("t", OrganizationRating)),
    "correct in a cell": ("organization", correcting_in_a_cell),
    "plan": ("inspection", planning),
    "add to a plan": ("inspection", adding),
    "letter": ("inspection", receiving_a_letter),
    "letter anew": ("inspection", correcting_a_letter),
    "hand over": ("inspection", handing_over),
    "admit": ("organization", entering("ket-nap")),
    "arrive": ("organization", entering("chuyen-den")),
    "recommend": ("organization", recommending),
    "transfer": ("organization", moving("chuyen")),
    "stay": ("organization", moving("tam-thoi")),
    "come back": ("organization", coming_back("chuyen-den-lai", Exit.DEPARTED)),
    "be admitted again": ("organization", coming_back("ket-nap-lai", Exit.STRUCK)),
    "be restored": ("organization", coming_back("phuc-hoi", Exit.EXPELLED)),
    "answer": ("organization", answering_an_offer),
    "merge records": ("organization", merging_records),
    "targets": ("organization", setting_targets),
    "year": ("organization", opening_a_year),
    "move": ("organization", reorganizing("DB01-01", "chuyen-truc-thuoc", "Không chọn được DB90.", cap_tren="DB90")),
    "merge": ("organization", reorganizing("DB01", "sap-nhap", "Không chọn được DB90.", vao="DB90")),
    "unite": (
        "organization",
        reorganizing("DB01-01", "hop-nhat", "Không chọn được DB90-01.", voi="DB90-01", ten="Mới"),
    ),
    "end": (
        "organization",
        reorganizing(
            "K", "ket-thuc-khoi", "Đây mới là diễn tập", cung="K2", chung="moi-1", ten_1="Mới", don_vi_DB90="moi-1"
        ),
    ),
}


@pytest.fixture(scope="module")
def browsers(site):
    return {"organization": site.as_("ORGANIZATION", "K"), "inspection": site.as_("INSPECTION", "K")}


@pytest.mark.parametrize("what", FORGED)
def test_what_is_another_bloc_s_is_not_taken_from_what_is_sent(site, browsers, what):
    role, build = FORGED[what]
    url, sent, sentence = build(site)
    before = recorded()
    page = browsers[role].post(url, sent)
    text = unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode())))
    # The end of the own bloc is rehearsed, as if the other had not been named.
    assert page.status_code == 200 if what == "end" else 400 <= page.status_code < 500, text
    assert sentence in text
    assert recorded() == before
    assert not said_of(page, SECOND, PEOPLE_OF_SECOND)
