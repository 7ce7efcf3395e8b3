"""The filters of the list of members against a plain look, the counts beside it, and where it leads."""

import re
from datetime import date

import pytest
from django.urls import reverse

from members.life.offers import offer
from members.models import Status, Theory, age_on
from members.people.saved_views import save_view
from members.roll.on_a_day import AGE_BANDS, is_probationary
from tests.hand import Hand
from tests.members.member_pages import browser, names, selected, text, url
from tests.members.people.crowds import count, rows
from tests.world import TODAY

pytestmark = pytest.mark.django_db


def band(low, high):
    def holds(row):
        age = age_on(row.member.birth_date, row.member.birth_precision, TODAY)
        return (age >= low or low == 18) and (high is None or age <= high)

    return holds


def states(member, day=TODAY):
    spells = Status.objects.filter(member=member, voided=None)
    return {spell.kind for spell in spells if spell.starts <= day < spell.ends}


FILTERS = [
    *(({"tuoi": f"{low}-{high or ''}"}, band(low, high)) for low, high in AGE_BANDS),
    ({"gioi": "M"}, lambda row: row.member.sex == "M"),
    ({"dien": "du-bi"}, is_probationary),
    ({"dien": "chinh-thuc"}, lambda row: not is_probationary(row)),
    *(({"dien": f"trang-thai-{kind}"}, lambda row, kind=kind: kind in states(row.member)) for kind in Status.Kind),
    ({"dan_toc": "17"}, lambda row: row.member.ethnic_group.name == "Chăm"),
    ({"ly_luan": "2"}, lambda row: row.member.theory == Theory.INTERMEDIATE),
    ({"trinh_do": "0"}, lambda row: row.member.qualification == 0),
    ({"chuc_vu": "1"}, lambda row: row.member.full_name == "Lê An"),
    ({"vao_dang": "2017"}, lambda row: row.joined_on.year == 2017),
    ({"chi_bo": "CB02"}, lambda row: row.organization.code == "CB02"),
    ({"gioi": "F", "dan_toc": "17"}, lambda row: row.member.sex == "F" and row.member.ethnic_group.name == "Chăm"),
]


@pytest.mark.parametrize(("query", "holds"), FILTERS, ids=lambda x: str(x) if isinstance(x, dict) else "")
def test_each_filter_finds_whom_a_plain_look_finds(crowd, query, holds):
    page = browser(crowd).get(url(), query)
    assert count(page) == len([row for row in rows(crowd) if holds(row)])
    (chip, *_) = page.context["list"].chips
    assert chip[0] in query


def told(page):
    """{label: n} of the counts beside the list."""
    return {part.label: n for _, _, parts in page.context["list"].tally.groups for part, n in parts}


@pytest.mark.parametrize("query", [{}, {"ten": "ho"}, {"gioi": "M"}, {"dan_toc": "17"}, {"ngay": "18/05/2018"}])
def test_the_counts_are_the_filtered_rows_counted_plainly(crowd, query):
    page = browser(crowd).get(url(), query)
    day = date(2018, 5, 18) if "ngay" in query else TODAY
    listed = [row for row in rows(crowd, day) if _matches(row, query)]
    counts = told(page)
    assert page.context["list"].tally.total == len(listed) == count(page)
    assert counts["Nam"] == sum(row.member.sex == "M" for row in listed)
    assert counts["Nữ"] == sum(row.member.sex == "F" for row in listed)
    assert counts["Dự bị"] == sum(is_probationary(row) for row in listed)
    assert counts["Chính thức"] == sum(not is_probationary(row) for row in listed)
    for kind in Status.Kind:
        assert counts.get(kind.label, 0) == sum(kind in states(row.member, day) for row in listed)
    ages = [age_on(row.member.birth_date, row.member.birth_precision, day) for row in listed]
    assert counts["18–30 tuổi"] == sum(age <= 30 for age in ages)
    assert counts["trên 60 tuổi"] == sum(age > 60 for age in ages)
    assert sum(n for label, n in counts.items() if "tuổi" in label) == len(listed)


def test_who_is_in_two_states_is_found_in_either_and_both_are_told(crowd):
    client = browser(crowd)
    for kind in (Status.Kind.EXEMPT, Status.Kind.SICK):
        page = client.get(url(), {"dien": f"trang-thai-{kind}"})
        assert "Lê Chi" in names(page)
        assert "chính\u00a0thức; được miễn công tác và sinh hoạt đảng; nghỉ ốm" in text(page)
    sick = {"dien": "trang-thai-3"}
    assert [count(client.get(url(), sick)), count(client.get(url(), {**sick, "ngay": "31/01/2018"}))] == [1, 0]


def _matches(row, query):
    member = row.member
    return (
        ("ten" not in query or "ho " in member.search_key)
        and query.get("gioi", member.sex) == member.sex
        and ("dan_toc" not in query or member.ethnic_group.code == "17")
    )


def test_every_count_opens_onto_as_many(crowd):
    client = browser(crowd)
    page = client.get(url(), {"ten": "ho"})
    links = re.findall(r'<a class="tap" href="(\?[^"]+)"><b>(\d+)</b>', text(page))
    assert len(links) == 4
    for link, n in links:
        assert count(client.get(url() + link.replace("&amp;", "&"))) == int(n), link


