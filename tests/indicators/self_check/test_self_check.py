"""Each invariant: green in a sound world, and when a row is changed behind the verbs the check that names it."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse

from indicators.closing.closings import close_figures
from indicators.closing.frozen import canonical, seal_of
from indicators.measures import MEASURES
from indicators.models import Closing, Indicator, TargetGroup
from indicators.self_check import page as self_check_page
from ledger.models import Document, User
from ledger.soundness import outcomes
from members.life.statuses import set_status
from members.merging.mergers import merge
from members.models import Admission, Member, Membership, Officialization, Status
from organizations.models import Lineage, OrganizationSpell
from ratings.models import Level, MemberRating, Period, Sheet
from ratings.periods.periods import open_period
from tests.indicators.board import lines, set_groups, set_targets
from tests.kept import kept
from tests.ratings.desk import Desk
from tests.world import World, refused

pytestmark = pytest.mark.django_db
GOOD = MEASURES["rated_good"].name


@pytest.fixture
def world(db):
    return kept(eventful)


def eventful():
    """People come, go and move, a committee is merged, a year is rated, locked and closed."""
    world = kept(World)
    set_groups(world, 2017)
    set_targets(world, KN={"K": 2})
    world.admit("Trần Xuân", "DB01-01", date(2016, 5, 19))
    world.transfer("An", "DB01-02", date(2016, 6, 15))
    world.leave("Bình", date(2016, 7, 1))
    world.desk = Desk(world)
    world.desk.finish()
    world.desk.lock()
    world.merge("DB02", "DB01", {"DB02-01": "DB01-01", "DB02-02": None}, date(2018, 3, 1))
    return world


@pytest.fixture
def closing(world):
    return close_figures(world.desk.period, **world.act())


def said():
    """{title: sentences} of the checks that found something."""
    return {o.title: [f.sentence for f in o.findings] for o in outcomes() if not o.sound}


def test_a_world_built_through_the_verbs_is_sound(world):
    assert said() == {}
    out = StringIO()
    call_command("self_check", stdout=out)
    assert out.getvalue().splitlines()[-1] == "Mọi quy tắc đều đúng."
    assert len(out.getvalue().splitlines()) == len(outcomes()) + 1


def member(world, name):
    return Member.objects.filter(pk=world.people[name].pk)


def test_a_card_given_twice_where_the_database_does_not_watch(world):
    connection.check_constraints()  # PostgreSQL drops no index while anything is still to be checked
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX member_card_once")
    for name in ("An", "Chi"):
        member(world, name).update(card_number="12345678")
    assert list(said().values()) == [["Số thẻ 12345678 ghi cho Lê An, Lê Chi."]]


def test_a_stale_key(world):
    member(world, "An").update(search_key="le binh")
    assert list(said().values()) == [
        ["đảng viên Lê An: khóa tìm kiếm không khớp. Hãy chạy manage.py refresh_keys để tính lại."]
    ]


def test_a_line_of_descent_that_is_missing(world):
    line = Lineage.objects.standing().get(organization=world.org["CB01"], ancestor=world.org["K"])
    Lineage.objects.filter(pk=line.pk).update(voided=line.added)
    k, cell = world.org["K"].pk, world.org["CB01"].pk
    assert [f"thiếu dòng tổ chức {cell} dưới {k}, từ 01/01/2015 đến nay."] in said().values()


def test_a_parent_of_the_wrong_kind(world):
    OrganizationSpell.objects.filter(organization=world.org["DB01-01"]).update(parent=world.org["CB01"])
    assert ["Tổ chức DB01-01 (Chi bộ trực thuộc) đứng dưới Tổ chức CB01 (Chi bộ cơ sở)."] in said().values()


def test_a_parent_that_ended(world):
    OrganizationSpell.objects.filter(organization=world.org["DB01-01"]).update(parent=world.org["DB02"])
    assert ["Tổ chức DB01-01: cấp trên không hoạt động suốt từ 01/01/2015 đến nay."] in said().values()


def test_a_place_where_nobody_can_be(world):
    Membership.objects.standing().filter(member__in=member(world, "Chi")).update(organization=world.org["DB01"])
    assert ["Lê Chi ở DB01: chi bộ không hoạt động suốt thời gian đó."] in said().values()


def test_a_status_of_who_has_left(world):
    set_status([world.people["Chi"]], Status.Kind.EXEMPT, **world.act(date(2017, 1, 1)))
    Status.objects.update(member=world.people["Bình"])
    assert list(said().values()) == [
        ["Võ Bình: được miễn công tác và sinh hoạt đảng từ 01/01/2017, ngoài thời gian có tên trong danh sách."]
    ]


def test_someone_on_the_roll_who_was_never_admitted(world):
    Admission.objects.filter(member=world.people["Chi"]).delete()
    assert list(said().values()) == [["Lê Chi: vào danh sách ngày 01/01/2015 mà chưa kết nạp."]]


def test_official_before_admitted(world):
    Officialization.objects.filter(member=world.people["Chi"]).update(on=date(2009, 1, 1))
    assert list(said().values()) == [["Lê Chi: chính thức ngày 01/01/2009, trước ngày kết nạp."]]


def test_a_locked_line_that_lost_its_level(world):
    MemberRating.objects.filter(member=world.people["Chi"]).update(decided=None)
    Sheet.objects.filter(organization=world.org["CB01"]).update(state="accepted")
    sheet = Sheet.objects.get(organization=world.org["CB01"])
    assert list(said().values()) == [
        ["Năm 2017: Lê Chi chưa có mức hoặc lý do.", f"Năm 2017: phiếu số {sheet.pk} chưa khóa cùng kỳ."]
    ]


def test_a_closing_stays_sound_while_acts_go_on(world, closing):
    world.admit("Trần Yến", "DB01-02", date(2017, 9, 2))
    world.transfer("An", "CB01", date(2018, 4, 1))
    assert said() == {}


def test_a_closing_that_was_written_over(world, closing):
    Closing.objects.update(seal="0" * 64)
    assert list(said().values()) == [["Chốt số liệu năm 2017: nội dung không còn khớp với mã kiểm tra."]]


def test_a_closed_row_changed_behind_the_verbs(world, closing):
    rating = MemberRating.objects.get(member=world.people["Phúc"])
    MemberRating.objects.filter(pk=rating.pk).update(decided=4)
    found = said()
    assert list(found.values()) == [
        [f"Chốt số liệu năm 2017: {GOOD} ở {code} tính lại không khớp." for code in ("CB01", "K")],
        [
            f"Chốt số liệu năm 2017: {GOOD} ở {code}, dòng {rating.pk} đổi mà không có việc nào được ghi."
            for code in ("CB01", "K")
        ],
    ]
    with pytest.raises(CommandError) as caught:
        call_command("self_check", stdout=StringIO())
    assert str(caught.value) == "Có 4 điều sai, nêu ở trên."


FIGURES, CLOSED = "Mọi con số trên bảng bằng số dòng đứng sau nó", "Con số đã chốt bằng số dòng chốt cùng nó"


def plant(world, cell, above):
    """A line of descent that no spell bears out: the cell's people count at `above`, too."""
    real = Lineage.objects.standing().filter(organization=world.org[cell], ancestor=world.org[cell]).get()
    Lineage.objects.create(
        organization=world.org[cell],
        ancestor=world.org[above],
        via=world.org[cell],
        starts=real.starts,
        ends=real.ends,
        added=real.added,
    )


