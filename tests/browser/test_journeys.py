"""What people do: walk down to a cell and back, ask for another ranking, sort, page, search, work without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def sign_out(page):
    page.locator(".mine summary").click()
    page.get_by_role("button", name="Đăng xuất").click()


def test_one_click_a_level_and_back_again(visit):
    visitor = visit("bantochuc")
    page = visitor.page
    visitor.open("/to-chuc/K/2017/")
    page.get_by_role("link", name="Đảng bộ Sở Y tế").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đảng bộ Sở Y tế")
    page.get_by_role("link", name="Chi bộ Văn phòng").click()
    page.get_by_role("link", name="Xem danh sách đảng viên").click()
    expect(page).to_have_url(re.compile("/dang-vien/DB04-01/2017/$"))
    page.go_back()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đảng bộ Sở Y tế")
    page.get_by_role("link", name="Đảng bộ Khối các cơ quan tỉnh").first.click()
    expect(page).to_have_url(re.compile("/to-chuc/K/2017/$"))
    assert visitor.complaints == []


def test_nothing_is_shown_again_to_who_comes_after(visit):
    visitor = visit("bantochuc")
    page = visitor.page
    visitor.open("/dang-vien/DB04-01/2017/")
    page.locator("main table tbody a").first.click()
    name = page.get_by_role("heading", level=1).inner_text()
    sign_out(page)
    expect(page.get_by_role("heading", name="Đăng nhập")).to_be_visible()
    for _ in range(2):
        page.go_back()
        expect(page.get_by_role("heading", name="Đăng nhập")).to_be_visible()
        expect(page.get_by_text(name)).to_have_count(0)


def test_the_published_year_on_one_page(visit):
    visitor = visit("lanhdao")
    visitor.open("/chi-tieu/K/2017/")
    page = visitor.page
    expect(page.get_by_role("heading", level=1)).to_have_text("Năm 2017 đạt cả 8 nhóm chỉ tiêu")
    lines = page.locator(".results tbody tr")
    said = [re.sub(r"\s+", " ", lines.nth(i).inner_text()) for i in range(8)]
    for text, parts in zip(
        said,
        [
            ["129", "Vượt 12%", "115", "20 nơi"],
            ["63%", "81/129", "Vượt 3 điểm %"],
            ["93%", "chính xác 92,86%", "52/56", "Đạt (làm tròn)"],
            ["99%", "2.237/2.260", "13,7%", "Vượt 4 điểm %"],
            ["100%", "12/12", "Đạt"],
            ["100%", "6/6", "Đạt"],
            ["25%", "14/56", "Đạt"],
            ["96%", "54/56", "Vượt 1 điểm %"],
        ],
        strict=True,
    ):
        for part in parts:
            assert part in text
    page.get_by_role("link", name="Xem 129 đảng viên").click()
    expect(page.locator("#dong .tally")).to_contain_text("129 dòng")


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1440, 900)])
@pytest.mark.parametrize("year", [2017, 2018])
def test_all_results_stand_on_the_first_screen(visit, year, width, height):
    visitor = visit("lanhdao", viewport={"width": width, "height": height})
    visitor.open(f"/chi-tieu/K/{year}/")
    lines = visitor.page.locator(".results tbody tr")
    expect(lines).to_have_count(8)
    below = [lines.nth(i).bounding_box() for i in range(8)]
    assert max(box["y"] + box["height"] for box in below) <= height


def test_who_misses_a_group_is_one_press_away(visit):
    visitor = visit("bantochuc")
    page = visitor.page
    visitor.open("/chi-tieu/K/2017/")
    page.get_by_role("link", name="20 nơi").click()
    expect(page.locator("#xep-hang .tally")).to_contain_text("20 dòng")
    page.select_option("#id_loai", "CBCS")
    expect(page.locator("#xep-hang .tally")).not_to_contain_text("20 dòng")
    page.go_back()
    expect(page.locator("#xep-hang .tally")).to_contain_text("20 dòng")
    assert visitor.complaints == []


def test_sorting_and_paging_the_people(visit):
    visitor = visit("bantochuc")
    page = visitor.page
    visitor.open("/dang-vien/K/2017/")
    first = page.locator("tbody tr a").first
    expect(first).to_have_text(re.compile(" An$"))
    page.get_by_role("link", name="Họ và tên").click()
    expect(first).to_have_text(re.compile(" Yến$"))
    page.get_by_role("link", name="Sau ›").click()
    expect(page.locator(".tally")).to_contain_text(re.compile(r"51–100 trong\s+2\.3\d\d dòng"))
    page.wait_for_function("Math.abs(document.querySelector('#bang').getBoundingClientRect().top) < 40")
    page.fill("[name=ten]", "chamalea")
    page.keyboard.press("Enter")
    expect(first).to_contain_text("Chamaléa")
    expect(page.locator("#ket-qua")).to_be_in_viewport()
    assert visitor.complaints == []


@pytest.mark.parametrize(("width", "height", "above"), [(1440, 900, 450), (360, 740, 560)])
def test_the_first_name_stands_high(visit, width, height, above):
    visitor = visit("bantochuc", viewport={"width": width, "height": height})
    visitor.open("/dang-vien/K/2017/")
    assert visitor.page.locator("tbody tr a").first.bounding_box()["y"] < above


def test_a_filter_is_a_button_that_says_what_is_chosen(visit):
    visitor = visit("bantochuc")
    page = visitor.page
    visitor.open("/dang-vien/K/2017/")
    page.locator("summary", has_text="Diện").click()
    page.get_by_label("Dự bị").click()
    expect(page.locator("summary", has_text="Diện: Dự bị")).to_be_visible()
    expect(page.locator(".tally")).to_contain_text("129 dòng")
    page.get_by_role("link", name="Bỏ lọc Diện: Dự bị").click()
    expect(page.locator(".tally")).to_contain_text("2.305 dòng")
    bar = page.get_by_role("button", name="Xem những người đã chọn")
    expect(bar).to_be_hidden()
    page.locator("[name=chon]").first.click()
    expect(bar).to_be_in_viewport()
    assert visitor.complaints == []


def test_everything_but_charts_works_without_javascript(visit):
    visitor = visit("danguy.DB05", java_script_enabled=False)
    page = visitor.page
    visitor.open("/chi-tieu/DB05/2017/")
    expect(page.locator(".results td.aim").first).to_contain_text("4")
    page.get_by_role("link", name="Đảng viên hoàn thành tốt nhiệm vụ trở lên").first.click()
    page.select_option("#id_loai", "CBTT")
    page.locator("#xep-hang").get_by_role("button", name="Xem").click()
    expect(page.locator("#xep-hang .tally")).to_contain_text("dòng")
    page.locator(".turn summary").click()
    page.get_by_role("link", name="Chọn tổ chức khác").click()
    page.get_by_role("main").get_by_role("link", name="Chi bộ Văn phòng").click()
    expect(page).to_have_url(re.compile("/chi-tieu/DB05-01/2017/DV-HTT/$"))


def test_signing_out(visit):
    visitor = visit("bithu.CB11")
    sign_out(visitor.page)
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Đăng nhập")
    visitor.open("/chi-tieu/CB11/2017/")
    expect(visitor.page).to_have_url(re.compile("/dang-nhap/"))


def test_sending_one_form_of_a_page_keeps_what_was_chosen_in_the_others(visit):
    visitor = visit("danguy.DB07")
    page = visitor.page
    visitor.open("/xep-loai/DB07/2018/to-chuc/")
    good = page.locator("#quyet-dinh .l2 input").first
    good.check()
    page.get_by_label("Hoàn thành vượt mức").check()
    page.get_by_role("button", name="Ghi kết quả nhiệm vụ chính trị").click()
    expect(page.locator(".messages")).to_contain_text("Đã ghi kết quả nhiệm vụ chính trị.")
    expect(page.locator("[data-kept-note]")).to_be_visible()
    expect(good).to_be_checked()
    page.get_by_role("link", name="Điền theo mức tự đề nghị").click()
    expect(good).to_be_checked()
    page.get_by_label("Số, ký hiệu quyết định").fill("5-QĐ/ĐU")
    page.get_by_label("Ngày ban hành").fill("13/12/2018")
    page.get_by_role("button", name="Ghi quyết định xếp loại").click()
    expect(page.locator(".messages")).to_contain_text("Đã ghi quyết định xếp loại")
    expect(page.locator("[data-kept-note]")).to_be_hidden()
    assert visitor.complaints == []
