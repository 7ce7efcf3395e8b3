"""What the pages say, and what they do with what is sent."""

import re
from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from indicators.models import Target
from ledger.models import Document, User
from organizations.models import Organization
from tests.hand import signed_in_as
from tests.indicators.board import indicator, set_groups, set_targets


def text(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_each_result_opens_onto_the_rows_it_counts(signed_in):
    client = signed_in("leader")
    results = client.get("/chi-tieu/K/2017/").context["results"]
    assert [told.line.group.code for told in results] == [
        "KN",
        "KN-TN",
        "TSVM",
        "DV-HTT",
        "KTGS",
        "DTTC",
        "TCD",
        "NVCT",
    ]
    for told in results:
        result = told.line.result
        for part, expected in (("tu-so", result.numerator), ("mau-so", result.denominator)):
            if expected is None:
                continue
            page = client.get(f"/chi-tieu/K/2017/{told.line.group.code}/", {"hang": part})
            assert page.context["rows"].paginator.count == expected, (told.line.group.code, part)


def test_names_are_found_with_and_without_marks(signed_in):
    client = signed_in("organization")
    for typed in ("dang", "Đặng", "ĐẶNG", "Uỷ", "ủy", "uy"):
        assert "Đặng Ủy" in text(client.get("/dang-vien/K/2017/", {"ten": typed})), typed
    assert "Đặng Ủy" not in text(client.get("/dang-vien/K/2017/", {"ten": "Đặng An"}))


def test_the_people_page_tells_how_the_year_went(signed_in):
    page = text(signed_in("secretary").get("/dang-vien/DB01-01/2017/"))
    assert "3 đảng viên Vào ngày 31/12/2017. Trong năm vào 1. Xem biến động" in page


def test_on_probation_can_be_picked_out(signed_in):
    rows = signed_in("organization").get("/dang-vien/K/2017/", {"dien": "du-bi"}).context["table"].rows
    assert [row.record.member.full_name for row in rows] == ["Đặng Ủy"]


def sent(**values):
    return {"so": "12-NQ/ĐUK", "ngay": "03/02/2018", "co_quan": "Đảng ủy Khối", **values}


def fields(site, code="DB01", **typed):
    """What the form would send: every target as it stands, with `typed` over it."""
    standing = dict(
        Target.objects.standing().filter(organization=site.org[code]).values_list("indicator__code", "value")
    )
    data = {}
    for name in ("KN", "KN-TN", "TSVM", "DV-HTT", "KTGS", "DTTC", "TCD", "NVCT"):
        pk = indicator(name).pk
        was = "" if name not in standing else f"{standing[name].normalize():f}"
        data[f"cu_{pk}"] = was
        data[f"chi_tieu_{pk}"] = typed.get(name.replace("-", "_"), was)
    return data


def target(site, name="KN"):
    row = Target.objects.standing().filter(organization=site.org["DB01"], indicator=indicator(name)).first()
    return row and row.value


def test_setting_a_target_keeps_the_old_and_its_paper(site, signed_in):
    client = signed_in("organization")
    answer = client.post("/chi-tieu/DB01/2017/giao/", sent(**fields(site, KN="3", KN_TN="62,5")), follow=True)
    assert "Đã ghi chỉ tiêu được giao." in text(answer)
    assert (target(site), target(site, "KN-TN")) == (3, 62.5)
    # 03/02 is 3 February.
    assert Document.objects.get(number="12-NQ/ĐUK").date == date(2018, 2, 3)
    assert "(đã thay)" in text(answer)


def test_a_faulty_target_is_told_and_nothing_typed_is_lost(site, signed_in):
    client = signed_in("organization")
    for typed, sentence in (
        ({"KN": "nhiều"}, "Hãy nhập một số, ví dụ 115 hoặc 62,5."),
        ({"KN": "-1"}, "mức giao không được âm"),
        ({"KN": "2,5"}, "số lượng là số nguyên"),
        ({"KN_TN": "120"}, "tỷ lệ không vượt quá 100%"),
        ({"KN": "9" * 30}, "Số này quá lớn."),
    ):
        answer = client.post("/chi-tieu/DB01/2017/giao/", sent(**fields(site, **typed)))
        assert answer.status_code == 400, typed
        assert sentence in text(answer)
        assert f'value="{next(iter(typed.values()))}"' in answer.content.decode()
        assert 'value="12-NQ/ĐUK"' in answer.content.decode()
        assert target(site) == 1


def test_a_faulty_day_is_told(site, signed_in):
    client = signed_in("organization")
    for day in ("31/02/2018", "2018", "ngày mai", ""):
        answer = client.post("/chi-tieu/DB01/2017/giao/", sent(**fields(site, KN="3")) | {"ngay": day})
        assert answer.status_code == 400, day
        assert target(site) == 1


def test_who_comes_second_is_told_and_keeps_what_was_typed(site, signed_in):
    data = sent(**fields(site, KN="3"))
    set_targets(site, KN={"DB01": 7})
    client = signed_in("organization")
    answer = client.post("/chi-tieu/DB01/2017/giao/", data)
    assert "Người khác vừa đặt mức 7." in text(answer)
    assert 'value="3"' in answer.content.decode()
    assert target(site) == 7
    again = data | {f"cu_{indicator('KN').pk}": "7"}
    assert client.post("/chi-tieu/DB01/2017/giao/", again).status_code == 302
    assert target(site) == 3


def test_the_first_steps_of_an_empty_installation(db):
    user = User.objects.create_superuser("goc", password="mot-mat-khau-dai")
    client = signed_in_as(user)
    assert "Bước 1: thành lập Đảng bộ Khối" in text(client.get("/", follow=True))
    answer = client.post("/bat-dau/", {"ten": "Đảng bộ Khối", "ngay_thanh_lap": "03/02/1992"}, follow=True)
    assert "Mở một năm" in text(answer)
    assert Organization.objects.get().spells.get().starts == date(1992, 2, 3)
    answer = client.post("/bat-dau/", {"nam": "2018"}, follow=True)
    assert "Đã mở năm 2018" in text(answer)
    assert "Năm 2018 đã mở đủ, không còn gì để mở thêm." in text(client.post("/bat-dau/", {"nam": "2018"}))
    page = client.get("/chi-tieu/K/2018/")
    assert page.status_code == 200
    assert len(page.context["results"]) == 8


def test_signing_in_out_and_being_locked_out(db):
    cache.clear()
    User.objects.create_user("thu", password="mot-mat-khau-dai")
    client = Client()
    assert "Đăng nhập" in text(client.get("/chi-tieu/K/2017/", follow=True))
    wrong = client.post("/dang-nhap/", {"username": "thu", "password": "sai"})
    assert "errorlist" in wrong.content.decode()
    right = client.post("/dang-nhap/", {"username": "thu", "password": "mot-mat-khau-dai"}, follow=True)
    assert "Chưa được phân công" in text(right)
    assert "Đăng nhập" in text(client.post("/dang-xuat/", follow=True))
    for _ in range(8):
        answer = client.post("/dang-nhap/", {"username": "thu", "password": "sai"})
    assert "Tạm khóa đăng nhập" in text(answer)


def test_changing_the_password(signed_in, site):
    user = User.objects.create_user("thu", password="mot-mat-khau-dai")
    client = signed_in_as(user)
    data = {
        "old_password": "mot-mat-khau-dai",
        "new_password1": "mot-cai-khac-dai",
        "new_password2": "mot-cai-khac-dai",
    }
    assert "Đã đổi mật khẩu" in text(client.post("/doi-mat-khau/", data, follow=True))
    user.refresh_from_db()
    assert user.check_password("mot-cai-khac-dai")


def queries(client, address, counter):
    client.get(address)
    with counter() as found:
        assert client.get(address).status_code == 200
    return len(found)


@pytest.fixture
def counter():
    return lambda: CaptureQueriesContext(connection)


def test_the_dashboard_takes_a_constant_number_of_queries(site, signed_in, counter):
    client = signed_in("leader")
    before = {
        a: queries(client, a, counter) for a in ("/chi-tieu/K/2017/", "/chi-tieu/DB01/2017/", "/dang-vien/K/2017/")
    }
    site.found(
        *[(f"DB{n}", "DBCS", "K") for n in range(40, 60)], *[(f"DB{n}-01", "CBTT", f"DB{n}") for n in range(40, 60)]
    )
    site.found(*[(f"DB01-{n}", "CBTT", "DB01") for n in range(40, 60)])
    for n in range(30):
        site.admit(f"Trần M{n}", f"DB{40 + n % 20}-01", date(2017, 6, 1), youth=n % 2 == 0)
    set_groups(site, 2015, 2018)
    after = {a: queries(client, a, counter) for a in before}
    assert after == before
    assert before["/chi-tieu/K/2017/"] == 44


def test_a_row_about_a_person_opens_their_record_where_the_reader_may_look(site, signed_in):
    record = f'<a href="{reverse("member", args=[site.people["Ủy"].pk])}">Đặng Ủy</a>'
    url = reverse("indicator", args=["DB01", 2017, "KN"])
    committee = signed_in("committee")
    assert record in committee.get(url).content.decode()
    site.move("DB01-01", "DB02", date(2018, 3, 1))
    page = committee.get(url).content.decode()
    assert "Đặng Ủy" in page and record not in page
    assert record in signed_in("leader").get(url).content.decode()