def test_a_count_that_its_rows_do_not_bear_out(world):
    plant(world, "DB03-02", "DB01")
    assert said()[FIGURES] == [
        f"Năm 2017: {name} ở DB01: bảng ghi {n}, các dòng đứng sau có {rows}; con số trên bảng không khớp với các dòng."
        for name, n, rows in (
            ("Chi bộ", 3, 2),
            ("Đảng viên", 6, 4),
            ("Đảng viên được xếp loại", 6, 4),
            (GOOD, 6, 4),
            ("Chi bộ trực thuộc", 3, 2),
        )
    ]


def test_nothing_is_closed_that_its_rows_do_not_bear_out(world):
    plant(world, "DB03-02", "DB01")
    with refused(
        "Chưa chốt được số liệu năm 2017: Chi bộ ở DB01 ghi 3, các dòng đứng sau có 2; con số không khớp với các dòng. "
        "Hãy mở trang Tự kiểm tra và báo quản trị trước khi chốt."
    ):
        close_figures(world.desk.period, **world.act())


def test_a_number_closed_beside_other_rows(world, closing):
    figures = json.loads(closing.figures)
    assert figures["figures"]["DV-HTT"]["DB01"]["numerator"] == "4"
    figures["figures"]["DV-HTT"]["DB01"]["numerator"] = "5"
    text = canonical(figures)
    Closing.objects.update(figures=text, seal=seal_of(text, closing.rows))
    assert said()[CLOSED] == [
        f"Chốt số liệu năm 2017: {GOOD} ở DB01: chốt 5, các dòng chốt cùng có 4; con số không khớp với các dòng."
    ]


