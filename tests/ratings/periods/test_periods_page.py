"""The page of periods: opened, dated and locked by the organization department, and by nobody else."""

from datetime import date

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse

from ledger import clock
from ledger.models import Change, User
from members.reorganizing.plan import regrading
from ratings.models import Calendar, Period
from tests.hand import signed_in_as
from tests.pages.test_pages_input import in_vietnamese, says
from tests.ratings.desk import Desk

URL = "/ky-xep-loai/"
JANUARY = date(2019, 1, 17)


@pytest.fixture
def year(world):
    """2018, still open on 14/12/2018."""
    return Desk(world, 2018)


def signed_in(user):
    return signed_in_as(user)


@pytest.fixture
def department(world):
    return signed_in(world.user("ORGANIZATION", "K"))


def send(client, viec, on=None, **values):
    with clock.fixed(on or date(2018, 12, 14)):
        return client.post(URL, {"viec": viec, **values})


def done(answer, said):
    assert answer.status_code == 302
    assert answer.url == reverse("periods")
    assert said in answer.client.get(URL).content.decode()


def slugs():
    return [period.slug for period in Period.objects.standing()]


DATES = {"han_chi_bo": "20/12/2018", "han_dang_uy": "28/12/2018", "han_khoi": "15/01/2019"}


@pytest.mark.parametrize(
    ("role", "code"), [("SECRETARY", "CB01"), ("COMMITTEE", "DB01"), ("INSPECTION", "K"), ("LEADER", "K")]
)
def test_others_are_refused(year, role, code):
    client = signed_in(year.world.user(role, code))
    said = "Việc mở kỳ, đặt hạn, khóa kỳ là của Ban Tổ chức Đảng ủy Khối."
    says(client.get(URL), said, 403)
    says(send(client, "mo", nam="2017", quy=""), said, 403)
    assert slugs() == ["2018"]


def test_administrators_and_accounts_without_office_are_refused(year):
    for user in (User.objects.create_superuser("goc"), year.world.user()):
        assert signed_in(user).get(URL).status_code == 403


def test_the_list_tells_deadlines_in_words(year, department):
    with clock.fixed(date(2018, 12, 21)):
        page = in_vietnamese(department.get(URL))
    for said in ("quá hạn 1 ngày", "còn 7 ngày", "còn 25 ngày", "Lược đồ 2018", "<td>mở</td>"):
        assert said in page
    with clock.fixed(date(2018, 12, 20)):
        assert "hôm nay là hạn cuối" in department.get(URL).content.decode()


def test_a_locked_period_says_when(desk, department):
    desk.finish()
    desk.lock()
    page = in_vietnamese(department.get(URL))
    assert "khóa ngày 16/01/2018" in page
    assert 'name="han_chi_bo"' not in page


def test_the_year_of_today_is_offered(world, department):
    assert department.get(URL).context["opening"]["nam"].value() == 2018


def test_a_year_is_opened(world, department):
    done(send(department, "mo", nam="2018", quy=""), "Đã mở kỳ xếp loại năm 2018.")
    period = Period.objects.get()
    assert (period.slug, period.added.by.username, period.sheets.count()) == (
        "2018",
        department.get(URL).wsgi_request.user.username,
        8,
    )


def test_a_quarter_is_opened_with_its_own_calendar(year, department):
    done(send(department, "mo", nam="2018", quy="3"), "Đã mở kỳ xếp loại quý 3/2018.")
    quarter = Period.objects.get(quarter=3)
    calendar = Calendar.objects.get(quarterly=True)
    assert quarter.cutoff == date(2018, 9, 30)
    assert (quarter.cell_due - quarter.cutoff).days == calendar.cell_days
    assert sorted(slugs()) == ["2018", "2018-q3"]


@pytest.mark.parametrize(
    ("typed", "quarter", "said"),
    [
        ("2018", "", "Kỳ xếp loại năm 2018 đã được mở. Hãy chọn kỳ khác."),
        ("", "", "Hãy nhập năm từ 2008 đến 2019."),
        ("hai nghìn", "", "Hãy nhập năm từ 2008 đến 2019."),
        ("1", "", "Hãy nhập năm từ 2008 đến 2019."),
        ("9" * 30, "", "chưa đến. Hãy nhập năm từ 2008 đến 2019."),
        ("2020", "", "Năm 2020 chưa đến. Hãy nhập năm từ 2008 đến 2019."),
        ("2019", "1", "Kỳ này bắt đầu ngày 01/01/2019, chưa mở được."),
        ("2018", "5", "“5” không phải là kỳ. Hãy chọn cả năm hoặc một quý."),
        ("2018", "x\x00", "không phải là kỳ. Hãy chọn cả năm hoặc một quý."),
    ],
)
def test_what_cannot_be_opened_stays_in_the_form(year, department, typed, quarter, said):
    answer = send(department, "mo", nam=typed, quy=quarter)
    says(answer, said, 400, typed=typed)
    assert f'value="{typed}"' in answer.content.decode() or not typed
    assert slugs() == ["2018"]


