"""What a locked period reads of its scheme stands still: a change is a new version, for the periods to come."""

from datetime import date

import pytest
from django.db import connection, transaction
from django.db.models import ProtectedError

from ledger.acts import Refused
from ledger.models import Change
from ledger.soundness import outcomes
from ratings.history.sentences import of_organization
from ratings.judging.words import Words
from ratings.models import Cap, FrozenScheme, Level, MemberRating, Period, Reason, Rule, Scheme
from ratings.periods import periods, versions
from ratings.periods.scheme_text import differences, scheme_text
from tests.kept import kept
from tests.ratings.desk import RATED, Desk
from tests.world import World, refused

pytestmark = pytest.mark.django_db
TITLE = "Kỳ đã khóa đọc lược đồ như lúc khóa"


@pytest.fixture
def desk(db):
    """2017, rated and locked; An is left out for a reason."""
    return kept(locked)


def locked():
    desk = Desk(kept(World))
    desk.decide_all(An="mien")
    desk.accept()
    desk.rate_organizations(**{code.replace("-", "_"): 2 for code in RATED})
    desk.lock()
    return desk


@pytest.fixture
def scheme(desk):
    return Scheme.objects.get(pk=desk.period.scheme_id)


def fixed(scheme):
    return scheme.fixed


def said():
    return [f.sentence for o in outcomes() if o.title == TITLE for f in o.findings]


def new_version(desk, scheme):
    return versions.new_version(scheme, **desk.world.act())


def words(scheme):
    return {part: rows for part, rows in scheme_text(scheme).items() if part != "scheme"}


def test_whoever_writes_a_row_of_a_locked_scheme_is_refused(desk, scheme):
    rows = [
        scheme,
        scheme.levels.first(),
        scheme.reasons.first(),
        scheme.rules.first(),
        Cap.objects.filter(scheme=scheme).first(),
    ]
    for row in filter(None, rows):
        for do in (row.save, row.clean):
            with refused(fixed(scheme)):
                do()
        for delete in (row.delete, type(row).objects.filter(pk=row.pk).delete):
            with pytest.raises((Refused, ProtectedError)), transaction.atomic():  # the second where others point to it
                delete()
    with refused(fixed(scheme)):
        Level.objects.create(scheme=scheme, code="M5", rank=5, organization_label="x", member_label="x")
    with refused(fixed(scheme)):
        Reason.objects.create(scheme=scheme, code="moi", label="Mới", kind="EXCLUDED")


def test_a_row_does_not_go_from_a_free_scheme_to_a_locked_one_nor_back(desk, scheme):
    free = Scheme.objects.exclude(code=scheme.code).first()
    level = Level.objects.create(scheme=free, code="M9", rank=9, organization_label="x", member_label="x")
    level.scheme = scheme
    with refused(fixed(scheme)):
        level.save()
    level = scheme.levels.first()
    level.scheme = free
    with refused(fixed(scheme)):
        level.save()


def test_what_no_locked_period_reads_is_edited_in_place(desk):
    free = Scheme.objects.get(code="2019")
    level = free.levels.get(rank=1)
    level.member_label = "Xuất sắc"
    level.save()
    assert free.levels.get(rank=1).member_label == "Xuất sắc"


def test_a_new_version_is_the_old_one_whole(desk, scheme):
    copy = new_version(desk, scheme)
    assert (copy.code, copy.version, str(copy)) == (scheme.code, 2, f"{scheme.name} (bản 2)")
    assert words(copy) == words(scheme)
    assert differences(scheme_text(scheme), scheme_text(copy)) == []
    assert all(rule.reason is None or rule.reason.scheme == copy for rule in copy.rules.all())
    assert all(row.history.get().history_user == desk.world.by for row in [copy, *copy.levels.all(), *copy.rules.all()])
    with refused(f"“{copy}” chưa có kỳ nào khóa theo nên vẫn sửa được. Hãy sửa ngay ở bản đó."):
        new_version(desk, scheme)


def test_periods_opened_from_then_read_it_and_locked_ones_their_own(desk, scheme):
    copy = new_version(desk, scheme)
    top = copy.levels.get(rank=1)
    top.member_label = "Đảng viên gương mẫu"
    top.save()
    quarter = periods.open_period(2017, quarter=2, **desk.world.act())
    assert quarter.scheme == copy
    line = MemberRating.objects.filter(period=desk.period, decided=2).first()
    before = Words(scheme).member(line)
    desk.period.refresh_from_db()
    assert Words(desk.period.scheme).member(line) == before
    assert said() == []


