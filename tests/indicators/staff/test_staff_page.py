"""Staff on the profile, the dashboard and its own page: entered, corrected, and every sum opened onto its rows."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organizations.models import StaffCount
from tests.hand import Hand
from tests.organizations.staff.entering import enter, standing
from tests.world import recorded

pytestmark = pytest.mark.django_db
EMPTY = {"cong_chuc": "", "vien_chuc": "", "nguoi_lao_dong": "", "tong_so": ""}
WHOLE = "Số đảng viên so với số công chức, viên chức, người lao động"


def at(code, year=2017):
    return reverse("staff", args=[code, year])


def profile(hand, code, year=2017):
    return hand.open(reverse("organization", args=[code, year])).text


def dashboard(hand, code, year=2017):
    return hand.open(reverse("dashboard", args=[code, year])).text


@pytest.fixture
def hand(world):
    return Hand(world.user("ORGANIZATION", "K"))


def test_a_committee_enters_its_number_from_the_profile(world):
    hand = Hand(world.user("COMMITTEE", "DB01"))
    assert "Năm 2017 chưa nhập số công chức, viên chức, người lao động." in profile(hand, "DB01")
    assert at("DB01") in hand.page.content.decode() and "Nhập số năm 2017" in hand.text
    hand.open(at("DB01"))
    hand.press(
        None, cong_chuc="1.200", vien_chuc="85", nguoi_lao_dong="0", so="5-BC", ngay="05/01/2018", co_quan="Sở Nội vụ"
    )
    assert "Đã ghi số công chức, viên chức, người lao động năm 2017 của Tổ chức DB01." in hand.text
    assert standing() == {"DB01": "1.285"}
    assert str(StaffCount.objects.get().added.document) == "5-BC ngày 05/01/2018 của Sở Nội vụ"
    text = profile(hand, "DB01")
    assert "Tổng số 1.285 Công chức 1.200 Viên chức 85 Người lao động 0 Đảng viên 4 vào ngày 31/12/2017" in text
    assert f"{WHOLE}: 0,3% (4/1.285)." in text
    assert "Số công chức, viên chức, người lao động năm 2017: 1.285" in text  # its history
    assert "Công chức, viên chức, người lao động: 1.285 . Số đảng viên so với số này: 0,3% (4/1.285)." in dashboard(
        hand, "DB01"
    )


def test_a_correction_stands_beside_what_it_replaced(world, hand):
    enter(world, DB01=(10, 20, 30))
    hand.open(at("DB01"))
    form = next(f for f in hand.forms() if "cong_chuc" in dict(f["fields"]))
    assert [dict(form["fields"])[name] for name in EMPTY] == ["10", "20", "30", ""]
    hand.press(None, **EMPTY | {"tong_so": "5000", "tren": "on"})
    assert standing() == {"DB01": "trên 5.000"}
    assert "2017 trên 5.000 – – – 14/12/2018 2017 (số cũ) 60 10 20 30 14/12/2018" in hand.text
    assert "Chưa tính được tỷ lệ: chỉ biết là trên số này." in hand.text
    hand.press(None, refused=True, tong_so="")  # “trên” is ticked still


def test_emptied_it_is_withdrawn(world, hand):
    enter(world, DB01=(10, 20, 30))
    hand.open(at("DB01")).press(None, **EMPTY)
    assert "Đã rút số công chức, viên chức, người lao động năm 2017 của Tổ chức DB01." in hand.text
    assert standing() == {}


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"cong_chuc": "12,5"}, "Hãy nhập một số nguyên, ví dụ 85 hoặc 1.200."),
        ({"cong_chuc": "12.5"}, "Hãy nhập một số nguyên, ví dụ 85 hoặc 1.200."),
        ({"vien_chuc": "một trăm"}, "Hãy nhập một số nguyên, ví dụ 85 hoặc 1.200."),
        ({"cong_chuc": "-5"}, "Hãy nhập một số nguyên, ví dụ 85 hoặc 1.200."),
        ({"cong_chuc": "99999999"}, "DB01, năm 2017: công chức phải là số từ 0 đến 9.999.999."),
        ({"cong_chuc": "9"}, "DB01, năm 2017: chưa biết đủ ba số thì cần ghi tổng số; không có ai thì ghi 0."),
        ({"tong_so": "9", "so": "5-BC"}, "Hãy ghi đủ số, ngày và cơ quan ban hành."),
        ({"tong_so": "9", "tu_ngay": "15/12/2018"}, "15/12/2018"),
    ],
)
def test_what_is_refused_stays_as_it_was_typed(world, hand, typed, sentence):
    before = recorded()
    hand.open(at("DB01")).press(None, refused=True, ly_do="Theo báo cáo quý", **typed)
    assert sentence in hand.text
    form = dict(next(f for f in hand.forms() if "cong_chuc" in dict(f["fields"]))["fields"])
    assert {name: form[name] for name in typed} == typed
    assert form["ly_do"].strip() == "Theo báo cáo quý"
    assert recorded() == before


def test_who_comes_second_keeps_what_they_typed(world, hand):
    hand.open(at("DB01"))
    enter(world, DB01=55)
    hand.press(None, refused=True, tong_so="60")
    assert "DB01, năm 2017 vừa được người khác sửa: tổng số nay là 55." in hand.text
    hand.press(None)
    assert standing() == {"DB01": "60"}


def test_the_bloc_opens_onto_the_rows_it_sums(world, hand):
    enter(world, DB01=(30, 20, 10), DB02=(10, 5, 5), CB01="trên 7")
    assert (
        "Công chức, viên chức, người lao động: trên 87 , cộng từ 3/5 tổ chức đã nhập. Chưa tính được tỷ lệ: 2 tổ chức chưa "
        "nhập." in dashboard(hand, "K")
    )
    assert at("K") in hand.page.content.decode()
    text = hand.open(at("K")).text
    assert "Vào ngày 31/12/2017: 5 tổ chức, 2 tổ chức chưa nhập." in text
    assert "Chưa nhập: Tổ chức CB02 ; Tổ chức DB03 ." in text
    assert "Tổ chức DB01 60 30 20 10 4 6,7% Tổ chức DB02 20 10 5 5 4 20,0%" in text
    assert "Tổ chức CB01 trên 7 – – – 2 – Tổ chức CB02 chưa nhập – – – 2 –" in text
    assert "Cộng 3/5 tổ chức trên 87 – – – 16 –" in text
    assert at("CB02") in hand.page.content.decode()
    hand.open(at("K")).press(None, tong_so="5000", tren="on")
    assert (
        "Số trên là số nhập cho cả Tổ chức K. Các tổ chức dưới đây cộng lại: trên 87 , cộng từ 3/5 tổ chức đã nhập."
        in hand.text
    )
    assert (
        "Công chức, viên chức, người lao động: trên 5.000 . Chưa tính được tỷ lệ: chỉ biết là trên số này."
        in dashboard(hand, "K")
    )


def test_who_ended_within_the_year_is_told_beside_the_sum(world, hand):
    enter(world, DB02=20, CB02=7)
    world.merge("CB02", "DB02", {"CB02": "DB02-01"}, date(2017, 7, 1))
    told = (
        "Tổ chức CB02 ( CB02 ) có số riêng năm 2017: 7; kết thúc ngày 01/07/2017, nên số đó không cộng vào đây. Hãy xem nơi "
        "tiếp nhận đã tính những người đó chưa."
    ).replace("( CB02 )", "(CB02)")
    for code in ("K", "DB02"):
        assert told in hand.open(at(code)).text
    assert told not in hand.open(at("DB01")).text
    assert "chưa nhập" in hand.open(at("DB03")).text
    hand.open(at("CB02")).press(None, refused=True, tong_so="8")
    assert "CB02, năm 2017: tổ chức không hoạt động vào ngày 31/12/2017" in hand.text
    hand.press(None, **EMPTY)
    assert standing() == {"DB02": "20"}


def test_a_cell_has_none_and_says_where_to_look(world):
    hand = Hand(world.user("SECRETARY", "DB01-01"))
    assert "Công chức" not in profile(hand, "DB01-01")
    assert "Công chức, viên chức" not in dashboard(hand, "DB01-01")
    answer = hand.client.get(at("DB01-01"))
    assert answer.status_code == 404
    assert "Tổ chức DB01-01 là chi bộ trực thuộc." in answer.content.decode()


def test_the_secretary_of_a_grassroots_cell_keeps_its_number_and_others_read(world):
    enter(world, DB01=9)
    hand = Hand(world.user("SECRETARY", "CB01"))
    assert "Nhập số năm 2017" in profile(hand, "CB01")
    hand.open(at("CB01")).press(None, tong_so="7")
    assert standing() == {"DB01": "9", "CB01": "7"}
    reader = Hand(world.user("LEADER", "K"))
    assert "Xem số năm 2017" in profile(reader, "DB01")
    assert "Ghi số" not in reader.open(at("DB01")).text
    assert reader.client.post(at("DB01"), {"tong_so": "5"}).status_code == 403


def test_a_province_shows_the_number_of_each_bloc(world):
    world.found(("T", "TINH", None))
    world.move("K", "T", date(2016, 1, 1))
    enter(world, DB01=20, DB02=20, DB03=20, CB01=10, CB02=10)
    hand = Hand(world.user("ORGANIZATION", "T", since=date(2016, 1, 1)))
    assert "Công chức, viên chức, người lao động 80 Đảng viên so với số đó 20,0% (16/80)" in dashboard(hand, "T")
    text = hand.open(at("T")).text
    assert "Tổ chức K 80 cộng từ 5/5 tổ chức đã nhập – – – 16 20,0%" in text


def test_the_pages_cost_the_same_at_any_size(world, hand):
    def asked():
        hand.open(at("K"))
        with CaptureQueriesContext(connection) as found:
            hand.open(at("K"))
        return len(found)

    few = asked()
    world.found(*((f"CB{n}", "CBCS", "K") for n in range(100, 200)))
    enter(world, **{f"CB{n}": n for n in range(100, 200)})
    assert asked() == few
