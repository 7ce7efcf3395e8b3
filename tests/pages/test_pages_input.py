"""Bad input gives a page in Vietnamese that says what is wrong; never a 500, never another's data."""

import re
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from tests.pages.test_pages_site import standing

pytestmark = pytest.mark.django_db

site = pytest.fixture(scope="module")(standing)

ENGLISH = set(
    """
    not found page error invalid please enter select value choice number date field required username password login
    forbidden bad request server this that with the and your are was must ensure characters null allowed search next
    previous sort unknown object none true false undefined traceback exception
    """.split()
)
NASTY = [
    "' OR 1=1 --",
    '"; DROP TABLE members_member; --',
    "%' UNION SELECT password FROM ledger_user",
    "<script>alert(1)</script>",
    "a" * 5000,
    "\x00",
    "x\x00y",
    "🏛️ Đảng ủy \u202e",
    "../../etc/passwd",
    "{{ 7|add:7 }}%s%d{0}",
    "-1",
    "9" * 30,
]
NAMES = [
    "sql",
    "drop",
    "union",
    "script",
    "long",
    "nul",
    "nul-within",
    "unicode",
    "path",
    "template",
    "minus",
    "digits",
]


@pytest.fixture(scope="module")
def leader(site):
    return site.as_("LEADER", "K")


def words(response):
    """What a reader sees of a page: its text without markup and what stands on keys."""
    html = re.sub(r"(?s)<(script|style|kbd).*?</\1>|data-chart=\"[^\"]*\"", " ", response.content.decode())
    return re.sub(r"<[^>]*>", " ", html)


def in_vietnamese(response, status=200, *, typed=""):
    """The page's source. What was `typed` may come back on it as it was."""
    assert response.status_code == status
    text = response.content.decode()
    assert '<html lang="vi">' in text
    said = words(response).replace(escape(typed), " ") if typed else words(response)
    found = ENGLISH & set(re.findall(r"[^\W\d_]+", said.lower()))
    assert not found, found
    return text


def says(response, sentence, status=404, **more):
    assert sentence in in_vietnamese(response, status, **more)


@pytest.mark.parametrize("name", ["dashboard", "organization", "people", "targets", "targets_grid"])
@pytest.mark.parametrize("year", [1, 1900, 1929, 2019, 2030, 9999, 10000, 99999])
def test_an_unknown_year(leader, name, year):
    says(leader.get(reverse(name, args=["K", year])), f"Chưa có số liệu năm {year}.")


@pytest.mark.parametrize("url", ["/chi-tieu/K/0/", "/dang-vien/K/000/"])
def test_the_year_nought(leader, url):
    says(leader.get(url), "Chưa có số liệu năm 0.")


def test_a_year_before_the_organization(leader):
    says(leader.get(reverse("dashboard", args=["K", 2014])), "Tổ chức K không hoạt động trong năm 2014.")


def test_a_year_without_groups_says_so(leader):
    says(leader.get(reverse("dashboard", args=["K", 2015])), "Năm 2015 chưa đặt nhóm chỉ tiêu", 200)


@pytest.mark.parametrize(
    "url", ["/chi-tieu/K/hai-nghin/", "/chi-tieu/K/-1/", f"/chi-tieu/K/{'9' * 5000}/", "/khong-co/"]
)
def test_an_address_that_is_none(leader, url):
    says(leader.get(url), "Địa chỉ có thể đã gõ nhầm")


@pytest.mark.parametrize("name", ["dashboard", "organization", "people", "targets", "targets_grid"])
@pytest.mark.parametrize("code", ["DB99", "k", "K ", "' OR 1=1 --", "🏛️", "a" * 3000])
def test_an_unknown_organization(leader, name, code):
    page = leader.get(reverse(name, args=[code, 2017]))
    says(page, "Không tìm thấy tổ chức này trong phạm vi của đồng chí.")


@pytest.mark.parametrize("url", ["/chi-tieu/%00/2017/", "/dang-vien/K%00/2017/", "/chuyen/K%00/2017/"])
def test_an_organization_named_by_no_character(leader, url):
    says(leader.get(url), "Không tìm thấy tổ chức này trong phạm vi của đồng chí.")


@pytest.mark.parametrize("group", ["XX", "kn", "TSVM-TB", "' OR 1=1 --", "%00", "a" * 3000])
def test_an_unknown_group(leader, group):
    page = leader.get(f"/chi-tieu/K/2017/{group if group == '%00' else quote(group)}/")
    says(page, "Nhóm chỉ tiêu này không có ở tổ chức và năm đang xem.")


@pytest.mark.parametrize("part", ["", "tat-ca", *NASTY], ids=["empty", "other", *NAMES])
def test_unknown_rows(leader, part):
    page = leader.get(reverse("indicator", args=["K", 2017, "KN"]), {"hang": part})
    says(page, "Nhóm chỉ tiêu này không có ở tổ chức và năm đang xem.")


