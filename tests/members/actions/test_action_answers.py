"""What the form of an act about a member refuses, warns of and offers, and what stays typed."""

import re
from datetime import date

import pytest
from django.urls import reverse

from ledger.models import User
from members.life import offers as transfers
from members.models import Discipline, Membership, Status
from tests.members.actions.deeds import DAY, address, send, text
from tests.world import TODAY, recorded

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "key", "typed", "sentence"),
    [
        ("Mới", "chinh-thuc", {"so": "", "ngay": "", "cho_phep": "on"}, "đến 10/03/2019 mới hết thời gian dự bị"),
        ("Dung", "mien", {}, "Võ Dung đã được ghi “Được miễn công tác và sinh hoạt đảng” từ 01/05/2018"),
        ("Hà", "tu-tran", {}, "Đồng chí Lê Hà đã bị xóa tên ngày 01/05/2018, không còn trong danh sách đảng viên."),
        ("An", "chuyen", {"chi_bo": "CB01", "tu_ngay": "01/01/2015"}, "ngày đi phải sau ngày đó"),
        ("An", "tu-tran", {"tu_ngay": "15/12/2018"}, "Ngày 15/12/2018 còn ở phía trước."),
        ("An", "gioi-thieu", {"chi_bo": "DB01-01"}, "Chi bộ này không có trong danh sách. Hãy chọn lại."),
        ("An", "gioi-thieu", {"chi_bo": ""}, "Hãy chọn chi bộ."),
        ("An", "chuc-vu", {"to_chuc": "DB02", "chuc_vu": "1"}, "Tổ chức này không có trong danh sách. Hãy chọn lại."),
        ("An", "tam-thoi", {"den_ngay": "15/08/2019"}, "cần một nơi đến"),
        ("Giang", "chuyen-den-lai", {"chi_bo": "CB01", "tu_ngay": "01/04/2018"}, "ngày trở lại không thể trước"),
    ],
)
def test_what_is_refused_is_said_and_stays_typed(lived, as_, name, key, typed, sentence):
    ask = as_("ORGANIZATION")
    before = recorded()
    response = send(ask, lived, name, key, **typed)
    assert response.status_code == 400
    assert sentence in text(response)
    assert "Như văn bản" in text(response)
    assert recorded() == before


def test_discipline_on_probation_offers_no_removal(lived, as_):
    ask = as_("INSPECTION")
    assert "Cách chức" not in text(ask.get(address(lived, "Mới", "ky-luat")))
    assert "Cách chức" in text(ask.get(address(lived, "An", "ky-luat")))
    assert send(ask, lived, "Mới", "ky-luat", hinh_thuc="3").status_code == 400
    assert not Discipline.objects.exists()


def test_a_committee_moves_people_between_its_own_cells_and_offers_them_elsewhere(world, as_):
    ask = as_("COMMITTEE", "DB01")
    page = text(ask.get(address(world, "An", "chuyen")))
    assert re.findall(r'<option value="([^"]+)"', page) == ["DB01-02"]
    assert send(ask, world, "An", "chuyen", chi_bo="CB01").status_code == 400
    offers = re.findall(r'<option value="([^"]+)"', text(ask.get(address(world, "An", "gioi-thieu"))))
    assert offers == ["CB01", "CB02", "DB01-02", "DB02-01", "DB02-02", "DB03-01", "DB03-02"]
    assert send(ask, world, "An", "chuyen", chi_bo="DB01-02").status_code == 302
    assert world.names("DB01-02", TODAY) == {"An", "Chi", "Dung"}


def test_a_committee_gives_no_posts_above_itself(world, as_):
    found = re.findall(
        r'<option value="(\w[\w-]*)"', text(as_("COMMITTEE", "DB01").get(address(world, "An", "chuc-vu")))
    )
    assert found[:2] == ["DB01-01", "DB01"] and "K" not in found


