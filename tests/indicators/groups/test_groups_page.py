"""The page of a year's groups as the organization department sees it, and the page of one indicator."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from indicators.groups import groups
from indicators.groups import indicators as chosen
from indicators.models import Indicator, Target, TargetGroup
from ledger.models import Change
from tests.hand import Hand, signed_in_as
from tests.indicators.board import indicator
from tests.pages.test_pages_site import standing

pytestmark = pytest.mark.django_db
site = pytest.fixture(scope="module")(standing)


def at(name="groups", *more, year=2018, code="K"):
    return reverse(name, args=[code, year, *more])


@pytest.fixture
def office(site):
    return Hand(site.user("ORGANIZATION", "K"))


def codes(year=2018):
    return list(TargetGroup.objects.filter(year=year).values_list("code", flat=True))


def test_each_group_is_told_in_words_with_last_year_and_what_rests_on_it(office):
    text = office.open(at()).text
    assert "Nhóm chỉ tiêu năm 2018" in text and "8 nhóm" in text
    youth = text.partition("2. Đảng viên mới là đoàn viên thanh niên")[2]
    assert (
        "Tỷ lệ đảng viên mới là đoàn viên thanh niên trên đảng viên mới kết nạp (theo ngày làm lễ), không số lẻ."
    ) in youth
    assert "Càng cao càng tốt, so số đã làm tròn." in youth
    assert re.search(r"50% 1/2 1 mức giao", youth)  # of 2017: Ủy young, Uyên not
    assert "Không phát sinh" not in text.partition("6. ")[0] and "không phát sinh là đạt" in text
    assert "chưa có số liệu" in office.open(at(year=2016)).text


def test_figures_beside_the_choice_are_those_of_the_board(office, site):
    from indicators import wording
    from indicators.board import board

    shown = {
        row["indicator"].code: row["tried"].value for g in office.open(at()).page.context["groups"] for row in g["rows"]
    }
    of_2017 = {
        line.indicator.code: wording.value(line)
        for line in board(site.org["K"], 2017).lines.values()
        if line.node == site.org["K"].pk and line.year == 2017
    }
    assert {code: shown[code] for code in ("KN", "KN-TN", "DV-HTT", "DV-XS", "KTGS", "TCD")} == {
        code: of_2017[code] for code in ("KN", "KN-TN", "DV-HTT", "DV-XS", "KTGS", "TCD")
    }


def test_the_choice_is_tried_before_it_is_written(office):
    page = office.open(at("group_new"))
    assert "Chọn số liệu để xem năm 2017 ra bao nhiêu." in page.text
    page.press("xem", refused=False, tu_so="admitted_youth")
    assert "Năm 2017: Đếm được 1 đảng viên." in page.text and not TargetGroup.objects.filter(year=2018, order=9)
    page.press("xem", refused=False, mau_so="admitted", so_le="1")
    assert (
        "Năm 2017: 1 trên 2 đảng viên mới kết nạp (theo ngày làm lễ): 1 × 100 : 2 = 50,00%, làm tròn thành 50,0%."
        in page.text
    )
    page.press("xem", refused=False, tu_so="rated_top")
    assert "“Đảng viên hoàn thành xuất sắc nhiệm vụ” không phải một phần của" in page.text
    assert "“Đảng viên được xếp loại”" in page.text
    assert 'name="mau_so"' in page.page.content.decode() and "Hãy nhập" not in page.text
    page.press("ghi", refused=True, ten_nhom="Xuất sắc", ten="Tỷ lệ xuất sắc")
    page.press("ghi", refused=False, mau_so="rated")
    assert "Đã thêm nhóm “Xuất sắc”." in page.text
    made = TargetGroup.objects.get(year=2018, name="Xuất sắc")
    row = made.indicators.get()
    assert (row.numerator, row.denominator, row.decimals, row.unit) == ("rated_top", "rated", 1, "đảng viên")
    assert row.denominator_name == "đảng viên được xếp loại"


def test_htmx_puts_the_same_in_place(office):
    address = at("group_indicator", "KN-TN")
    answer = office.client.post(address, {"xem": "xem", "tu_so": "planned_done"}, headers={"HX-Request": "true"})
    html = answer.content.decode()
    assert answer.status_code == 200 and 'hx-select="#cach-tinh"' in html
    wholes = html.partition('name="mau_so"')[2].partition("</select>")[0]
    assert '<option value="planned">' in wholes and '<option value="rated">' not in wholes


def test_an_indicator_is_changed_with_its_group(office):
    page = office.open(at("group_indicator", "DV-HTT"))
    assert "Đang dựa vào chỉ tiêu này: 1 mức giao." in page.text
    page.press("ghi", refused=True, ten="")
    assert "Tên chỉ tiêu" in page.text
    page.press(
        "ghi",
        ten="Đảng viên tốt",
        ten_nhom="Chất lượng",
        so_sanh="chinh_xac",
        so="7-NQ/ĐUK",
        ngay="02/01/2018",
        co_quan="Đảng ủy Khối",
    )
    row = indicator("DV-HTT", 2018)
    assert (row.name, row.group.name, row.rule) == ("Đảng viên tốt", "Chất lượng", "chinh_xac")
    told = page.open(at("group_indicator", "DV-HTT")).text.partition("Đã sửa")[2]
    assert "Tên chỉ tiêu: từ “Tỷ lệ đảng viên hoàn thành tốt nhiệm vụ trở lên” thành “Đảng viên tốt”." in told
    assert "Quy tắc so sánh: từ “so sánh số đã làm tròn” thành “so sánh số chính xác”." in told
    assert str(Change.objects.latest("pk").document) == "7-NQ/ĐUK ngày 02/01/2018 của Đảng ủy Khối"


def test_who_comes_second_keeps_what_they_typed(office, site):
    page = office.open(at("group_indicator", "KN"))
    chosen.change_indicator(indicator("KN", 2018), {"unit": "người"}, **site.act())
    page.press("ghi", refused=True, ten="Kết nạp")
    assert "Chỉ tiêu “Đảng viên mới kết nạp” vừa được người khác sửa: đơn vị nay là “người”." in page.text
    assert 'value="Kết nạp"' in page.page.content.decode()
    page.press("ghi")
    assert indicator("KN", 2018).name == "Kết nạp"


def test_a_part_is_added_made_the_headline_and_gone_without(office):
    page = office.open(at("group_part", "DV-HTT"))
    assert "Áp dụng ở dưới cấp Khối" not in page.text
    page.press("ghi", ten="hoàn thành", tu_so="rated_3")
    page.open(at("group_indicator", "DV-HTT-HT")).press("ghi", refused=True, tick=("lam_chinh",))
    assert "Đang có 1 mức giao dựa vào đây." in page.text
    page.press("ghi", tick=("lam_chinh", "thu_hoi"))
    assert indicator("DV-HTT-HT", 2018).headline and not indicator("DV-HTT", 2018).headline
    page.open(at("group_indicator", "DV-XS")).press("thoi", ly_do="Không dùng nữa")
    assert "Năm 2018 thôi dùng chỉ tiêu “hoàn thành xuất sắc”." in page.text
    assert Change.objects.latest("pk").reason == "Không dùng nữa"
    page.press("dung-lai", chi_tieu=str(Indicator.ever.get(group__year=2018, code="DV-XS").pk))
    assert "Năm 2018 dùng lại “hoàn thành xuất sắc”." in page.text


def test_a_group_is_gone_without_and_taken_up_again(office):
    page = office.open(at("group_indicator", "KN"))
    page.press("thoi", refused=True)
    assert "Đang có 1 mức giao dựa vào đây. Thôi dùng thì các mức này phải thu hồi" in page.text
    page.press("thoi", tick=("thu_hoi",))
    assert "Năm 2018 thôi dùng nhóm “Kết nạp đảng viên mới”, thu hồi 1 mức giao." in page.text and "7 nhóm" in page.text
    assert page.client.get(at("indicator", "KN")).status_code == 404
    dashboard = page.client.get(at("dashboard"))
    assert [result.line.group.order for result in dashboard.context["results"]] == [1, 2, 3, 4, 5, 6, 7]
    gone = TargetGroup.ever.get(year=2018, code="KN")
    page.press("dung-lai", nhom=str(gone.pk))
    assert codes()[-1] == "KN" and not Target.objects.standing().filter(indicator__group=gone).exists()
    page.client.post(at(), {"viec": "dung-lai", "nhom": str(gone.pk)})
    answer = page.client.post(at(), {"viec": "dung-lai", "nhom": str(gone.pk)})
    assert answer.status_code == 400 and "Danh sách đã thay đổi từ lúc mở trang." in answer.content.decode()


def test_groups_are_put_in_order_by_buttons(office, site):
    page = office.open(at())
    down = page.page.context["groups"][0]["down"]
    page.press(down)
    assert codes()[:2] == ["KN-TN", "KN"] and "Đã xếp lại thứ tự các nhóm." in page.text
    wanted = page.page.context["groups"][7]["up"]
    groups.order_groups(site.org["K"], 2018, codes()[::-1], **site.act())
    page.press(wanted, refused=True)
    assert "Các nhóm chỉ tiêu vừa được người khác thêm bớt hoặc xếp lại." in page.text


def test_a_year_without_groups_is_copied(office):
    page = office.open(at(year=2015))
    assert "Năm 2015 chưa đặt nhóm chỉ tiêu" in page.text
    page.press("chep", tu_nam="2018")
    assert "Đã sao chép nhóm chỉ tiêu của năm 2018." in page.text
    assert Indicator.objects.get(group__year=2015, code="TSVM").numerator == "organizations_good"
    TargetGroup.objects.filter(year=2015)
    assert page.client.post(at(year=2015), {"viec": "chep", "tu_nam": "2018"}).status_code == 400


@pytest.mark.parametrize("role", ["LEADER", "INSPECTION"])
def test_who_does_not_set_targets_reads(site, role):
    page = Hand(site.user(role, "K")).open(at())
    assert "Càng cao càng tốt" in page.text and "Thêm nhóm" not in page.text and "Lên" not in page.text
    assert page.client.post(at(), {"viec": "xep"}).status_code == 403


def test_the_ways_there(office, site):
    for address in (reverse("targets", args=["K", 2018]), reverse("first_steps")):
        assert f'href="{at()}"' in office.open(address).page.content.decode()
    below = signed_in_as(site.user("COMMITTEE", "DB01")).get(reverse("targets", args=["DB01", 2018]))
    assert "nhom/" not in below.content.decode()


def test_queries_do_not_grow_with_groups(office, site):
    def asked():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            office.open(at())
        return len(queries)

    asked()
    before = asked()
    for n in range(3):
        columns = {"name": f"Số {n}", "numerator": "admitted"}
        groups.add_group(site.org["K"], 2018, f"Nhóm {n}", columns, **site.act())
    assert asked() <= before