def test_a_version_that_begins_later_leaves_the_years_before_to_the_one_before(desk, scheme):
    """Of a bloc that opens such a year late, too: the same year reads the same scheme everywhere."""
    copy = new_version(desk, scheme)
    copy.first_year = scheme.first_year + 1
    copy.save()
    before = Scheme.objects.filter(first_year__lt=scheme.first_year).order_by("-first_year").first()
    found = [Scheme.latest_for(scheme.first_year + n) for n in (-1, 0, 1)]
    assert found == [before, scheme, copy]


@pytest.fixture
def open_one(desk):
    """2018 beside it, open, under a scheme that 2017 does not read; one quarter of it is locked."""
    return Desk(desk.world, 2018)


def test_an_open_period_takes_up_a_version_by_an_act(desk, scheme, open_one):
    other = open_one.period.scheme
    lock_of(open_one.period, other)
    open_one.rate(An="mien", Bình=2)
    copy = versions.new_version(other, **desk.world.act())
    label = copy.reasons.get(code="mien")
    label.label = "Miễn công tác"
    label.save()
    versions.adopt(open_one.period, copy, **desk.world.act())
    period = Period.objects.get(pk=open_one.period.pk)
    assert period.scheme == copy
    line = open_one.line("An")
    assert (line.reason, Words(copy).member(line)) == (label, "không xếp loại (Miễn công tác)")
    assert Change.objects.latest("pk").words == "Áp dụng bản 2 của lược đồ cho năm 2018"
    assert "Miễn công tác" in str(of_organization(period, desk.world.org["DB01-01"]))
    with refused("Năm 2018 đã đọc bản 2."):
        versions.adopt(period, copy, **desk.world.act())


def lock_of(period, scheme):
    """A quarter of the year locked under the same scheme, without its sheets: enough to hold the scheme."""
    days = dict.fromkeys(["cutoff", "cell_due", "committee_due", "bloc_due"], date(2018, 3, 31))
    quarter = {"bloc": period.bloc, "year": 2018, "quarter": 1, "starts": date(2018, 1, 1)}
    Period.objects.create(scheme=scheme, added=period.added, locked=period.added, **quarter, **days)


def test_what_is_typed_keeps_its_meaning_or_the_version_is_not_taken_up(desk, open_one):
    lock_of(open_one.period, open_one.period.scheme)
    open_one.rate(An="mien")
    copy = versions.new_version(open_one.period.scheme, **desk.world.act())
    reason = copy.reasons.get(code="mien")
    reason.kind = Reason.Kind.POSTPONED
    reason.save()
    with refused(
        f"Lý do “{reason.label}” đang dùng ở 1 dòng của kỳ này mà bản mới không có, hoặc xếp vào loại khác. "
        "Hãy giữ lý do đó trong bản mới, hoặc sửa các dòng ấy trước."
    ):
        versions.adopt(open_one.period, copy, **desk.world.act())
    open_one.rate(An=2)
    lowest = copy.levels.get(rank=4)
    lowest.delete()
    with refused("Bản mới không có mức 4. Hãy thêm mức đó vào bản mới."):
        versions.adopt(open_one.period, copy, **desk.world.act())


def test_a_locked_period_and_another_scheme_are_refused(desk, scheme, open_one):
    copy = new_version(desk, scheme)
    with refused("Năm 2017 đã khóa, giữ bản lược đồ của mình."):
        versions.adopt(desk.period, copy, **desk.world.act())
    with refused(f"“{copy}” không phải một bản của lược đồ mà năm 2018 đang đọc."):
        versions.adopt(open_one.period, copy, **desk.world.act())


def test_the_lock_freezes_what_is_read(desk):
    frozen = FrozenScheme.objects.get(period=desk.period)
    assert frozen.added == desk.period.locked
    assert '"member_label"' in frozen.text and '"2017-12-31"' in frozen.text