def test_every_choice_is_offered_once(crowd):
    page = text(browser(crowd).get(url()))
    for options in re.findall(r"(?s)<select[^>]*>(.*?)</select>", page):
        values = re.findall(r'value="([^"]*)"', options)
        assert len(values) == len(set(values)) > 2 and values[0] == ""
    for name in ("dien", "gioi", "tuoi"):
        values = re.findall(rf'<input type="radio" name="{name}" value="([^"]*)"', page)
        assert len(values) == len(set(values)) > 2 and values[0] == ""


def test_an_unknown_choice_is_told_and_all_are_shown(world, department):
    page = department.get(url(), {"vao_dang": "năm ngoái", "tuoi": "5-9", "cot": "mat-khau"})
    assert count(page) == 16
    assert "Hãy nhập một năm, ví dụ 2017." in text(page)
    assert re.search(r'<form [^>]*id="ket-qua"', text(page)) and text(page).count('id="ket-qua"') == 1
    assert "Bảng không có cột “mat-khau”; đang hiện các cột thường dùng." in text(page)


@pytest.mark.parametrize("year", ["0", "-1", "1929", "10000", "99999", "9" * 30, "9" * 5000])
@pytest.mark.parametrize("page_name", ["people", "people_selected"])
def test_a_year_that_is_none_is_told_and_not_looked_for(world, department, year, page_name):
    page = department.get(url(name=page_name), {"vao_dang": year, "tat_ca": "1"})
    assert page.status_code == 200
    listed = page.context["page"].list if page_name == "people_selected" else page.context["list"]
    assert listed.filter.form.errors == {"vao_dang": ["Hãy nhập một năm, ví dụ 2017."]}


def test_what_acts_is_told_beside_what_cannot_be_read(world, department):
    shown = selected(department, ten="le", dien="lạ", ngay="31/02/2018", tat_ca="1")
    listed = department.get(url(), {"ten": "le", "dien": "lạ", "ngay": "31/02/2018"})
    assert shown.context["tally"].total == count(listed) == 8
    assert "Bộ lọc: Tìm họ tên, số thẻ: le" in text(shown)
    assert 'aria-label="Bỏ lọc Tìm họ tên, số thẻ: le"' in text(listed)
    for page in (shown, listed):
        assert "Hãy nhập ngày có thật, ví dụ 15/06/2017." in text(page)
        assert "Không chọn được lạ. Hãy chọn trong danh sách." in text(page)


def test_only_whose_page_opens_is_a_link(world):
    """DB01-02 is DB02's since 2017, and Chi came back to DB01-01: of its people of 2016 DB01 may open her alone."""
    world.move("DB01-02", "DB02", date(2017, 3, 1))
    world.transfer("Chi", "DB01-01", date(2017, 6, 1))
    client = browser(world, "COMMITTEE", "DB01")
    page = client.get(url("DB01", 2016))
    assert count(page) == 4 and "Võ Dung" in text(page)
    assert names(page) == ["Lê An", "Võ Bình", "Lê Chi"]
    assert client.get(reverse("member", args=[world.people["Dung"].pk])).status_code == 404
    for link in re.findall(r'href="(/dang-vien/ho-so/\d+/)"', text(page)):
        assert client.get(link).status_code == 200


def test_the_day_looked_at_goes_along(world, department):
    """To the list without its filters, to a saved view, to the pages beside the list, and back after an act."""
    world.admit("Trần Mới", "DB01-01", date(2017, 5, 1))
    world.admit("Trần Sau", "DB01-01", date(2017, 8, 1))
    offer({world.people["An"]: world.org["DB02-01"]}, **world.act(date(2017, 8, 1)))
    save_view("nữ", "gioi=F", by=world.user("ORGANIZATION", "K"), shared_with="ORGANIZATION")
    page = text(department.get(url("DB01", 2017), {"ngay": "15/06/2017", "gioi": "F"}))
    day = "ngay=15%2F06%2F2017"
    assert f'href="/dang-vien/DB01/2017/?{day}#ket-qua">Bỏ mọi bộ lọc' in page
    assert f'href="/dang-vien/DB01/2017/?gioi=F&amp;{day}"' in page
    for place in ("dang-vien", "du-bi", "chuyen-sinh-hoat"):
        assert f'href="/{place}/DB01/2017/?{day}"' in page
        assert f'href="/dang-vien/DB01/2017/?{day}"' in text(department.get(f"/{place}/DB01/2017/?{day}"))
    beside = text(department.get(f"/du-bi/DB01/2017/?{day}"))
    assert "Đang dự bị vào ngày 15/06/2017: 1 đồng chí" in beside and "Trần Sau" not in beside
    assert "Lê An" in text(department.get("/chuyen-sinh-hoat/DB01/2017/"))
    assert "Lê An" not in text(department.get(f"/chuyen-sinh-hoat/DB01/2017/?{day}"))
    assert "ngay=" not in text(department.get(url("DB01", 2017), {"ngay": "31/02/2017"})).split("<section")[0]


def test_an_act_leads_back_to_the_list_of_the_day(world):
    hand = Hand(world.user("COMMITTEE", "DB01"))
    hand.open(url("DB01", name="people_selected") + f"?ngay=15/06/2018&chon={world.people['An'].pk}")
    hand.press("mien", tu_ngay="05/12/2018", so="15-QĐ/ĐU", ngay="01/12/2018", co_quan="Đảng ủy DB01")
    assert hand.page.redirect_chain == [(url("DB01") + "?ngay=15%2F06%2F2018", 302)]