def test_deadlines_are_moved_and_the_act_tells_from_where(year, department):
    moved = DATES | {"han_chi_bo": "22/12/2018", "ly_do": "Nghỉ bù cuối tuần"}
    done(send(department, "han", ky="2018", **moved), "Đã đặt lại hạn của năm 2018.")
    year.period.refresh_from_db()
    assert (year.period.cell_due, year.period.committee_due) == (date(2018, 12, 22), date(2018, 12, 28))
    change = Change.objects.latest("pk")
    assert change.reason == "Hạn của chi bộ: 20/12/2018 → 22/12/2018; Nghỉ bù cuối tuần"


def test_nothing_moved_is_no_act(year, department):
    before = Change.objects.count()
    done(send(department, "han", ky="2018", **DATES), "Hạn của năm 2018 giữ nguyên.")
    assert Change.objects.count() == before


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (
            {"han_chi_bo": "20/12/2018", "han_dang_uy": "28/12/2018", "han_khoi": "15/01/2020"},
            "Hạn của Khối 15/01/2020 cách ngày chốt 31/12/2018 hơn một năm. Hãy xem lại năm.",
        ),
        ({"han_chi_bo": "31/02/2018"}, "Ngày không đúng. Hãy viết ngày/tháng/năm, ví dụ 20/12/2018."),
        ({"han_khoi": ""}, "Hãy nhập ngày, ví dụ 20/12/2018."),
        ({"han_chi_bo": "29/12/2018"}, "Hạn của chi bộ phải trong kỳ và không sau hạn của đảng ủy cơ sở"),
        ({"han_chi_bo": "30/11/2017"}, "Hạn của chi bộ phải trong kỳ"),
    ],
)
def test_deadlines_that_cannot_be_stay_in_the_form(year, department, values, said):
    answer = send(department, "han", ky="2018", **(DATES | values))
    says(answer, said, 400)
    assert all(f'value="{typed}"' in answer.content.decode() for typed in values.values() if typed)
    year.period.refresh_from_db()
    assert year.period.cell_due == date(2018, 12, 20)


@pytest.mark.parametrize(
    ("viec", "ky", "said"),
    [
        ("han", "2011", "Không có kỳ này. Hãy tải lại trang rồi chọn kỳ."),
        ("khoa", "\x00", "Không có kỳ này. Hãy tải lại trang rồi chọn kỳ."),
        ("xoa", "2018", "Trang không hiểu việc vừa gửi."),
        ("", "", "Trang không hiểu việc vừa gửi."),
    ],
)
def test_what_the_page_does_not_know(year, department, viec, ky, said):
    says(send(department, viec, ky=ky, xac_nhan="on", **DATES), said, 400)


@pytest.mark.parametrize("key", ["0000", "9999-q4"])
def test_a_time_that_no_calendar_has_has_no_period(year, department, key):
    assert department.get(f"/xep-loai/CB01/{key}/").status_code == 404
    with pytest.raises(CommandError, match=f"Chưa mở kỳ xếp loại {key}. Đang có: 2018."):
        call_command("sheets", period=key)


def test_the_lock_says_what_is_wanting(year, department):
    year.rate_all()
    year.decide("CB01")
    page = in_vietnamese(department.get(URL))
    for said in (
        "Ngày chốt 31/12/2018 chưa qua; khóa được từ ngày 01/01/2019.",
        "Còn 8 phiếu chưa tiếp nhận: 7 nháp, 1 đã quyết định.",
        "Còn 12 tổ chức chưa có mức xếp loại hoặc lý do: 5 tổ chức cơ sở đảng, 1 đảng bộ bộ phận, 6 chi bộ trực thuộc.",
    ):
        assert said in page
    assert 'value="khoa"' not in page
    answer = send(department, "khoa", on=JANUARY, ky="2018", xac_nhan="on")
    says(answer, "Còn 8 phiếu chưa tiếp nhận: 7 nháp, 1 đã quyết định.", 400)


def test_the_lock_by_hand(year, department):
    year.finish()
    with clock.fixed(JANUARY):
        assert 'value="khoa"' in department.get(URL).content.decode()
    says(send(department, "khoa", on=JANUARY, ky="2018"), "Hãy đánh dấu vào ô xác nhận rồi khóa kỳ.", 400)
    year.period.refresh_from_db()
    assert not year.period.locked
    done(send(department, "khoa", on=JANUARY, ky="2018", xac_nhan="on"), "Đã khóa kỳ xếp loại năm 2018.")
    year.period.refresh_from_db()
    assert year.period.locked.on == JANUARY
    says(send(department, "khoa", on=JANUARY, ky="2018", xac_nhan="on"), "Năm 2018 đã khóa.", 400)
    says(send(department, "han", on=JANUARY, ky="2018", **(DATES | {"han_chi_bo": "21/12/2018"})), "đã khóa.", 400)


def test_another_tier_is_kept_in_the_history_of_the_row(year):
    """A cell that becomes a grassroots organization: its row says by which act."""
    year.world.carry_out(regrading("DB01-01", "CBCS", "K"), date(2018, 12, 10))
    change = Change.objects.latest("pk")
    row = year.organization("DB01-01")
    assert (row.tier, row.changed.words) == ("GRASSROOTS", "Chuyển loại hình tổ chức")
    kept = row.history.order_by("history_id")
    assert [(h.history_type, h.tier, h.changed_id) for h in kept] == [
        ("+", "CELL", year.period.added_id),
        ("~", "GRASSROOTS", change.pk),
    ]
    other = year.organization("DB01-02")
    assert (other.changed_id, other.history.count()) == (year.period.added_id, 1)
