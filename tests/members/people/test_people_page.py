"""The list of members: what it finds, what it counts, and what all of that costs."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members.life.offers import offer
from members.life.posts import post
from members.life.probation import make_official
from members.life.statuses import exempt, set_status
from members.models import EthnicGroup, Exit, Post, Precision, Qualification, Status, Theory, age_on
from members.people.saved_views import save_view
from members.records.amendments import amend
from members.register.arrivals import enroll
from members.roll.on_a_day import AGE_BANDS, is_probationary, roll
from tests.hand import Hand
from tests.members.member_pages import browser, names, selected, text, url
from tests.world import START, TODAY, count_anew

pytestmark = pytest.mark.django_db


@pytest.fixture
def department(world):
    return browser(world)


def count(response):
    return int(re.search(r'id="so-luong">([\d.]+) đảng viên', text(response))[1].replace(".", ""))


def found(client, code="K", year=2018, **query):
    page = client.get(url(code, year), query)
    assert page.status_code == 200
    return names(page)


YOUNG = date(2018, 3, 1)  # the day on which who was a child in 2010 came into the Party


def put(world, name, code, born=date(1980, 6, 15), precision=Precision.DAY, **known):
    member = world.person(name, birth_date=born, birth_precision=precision, **known)
    came = {"on": START} if born.year < 1992 else {"on": YOUNG, "decided": YOUNG, "ceremony": YOUNG, "official": None}
    return enroll([world.arrival("", code, member=member, born=born, **came)], **world.act())[0]


# Order and search


def test_people_are_ordered_as_vietnamese_orders_them(world, department):
    order = ["Bùi Văn An", "Đinh Văn An", "Nguyễn Văn An", "Nguyễn Anh", "Nguyễn Thị Ánh", "Trần Thị Ân"]
    order += ["Nguyễn Văn Ấn", "Phạm Dung", "Đặng Dũng", "Lê Đức", "K'Brôi"]
    for name in reversed(order):
        put(world, name, "CB01", occupation="đo thứ tự")
    listed = found(department, "CB01")
    assert [name for name in listed if name in order] == order
    assert [name for name in found(department, "CB01", sort="-name") if name in order] == order[::-1]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("dang uy", {"Đặng Ủy", "Đặng Uý", "Dang Uy"}),
        ("Đặng Uỷ", {"Đặng Ủy", "Đặng Uý", "Dang Uy"}),
        ("Ðặng", {"Đặng Ủy", "Đặng Uý", "Dang Uy"}),
        ("k'broi", {"K'Brôi"}),
        ("K'BRÔI", {"K'Brôi"}),
        ("hlan", set()),
        ("%", set()),
        ("_", set()),
    ],
)
def test_search_knows_the_traps(world, department, typed, wanted):
    for name in ("Đặng Ủy", "Đặng Uý", "Dang Uy", "K'Brôi"):
        put(world, name, "CB01")
    assert set(found(department, "CB01", ten=typed)) == wanted


@pytest.mark.parametrize(
    ("typed", "first"),
    [("Đặng", "Đặng Yến"), ("đặng", "Đặng Yến"), ("ĐẶNG", "Đặng Yến"), ("Dang", "Dang Xuân"), ("dàng", "Dàng Vân")],
)
def test_who_is_written_exactly_so_comes_first(world, department, typed, first):
    for name in ("Đặng Yến", "Dang Xuân", "Dàng Vân"):
        put(world, name, "CB01")
    listed = found(department, "CB01", ten=typed)
    assert listed[0] == first
    others = [name for name in ("Dàng Vân", "Dang Xuân", "Đặng Yến") if name != first]
    assert listed[1:] == others
    assert found(department, "CB01", ten=typed, sort="-name")[0] == first


def test_a_card_number_finds_its_holder(world, department):
    amend({world.people["An"]: {"card_number": "12345678"}}, **world.act(reason="phát thẻ"))
    assert found(department, ten="12345678") == ["Lê An"]
    assert found(department, ten="1234 5678") == ["Lê An"]
    assert found(department, ten="1234567") == []


def test_a_card_is_not_told_to_who_sees_an_earlier_cell_alone(world):
    amend({world.people["An"]: {"card_number": "12345678"}}, **world.act(reason="phát thẻ"))
    world.transfer("An", "DB02-01", date(2017, 6, 15))
    earlier, present = browser(world, "SECRETARY", "DB01-01"), browser(world, "SECRETARY", "DB02-01")
    assert found(earlier, "DB01-01", 2016, ten="12345678") == []
    page = earlier.get(url("DB01-01", 2016), {"cot": ["card", "born"]})
    assert "Lê An" in names(page) and "12345678" not in text(page)
    assert "12345678" in text(present.get(url("DB02-01"), {"cot": ["card"]}))


RECORD = ["card", "occupation", "qualification", "theory"]


def test_what_the_record_says_today_is_told_to_who_sees_the_record(world):
    """An is in DB02 now, Bình has died in DB01-01: the record of the one is closed to DB01-01, of the other open."""
    known = {"occupation": "thợ tiện", "qualification": 4, "theory": Theory.ADVANCED}
    amend({world.people["An"]: {**known, "card_number": "12345678"}}, **world.act(reason="x"))
    amend({world.people["Bình"]: {**known, "card_number": "87654321"}}, **world.act(reason="x"))
    world.transfer("An", "DB02-01", date(2017, 6, 15))
    world.leave("Bình", date(2017, 8, 1), Exit.DIED)
    earlier, present = browser(world, "SECRETARY", "DB01-01"), browser(world, "SECRETARY", "DB02-01")
    for narrowed in ({"trinh_do": "4"}, {"ly_luan": str(int(Theory.ADVANCED))}):
        assert found(earlier, "DB01-01", 2016, **narrowed) == ["Võ Bình"]
        assert found(present, "DB02-01", **narrowed) == ["Lê An"]
    for sort in RECORD:
        page = earlier.get(url("DB01-01", 2016), {"cot": RECORD, "sort": sort})
        cells = {
            name: re.findall(r"<td[^>]*>([^<]*)</td>", text(page).split(f">{name}</a>")[1])[:4] for name in names(page)
        }
        assert cells["Lê An"] == ["–"] * 4
        assert cells["Võ Bình"] == [Qualification(4).label, Theory.ADVANCED.label, "thợ tiện", "87654321"]


# Filters and counts


@pytest.fixture
def crowd(world):
    """All that the filters tell apart, at the edges of the bands."""
    cham = EthnicGroup.objects.get(name="Chăm")
    births = [
        (date(1987, 12, 14), "D"),  # 31 today
        (date(1987, 12, 15), "D"),  # 30
        (date(1987, 1, 1), "Y"),  # 31 by the year
        (date(1988, 1, 1), "Y"),  # 30 by the year
        (date(1983, 12, 15), "D"),  # 34
        (date(1982, 12, 14), "D"),  # 36
        (date(1957, 12, 14), "D"),  # 61
        (date(1958, 1, 1), "Y"),  # 60
        (date(1957, 1, 1), "Y"),  # 61
        (date(1982, 12, 1), "M"),  # 36
        (date(2000, 2, 29), "D"),
    ]
    for n, (born, precision) in enumerate(births):
        known = {"sex": "MF"[n % 2], "ethnic_group": cham if n % 3 else world.kinh, "theory": n % 4}
        put(world, f"Hồ Người{n}", "CB02" if n % 2 else "CB01", born, precision, qualification=n % 7, **known)
    world.admit("Hồ Xuân", "CB01", date(2017, 5, 19))
    world.admit("Hồ Thu", "CB01", date(2018, 5, 19))
    make_official({world.people["Xuân"]: date(2018, 5, 19)}, **world.act())
    exempt([world.people["An"], world.people["Chi"]], **world.act(date(2018, 1, 1)))
    set_status([world.people["Chi"]], Status.Kind.SICK, **world.act(date(2018, 2, 1)))
    post([(world.people["An"], world.org["DB01-01"], Post.Kind.SECRETARY)], **world.act(date(2016, 1, 1)))
    return world


def rows(world, day=TODAY, code="K"):
    return list(roll(world.org[code], day))


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
    links = re.findall(r'<a class="tap" href="(\?[^"]+)" aria-label="[^:]+: (\d+)"', text(page))
    assert len(links) > 8
    for link, n in links:
        assert count(client.get(url() + link.replace("&amp;", "&"))) == int(n), link


def test_every_choice_is_offered_once(crowd):
    page = text(browser(crowd).get(url()))
    for options in re.findall(r"(?s)<select[^>]*>(.*?)</select>", page):
        values = re.findall(r'value="([^"]*)"', options)
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


# Columns


def test_the_columns_asked_for_are_shown_beside_the_name(crowd):
    client = browser(crowd)
    page = client.get(url(), {"cot": ["theory", "post", "religion", "official", "occupation", "qualification"]})
    heads = re.findall(r"<th scope=\"col\"[^>]*>(?:<a[^>]*>)?([^<]+?)\s*<", text(page))
    assert heads == [
        "Chọn",
        "Họ và tên",
        "Tôn giáo",
        "Chính thức",
        "Chuyên môn",
        "Lý luận chính trị",
        "Nghề nghiệp",
        "Chức vụ đảng",
    ]
    assert "Bí thư" in text(page)
    ticked = re.findall(r'name="cot" value="(\w+)"[^>]* checked', text(page))
    assert sorted(ticked) == ["occupation", "official", "post", "qualification", "religion", "theory"]
    usual = client.get(url())
    assert [c.name for c in usual.context["table"].columns] == [
        "pick",
        "name",
        "born",
        "sex",
        "ethnic",
        "cell",
        "admitted",
        "standing",
    ]


@pytest.mark.parametrize(
    "column",
    [
        "born",
        "sex",
        "ethnic",
        "religion",
        "cell",
        "admitted",
        "decided",
        "official",
        "qualification",
        "theory",
        "occupation",
        "post",
        "card",
    ],
)
def test_any_column_sorts_and_ties_are_broken_by_name_and_key(crowd, column):
    client = browser(crowd)
    pages = [found(client, cot=column, sort=column, page=str(n)) for n in (1, 2)]
    again = [found(client, cot=column, sort=column, page=str(n)) for n in (1, 2)]
    assert pages == again
    listed = pages[0] + pages[1]
    assert len(listed) == len(rows(crowd))
    back = found(client, cot=column, sort=f"-{column}") + found(client, cot=column, sort=f"-{column}", page="2")
    assert sorted(back) == sorted(listed)


# What it costs


def queries(client, **query):
    with CaptureQueriesContext(connection) as asked:
        page = client.get(url("DB01-01"), query)
        assert page.status_code == 200
    return [entry["sql"] for entry in asked.captured_queries]


EVERYTHING = {
    "ten": "an",
    "tuoi": "36-40",
    "dien": "chinh-thuc",
    "dan_toc": "01",
    "cot": ["born", "religion", "cell", "post", "card", "theory", "official"],
    "sort": "-post",
}


def test_a_page_costs_the_same_at_fifty_and_at_five_thousand_rows(world):
    client = browser(world)
    enroll([world.arrival(f"Vũ An {n}", "DB01-01") for n in range(50)], **world.act())
    few = queries(client, **EVERYTHING)
    enroll([world.arrival(f"Vũ An {n}", "DB01-01") for n in range(50, 5000)], **world.act())
    count_anew()
    many = queries(client, **EVERYTHING)
    assert len(many) == len(few)
    page = client.get(url("DB01-01"), EVERYTHING)
    assert page.context["list"].tally.total > 4900
    assert len(names(page)) == 25
    listing = [sql for sql in many if 'FROM "members_membership"' in sql and "COUNT(" not in sql and "LIMIT" not in sql]
    assert all("sort_key" not in sql for sql in listing), "rows of the roll are read beyond the page shown"
    chosen = {**EVERYTHING, "tat_ca": "1"}
    with CaptureQueriesContext(connection) as asked:
        page = client.get(url("DB01-01", name="people_selected"), chosen)
    assert page.context["tally"].total > 4900
    assert len(names(page)) == 25
    assert len(asked) <= len(few) + 4


def test_more_columns_cost_no_more_queries(world, department):
    department.get(url("DB01-01"))
    assert len(queries(department, cot=["post", "card", "religion"])) == len(queries(department))