@pytest.mark.parametrize(
    ("table", "change", "sentence"),
    [
        ("ratings_level", "member_label = 'Xuất sắc'", "Mức 1, tên mức của đảng viên: “{label}” → “Xuất sắc”."),
        ("ratings_level", "rank = 7", "Bớt mức 1."),
        ("ratings_level", "least_points = 92", "Mức 1, từ điểm: để trống → “92”."),
        ("ratings_cap", "percent = 99", "Tỷ lệ khống chế {cap}, tỷ lệ tối đa (%): “{percent}” → “99”."),
        ("ratings_cap", "enabled = NOT enabled", "Tỷ lệ khống chế {cap}, đang áp dụng: không → có."),
        (
            "ratings_reason",
            "kind = 'POSTPONED'",
            "Lý do “{reason}”, loại: “không thuộc diện xếp loại” → “chưa xếp loại”.",
        ),
        ("ratings_scheme", "first_year = 1999", "Lược đồ, từ năm: “{first}” → “1999”."),
        ("ratings_scheme", "last_year = 2030", "Lược đồ, đến năm: {last} → “2030”."),
        ("ratings_rule", "enabled = NOT enabled", "Quy tắc “Vượt tỷ lệ ở mức cao nhất”, đang áp dụng: có → không."),
        ("ratings_period", "cutoff = '2017-12-30'", "Kỳ, cutoff: “2017-12-31” → “2017-12-30”."),
    ],
)
def test_the_self_check_finds_what_was_changed_behind_the_verbs(desk, scheme, table, change, sentence):
    level, reason = scheme.levels.get(rank=1), scheme.reasons.get(code="mien")
    rule = scheme.rules.filter(code=Rule.Code.CAP).first()
    cap = scheme.caps.get(limits=Cap.Limits.MEMBERS)
    row = {
        "ratings_level": level,
        "ratings_cap": cap,
        "ratings_reason": reason,
        "ratings_scheme": scheme,
        "ratings_rule": rule,
        "ratings_period": desk.period,
    }[table]
    assert said() == []
    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {change} WHERE id = %s", [row.pk])
    last = f"“{scheme.last_year}”" if scheme.last_year else "để trống"
    names = {"label": level.member_label, "reason": reason.label, "first": scheme.first_year, "last": last}
    told = sentence.format(**names, cap=cap.get_limits_display(), percent=f"{cap.percent.normalize():f}")
    assert f"Năm 2017: lược đồ không còn như lúc khóa. {told}" in said()


def test_the_self_check_finds_a_frozen_text_written_over_or_gone(desk):
    FrozenScheme.objects.update(text="{}")
    assert said() == ["Năm 2017: bản lược đồ chốt cùng kỳ không còn khớp với mã kiểm tra."]
    FrozenScheme.objects.all().delete()
    assert said() == ["Năm 2017: không có bản lược đồ chốt cùng kỳ."]


def test_the_self_check_finds_a_reason_of_another_scheme(desk):
    other = Reason.objects.exclude(scheme=desk.period.scheme).filter(code="mien").first()
    line = desk.line("An")
    MemberRating.objects.filter(pk=line.pk).update(reason=other)
    found = [f.sentence for o in outcomes() for f in o.findings]
    assert found == [f"Năm 2017: DB01-01, xếp loại đảng viên số {line.pk} ghi lý do “{other}” của lược đồ khác."]


def test_two_versions_are_told_apart_in_words(desk, scheme):
    copy = new_version(desk, scheme)
    level = copy.levels.get(rank=2)
    level.member_label = "Hoàn thành tốt"
    level.save()
    Reason.objects.create(scheme=copy, code="moi", label="Lý do mới", kind="EXCLUDED")
    copy.rules.filter(code=Rule.Code.CAP).update(strength="NOTE")
    old = scheme.levels.get(rank=2).member_label
    strength = scheme.rules.get(code=Rule.Code.CAP).get_strength_display()
    assert differences(scheme_text(scheme), scheme_text(copy)) == [
        f"Mức 2, tên mức của đảng viên: “{old}” → “Hoàn thành tốt”.",
        "Thêm lý do “Lý do mới”.",
        *(
            [f"Quy tắc “Vượt tỷ lệ ở mức cao nhất”, mức độ: “{strength}” → “nhắc để biết”."]
            if strength != "nhắc để biết"
            else []
        ),
    ]