def test_what_a_closed_year_reads_changed_behind_the_verbs(world, closing):
    Indicator.objects.filter(code="DV-HTT").update(decimals=2)
    TargetGroup.objects.filter(code="KN").update(name="Kết nạp")
    Level.objects.filter(scheme=world.desk.period.scheme, rank=2).update(member_label="Tốt")
    found = said()["Năm đã chốt đọc chỉ tiêu, lược đồ như lúc chốt"]
    assert found == [
        "Chốt số liệu năm 2017: chỉ tiêu “Đảng viên mới kết nạp” không còn như lúc chốt.",
        "Chốt số liệu năm 2017: chỉ tiêu “Tỷ lệ đảng viên hoàn thành tốt nhiệm vụ trở lên” không còn như lúc chốt.",
        "Chốt số liệu năm 2017: tên mức xếp loại không còn như lúc chốt.",
    ]


def test_a_sub_figure_closed_in_older_words_is_no_change(world, closing):
    """What was said of an organization not chosen was its level; the numbers are what they were."""
    figures = json.loads(closing.figures)
    there = figures["figures"]["TSVM-TB"]["DB01"]
    assert there["state"] == "không chọn tiêu biểu"
    there["state"] = "Hoàn thành tốt nhiệm vụ"
    text = canonical(figures)
    Closing.objects.update(figures=text, seal=seal_of(text, closing.rows))
    assert all(line.published is None for line in lines(world, "DB01").values())
    assert said() == {}


def test_every_check_has_a_title_of_its_own(world):
    titles = [outcome.title for outcome in outcomes()]
    assert len(set(titles)) == len(titles) > 12


def test_a_row_left_on_a_record_that_was_merged(world):
    world.enroll("Lê Ân", "CB01", date(2018, 1, 1))
    merge(world.people["Chi"], world.people["Ân"], **world.act(reason="một người ghi hai lần"))
    assert said() == {}
    row = Admission.objects.filter(member=world.people["Ân"]).get()
    Admission.objects.filter(pk=row.pk).update(voided=None)
    Member.objects.filter(pk=world.people["Ân"].pk).update(voided=None)
    pk = world.people["Ân"].pk
    assert list(said().values()) == [
        [
            f"Hồ sơ số {pk} của Lê Ân đã gộp mà vẫn còn hiệu lực.",
            f"Hồ sơ số {pk} của Lê Ân đã gộp mà còn kết nạp số {row.pk}.",
        ]
    ]


def test_a_page_of_the_administration_is_told_to_its_reader_alone(world):
    """A paper of an impossible day is mended there; the offices of two blocs are told that there is something."""
    world.found(("K2", "KHOI", None))
    Document.objects.create(number="1", date=date(1900, 1, 1), issuer="Đảng ủy")
    told = {
        user: self_check_page.found(user)
        for user in (world.user("ORGANIZATION", "K"), User.objects.create_superuser("goc"))
    }
    assert [(found.wrong, found.elsewhere) for found in told.values()] == [(0, 1), (1, 0)]


def test_a_period_of_another_bloc_is_told_to_its_offices_alone(world):
    world.found(("K2", "KHOI", None), ("DB90", "DBCS", "K2"), ("DB90-01", "CBTT", "DB90"))
    world.enroll("Lê Yến", "DB90-01")
    period = open_period(2018, bloc=world.org["K2"], **world.act())
    Period.objects.filter(pk=period.pk).update(locked=period.added)
    page = reverse("ratings", args=["K2", "2018"])
    told = {
        code: self_check_page.found(user)
        for code, user in [
            *((code, world.user("ORGANIZATION", code)) for code in ("K", "K2")),
            ("", User.objects.create_superuser("goc")),
        ]
    }
    assert {f.url for o in told["K2"].outcomes for f in o.findings} == {page}
    assert [f for o in told["K"].outcomes for f in o.findings] == []
    (all_of_it,) = {len([f for o in told[code].outcomes for f in o.findings]) for code in ("K2", "")}
    assert [(told[code].wrong, told[code].elsewhere) for code in ("K", "K2", "")] == [
        (0, all_of_it),
        (all_of_it, 0),
        (all_of_it, 0),
    ]