def test_what_happened_in_an_earlier_place_is_not_the_new_ones_to_record(world, as_):
    world.transfer("An", "DB02-01", date(2018, 6, 15))
    response = send(as_("COMMITTEE", "DB02"), world, "An", "nghi-om", tu_ngay="14/06/2018")
    assert response.status_code == 400
    assert "Ngày 14/06/2018 đồng chí Lê An sinh hoạt ở nơi khác" in text(response)
    assert not Status.objects.exists()
    assert send(as_("COMMITTEE", "DB02"), world, "An", "nghi-om", tu_ngay="15/06/2018").status_code == 302
    world.transfer("Chi", "DB02-01", date(2018, 6, 15))
    assert send(as_("ORGANIZATION"), world, "Chi", "nghi-om", tu_ngay="14/06/2018").status_code == 302


def test_an_unusual_stay_is_done_and_warned_of(world, as_):
    ask = as_("ORGANIZATION")
    for name, until, study, said in (
        ("An", "01/12/2018", "", "ngắn hơn 03 tháng"),
        ("Chi", "15/11/2019", "", "dài hơn quy định (dưới 01 năm)"),
        ("Bình", "15/11/2019", "hoc", None),
    ):
        typed = {"noi_khac": "Học viện", "den_ngay": until, "vi": study}
        shown = text(ask.get(send(ask, world, name, "tam-thoi", **typed).url))
        assert ('class="warning"' in shown) == bool(said)
        assert not said or said in shown
    assert Status.objects.filter(kind=4, host_name="Học viện").count() == 3


def test_guests_are_told_beside_the_roll_and_not_in_it(world, as_):
    ask = as_("ORGANIZATION")
    send(ask, world, "An", "tam-thoi", chi_bo="CB01", den_ngay="15/06/2019")
    page = text(as_("SECRETARY", "CB01").get(reverse("people", args=["CB01", 2018])))
    assert "2 đảng viên." in page
    memo = page[page.index("Đang sinh hoạt tạm thời ở đây: 1 đồng chí") :]
    assert "Lê An" in memo and "Tổ chức DB01-01, Tổ chức DB01" in memo
    assert "tạm thời ở đây" not in text(ask.get(reverse("people", args=["K", 2018])))
    home = text(ask.get(reverse("people", args=["DB01-01", 2018])))
    assert "chính\u00a0thức; chuyển sinh hoạt tạm thời" in home
    record = text(ask.get(reverse("member", args=[world.people["An"].pk])))
    assert "Chuyển sinh hoạt tạm thời đến Tổ chức CB01 từ 15/11/2018 đến trước 15/06/2019" in record


def test_what_was_typed_comes_back_after_the_session_ended(world, as_):
    ask = as_("ORGANIZATION")
    page = ask.get(address(world, "An", "tu-tran"))
    typed = {"tu_ngay": DAY, "ly_do": "Bệnh nặng", "nguoi": re.search(r'name="nguoi" value="([^"]+)"', text(page))[1]}
    user = User.objects.get(pk=ask.session["_auth_user_id"])
    user.set_password("mot-cau-dai-kho-doan")
    user.save()
    door = ask.post(address(world, "An", "tu-tran"), typed)
    carried = re.search(r'name="mang_theo" value="([^"]+)"', text(door))[1]
    data = {"username": user.username, "password": "mot-cau-dai-kho-doan", "mang_theo": carried}
    back = ask.post(reverse("login"), data, follow=True)
    assert "Bệnh nặng" in text(back) and f'value="{DAY}"' in text(back)
    assert Membership.objects.standing().get(member=world.people["An"]).is_open


def test_an_offer_waiting_is_told_on_the_page_and_on_each_form(world, as_):
    transfers.offer({world.people["An"]: world.org["CB01"]}, **world.act())
    ask = as_("ORGANIZATION")
    said = "Giới thiệu chuyển sinh hoạt từ Tổ chức DB01-01, Tổ chức DB01 đến Tổ chức CB01, ngày 14/12/2018"
    assert f"{said}, đang chờ trả lời." in text(ask.get(reverse("member", args=[world.people["An"].pk])))
    assert "Rời chi bộ hiện nay thì giới thiệu ấy hết hiệu lực." in text(ask.get(address(world, "An", "tu-tran")))