@pytest.mark.parametrize("value", ["XX", *NASTY[2:6]], ids=["other", *NAMES[2:6]])
def test_an_unknown_kind_in_the_ranking(leader, value):
    """The page stays, the form says what is wrong, nothing typed comes back as markup."""
    page = leader.get(reverse("indicator", args=["K", 2017, "KN"]), {"loai": value})
    says(page, "không có trong danh sách; đang hiện tất cả.", 200, typed=value)
    assert "<script>alert" not in page.content.decode()
    assert len(page.context["ranks"]) == 5


TABLES = {
    "people": (reverse, "people", ["K", 2017], ""),
    "ranking": (reverse, "indicator", ["K", 2017, "DV-HTT"], "xep-"),
    "contributions": (reverse, "indicator", ["K", 2017, "DV-HTT"], "gop-"),
    "rows": (reverse, "indicator", ["K", 2017, "DV-HTT"], "dong-"),
}


def table(name, **query):
    make, page, args, prefix = TABLES[name]
    return make(page, args=args, query={prefix + key: value for key, value in query.items()})


@pytest.mark.parametrize("name", TABLES)
def test_an_unknown_column(leader, name):
    wrong = ["", "-", "khong-co", "pk", "member__birth_date", *NASTY]
    for column in wrong if name == "people" else ["khong-co", "-member__password", "\x00"]:
        says(leader.get(table(name, sort=column)), "Bảng này không có cột để sắp xếp như vậy.")


@pytest.mark.parametrize("name", TABLES)
def test_an_unknown_page(leader, name):
    wrong = ["0", "-1", "99", "9" * 30, "abc", "1.5", "\x00", ""]
    for number in wrong if name == "people" else ["0", "99", "abc"]:
        says(leader.get(table(name, page=number)), "Bảng không có trang này.")


def test_a_page_number_too_long_to_read(leader):
    says(leader.get(table("people", page="9" * 5000)), "Bảng không có trang này.")


@pytest.mark.parametrize("name", TABLES)
def test_the_length_of_a_page_is_not_the_readers_to_set(leader, name):
    key = {"people": "table", "ranking": "ranking", "contributions": "contributions", "rows": "rows"}[name]
    assert leader.get(table(name, per_page=1)).context[key].paginator.per_page > 1


@pytest.mark.parametrize("name", TABLES)
def test_every_column_offered_sorts(leader, name):
    page = leader.get(table(name)).context[{"people": "table"}.get(name, name)]
    offered = [column.name for column in page.columns if column.orderable]
    assert len(offered) >= 2
    for column in offered:
        in_vietnamese(leader.get(table(name, sort=f"-{column}")))


@pytest.mark.parametrize("group", ["KN", "KN-TN", "TSVM", "DV-HTT", "KTGS", "DTTC", "TCD", "NVCT"])
def test_every_column_of_every_family_of_rows_sorts(leader, group):
    url = reverse("indicator", args=["K", 2017, group])
    rows = leader.get(url, {"hang": "khong-tinh"}).context["rows"]
    columns = [c.name for c in rows.columns if c.orderable]
    assert "why" in columns
    for column in columns:
        in_vietnamese(leader.get(url, {"hang": "khong-tinh", "dong-sort": f"-{column}"}))


@pytest.mark.parametrize("name", ["ten", "dien"])
@pytest.mark.parametrize("value", NASTY, ids=NAMES)
def test_nasty_words_in_the_search(leader, name, value):
    page = leader.get(reverse("people", args=["K", 2017]), {name: value})
    text = in_vietnamese(page, typed=value)
    assert "<script>alert" not in text
    # Nobody is called so. A filter that cannot be read says so, and then all are shown.
    shown = page.context["table"].paginator.count
    assert shown == (18 if page.context["filter"].form.errors else 0)
    assert ('class="errorlist"' in text) == bool(page.context["filter"].form.errors)


def test_nasty_words_under_names_nobody_knows(leader):
    query = {word: word for word in NASTY}
    in_vietnamese(leader.get(reverse("dashboard", args=["K", 2017]), query), typed=NASTY[2])


@pytest.mark.parametrize("value", [w for w in NASTY if len(w) < 256], ids=[n for n in NAMES if n != "long"])
def test_nasty_words_at_the_door(site, value):
    says(knock(value), 'class="errorlist', 200, typed=value)


def test_a_name_too_long_at_the_door(site):
    says(knock("a" * 5000), 'class="errorlist', 200)


def knock(value):
    return Client().post(reverse("login"), {"username": value, "password": value, "next": value})


def test_a_name_too_long_at_the_door_of_the_administration(site):
    page = Client().post(reverse("admin:login"), {"username": "a" * 5000, "password": "x"})
    assert page.status_code == 200
    assert 'class="errornote' in page.content.decode()
