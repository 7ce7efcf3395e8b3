"""What is refused on a form of a reorganization is told where it belongs, and nothing typed is lost on the way."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from indicators.models import Target
from tests.hand import Hand
from tests.indicators.board import set_groups, set_targets
from tests.reorganizations.by_hand import PAPER, open_, person, who
from tests.world import recorded

pytestmark = pytest.mark.django_db


def kept(hand, **typed):
    """Whether the page still holds what was typed."""
    fields = {}
    for form in hand.forms():
        fields |= {name: value.strip() for name, value in form["fields"]}
    return {name: fields.get(name) for name in typed} == typed


def refused(hand, *sentences, **typed):
    before = recorded()
    hand.press("dien-tap", refused=True, **typed)
    for sentence in sentences:
        assert sentence in hand.text
    assert kept(hand, **typed)
    assert recorded() == before


def test_what_is_wanting_is_told_beside_its_field_and_nothing_is_lost(world, hand):
    open_(hand, "DB02", "giai-the")
    typed = PAPER | {"so": "", "don_vi_DB02-01": "DB01-01", person(world, "Hà"): "DB99 nơi nào đó"}
    refused(hand, "Hãy chọn nơi đến.", "Không có nơi nào là “DB99 nơi nào đó”.", **typed)
    page = hand.page.content.decode()
    row = page[page.index('for="id_don_vi_DB02-02"') :]
    assert "Hãy chọn nơi đến." in row[: row.index("</tr>")]


def test_each_cell_whose_name_is_too_long_is_told(hand):
    open_(hand, "K", "thanh-lap")
    lines = ["Chi bộ " + "Văn" * 64, "Chi bộ Đủ" + "n" * 191, "Chi bộ Hành chính " + "x" * 300]
    typed = PAPER | {"loai": "DBCS", "ten": "Đảng bộ Mới", "chi_bo": "\n".join(lines)}
    said = f"“{lines[2][:40]}…” dài 318 ký tự, nhiều nhất 200. Hãy viết ngắn lại, mỗi dòng một tên."
    refused(hand, said, **typed)
    page = hand.page.content.decode()
    assert page[page.index('for="id_chi_bo"') :].count("nhiều nhất 200") == 1
    hand.press("dien-tap", **typed | {"chi_bo": "\n".join(lines[:2])})
    assert "Đây mới là diễn tập: chưa có gì được ghi." in hand.text


def test_what_the_verb_refuses_stands_on_the_form(world, hand):
    open_(hand, "DB01", "chia-tach")
    typed = PAPER | {"ten_1": "Đảng bộ Tách", "ma_1": "CB02", "don_vi_DB01-01": "moi-1", "don_vi_DB01-02": "giu"}
    refused(hand, "Mã CB02 đã có. Hãy chọn mã khác.", **typed)


def test_a_rate_that_differs_is_refused_in_the_rehearsal(world, hand):
    set_groups(world, 2018)
    set_targets(world, 2018, DV_HTT={"CB01": 90, "DB01": 95})
    open_(hand, "CB01", "sap-nhap", vao="DB01")
    typed = PAPER | {"don_vi_CB01": "DB01-01", f"chi_tieu_{Target.objects.get(value=90).pk}": "DB01"}
    refused(hand, "mức của CB01 và DB01 khác nhau, tỷ lệ không cộng được.", **typed)


@pytest.mark.parametrize(
    ("code", "typed", "sentence"),
    [
        ("DB01", {"sau_do": "ket-thuc", "ten_1": "A"}, "Tổ chức cấp trên kết thúc. Hãy chọn nơi đến."),
        ("DB01", {"ten_1": "A", "don_vi_DB01-01": "moi-3"}, "Tổ chức mới này chưa có tên."),
        ("DB01", {"ten_1": "A", "sau_do": "ket-thuc", "ke_thua": "moi-2"}, "Tổ chức mới này chưa có tên."),
    ],
)
def test_a_split_that_does_not_add_up(hand, code, typed, sentence):
    open_(hand, code, "chia-tach")
    refused(hand, sentence, **PAPER | typed)


def test_a_day_before_the_organization_was_founded(world, hand):
    open_(hand, "CB01", "sap-nhap", vao="DB01")
    typed = PAPER | {"tu_ngay": "01/07/2014", "don_vi_CB01": "DB01-01"}
    refused(hand, "Vào ngày 01/07/2014 tổ chức này, hoặc tổ chức đã chọn, chưa hoạt động.", **typed)


def test_the_rows_follow_the_day(world, hand):
    world.transfer("An", "DB01-02", date(2018, 9, 1))
    open_(hand, "DB01-01", "chia-tach")
    assert person(world, "An") not in hand.page.content.decode()
    hand.press("dien-tap", refused=True, **PAPER | {"so": "", "ten_1": "Chi bộ Tách"})
    assert person(world, "An") in hand.page.content.decode()


def test_from_the_rehearsal_back_to_the_form_with_everything_typed(world, hand):
    open_(hand, "DB02", "sap-nhap", vao="DB01")
    typed = PAPER | {"don_vi_DB02-02": "DB01-01", person(world, "Khánh"): "DB01-02 · Tổ chức DB01-02, Tổ chức DB01"}
    before = recorded()
    hand.press("dien-tap", **typed).press("sua")
    assert kept(hand, **typed, vao="DB01")
    assert recorded() == before
    hand.press("dien-tap").press("ghi")
    assert who(world, "DB01-02") == {"Chi", "Dung", "Khánh"}


def test_what_was_typed_survives_the_end_of_a_session(world):
    user = world.user("ORGANIZATION", "K")
    user.set_password("mot-cau-dai-kho-doan")
    user.save()
    hand = Hand(user)
    open_(hand, "DB02", "sap-nhap", vao="DB01")
    typed = PAPER | {"don_vi_DB02-02": "DB01-01"}
    hand.client.logout()
    hand.press("dien-tap", refused=True, **typed)
    hand.press(None, username=user.username, password="mot-cau-dai-kho-doan")
    assert kept(hand, **typed, vao="DB01")


def test_another_must_be_chosen_first(hand):
    open_(hand, "CB01", "sap-nhap")
    assert "Trước hết hãy chọn tổ chức tiếp nhận." in hand.text
    assert (
        hand.client.get(reverse("reorganize_act", args=["CB01", "sap-nhap"], query={"vao": "DB99"})).status_code == 200
    )
    assert hand.client.post(reverse("reorganize_act", args=["CB01", "sap-nhap"]), PAPER).status_code == 400


def queries(do):
    with CaptureQueriesContext(connection) as found:
        do()
    return len(found)


def test_forms_and_rehearsals_cost_the_same_at_any_size(world, hand):
    set_groups(world, 2017, 2018)

    def form():
        open_(hand, "DB02", "giai-the")

    def rehearsal():
        open_(hand, "CB01", "sap-nhap", vao="DB01")
        hand.press("dien-tap", **PAPER, don_vi_CB01="DB01-01")
        assert "Đây mới là diễn tập" in hand.text

    def offers():
        hand.open(reverse("reorganize", args=["DB02"]))

    form()
    few = [queries(do) for do in (form, rehearsal, offers)]
    world.found(*((f"DB02-{n:03}", "CBTT", "DB02") for n in range(100, 140)))
    world.found(*((f"CB{n}", "CBCS", "K") for n in range(100, 250)))
    for n in range(300):
        world.enroll(f"Vũ Xuân-{n}", f"DB02-{100 + n % 40}")
    assert [queries(do) for do in (form, rehearsal, offers)] == few
