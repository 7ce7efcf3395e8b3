"""The schemes that come with the migrations (domain §2.1–2.4)."""

import pytest

from ratings.models import Cap, Level, Reason, Scheme
from ratings.periods import periods

pytestmark = pytest.mark.django_db


def test_years_and_what_may_be_compared_with_what():
    rows = Scheme.objects.values_list("code", "first_year", "last_year", "comparable_group", "confirmed")
    assert list(rows) == [
        ("2011", 2011, 2013, "A", False),
        ("2014", 2014, 2017, "A", True),
        ("2018", 2018, 2018, "B", False),
        ("2019", 2019, 2022, "B", True),
        ("2023", 2023, 2024, "B", True),
        ("2025", 2025, None, "C", True),
    ]


def test_four_disjoint_levels_in_each():
    for scheme in Scheme.objects.all():
        levels = scheme.levels.order_by("rank").values_list("code", "rank")
        assert list(levels) == [("M1", 1), ("M2", 2), ("M3", 3), ("M4", 4)], scheme.code


def test_the_labels_break_between_2017_and_2018():
    top = {level.scheme.code: level for level in Level.objects.filter(rank=1).select_related("scheme")}
    before, since = ("2011", "2014"), ("2018", "2019", "2023", "2025")
    assert {top[code].organization_label for code in before} == {"Trong sạch, vững mạnh"}
    assert {top[code].organization_label for code in since} == {"Hoàn thành xuất sắc nhiệm vụ"}
    assert {top[code].member_label for code in before} == {"Đảng viên đủ tư cách, hoàn thành xuất sắc nhiệm vụ"}
    lowest = Level.objects.filter(rank=4).values_list("scheme__code", "organization_label")
    assert dict(lowest) == {
        **dict.fromkeys(before, "Yếu kém"),
        **dict.fromkeys(since, "Không hoàn thành nhiệm vụ"),
    }


def test_points_only_since_2025():
    points = Level.objects.filter(least_points__isnull=False).order_by("rank")
    assert list(points.values_list("scheme__code", "least_points")) == [("2025", n) for n in (90, 70, 50, 0)]


def test_caps_and_which_of_them_apply():
    rows = Cap.objects.order_by("scheme__first_year").values_list(
        "scheme__code", "percent", "base", "enabled", "confirmed"
    )
    assert [(code, int(p), base, on, sure) for code, p, base, on, sure in rows] == [
        ("2014", 15, "TOP_TWO", False, False),
        ("2018", 20, "TOP_TWO", True, False),
        ("2019", 20, "TOP_TWO", True, True),
        ("2023", 20, "TOP_TWO", True, False),
        ("2025", 20, "TOP_TWO", True, False),
    ]
    assert set(Cap.objects.values_list("limits", flat=True)) == {"MEMBERS"}


def test_reasons_and_what_they_do():
    rows = Reason.objects.filter(scheme__code="2019").values_list("code", "kind", "of_organizations", "ceiling")
    assert set(rows) == {
        ("mien", "EXCLUDED", False, None),
        ("dinh_chi", "EXCLUDED", False, None),
        ("moi_ket_nap", "EXCLUDED", False, None),
        ("to_chuc_moi", "EXCLUDED", True, None),
        ("nghi_om", "CEILING", False, 3),
        ("ky_luat", "CEILING", False, 3),
        ("vang_mat", "POSTPONED", False, None),
    }


def test_before_2018_the_newly_admitted_are_rated():
    with_reason = set(Reason.objects.filter(code="moi_ket_nap").values_list("scheme__code", flat=True))
    assert with_reason == {"2018", "2019", "2023", "2025"}


def test_what_no_text_confirmed_is_marked():
    sure = set(Reason.objects.filter(confirmed=True).values_list("scheme__code", flat=True))
    assert sure == {"2019"}
    assert not Reason.objects.get(scheme__code="2019", code="ky_luat").confirmed
    unsure = Level.objects.filter(confirmed=False).values_list("scheme__code", "rank")
    assert set(unsure) == {(code, rank) for code in ("2014", "2018") for rank in (1, 2, 3, 4)} | {("2025", 4)}


def test_a_year_is_rated_by_its_own_scheme(world):
    found = {year: Scheme.latest_for(year).code for year in (2011, 2013, 2014, 2017, 2018)}
    assert found == {2011: "2011", 2013: "2011", 2014: "2014", 2017: "2014", 2018: "2018"}
    assert {year: periods.open_period(year, **world.act()).scheme.code for year in (2017, 2018)} == {
        2017: "2014",
        2018: "2018",
    }
