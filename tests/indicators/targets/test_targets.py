"""Groups of a year and the targets set for it: voided and inserted, never overwritten (design §3, §5)."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from indicators.models import Indicator, Target, TargetGroup
from indicators.targets import targets
from ledger.acts import act
from ledger.models import Change, Document
from tests.indicators.board import indicator, set_groups, set_targets
from tests.world import refused


@pytest.fixture
def bloc(world):
    set_groups(world, 2017)
    return world


def standing(world, code="K"):
    rows = Target.objects.standing().filter(organization=world.org[code])
    return {t.indicator.code: t.value for t in rows.select_related("indicator")}


def test_the_eight_groups_of_a_year(bloc):
    groups = TargetGroup.objects.filter(year=2017)
    assert [(g.order, g.code) for g in groups] == list(
        enumerate(["KN", "KN-TN", "TSVM", "DV-HTT", "KTGS", "DTTC", "TCD", "NVCT"], start=1)
    )
    parts = Indicator.objects.filter(group__year=2017, headline=False).values_list("code", "required")
    assert dict(parts) == dict.fromkeys(("TSVM-TB", "DV-XS", "KTGS-KT", "KTGS-GS"), False)
    assert list(Indicator.objects.filter(empty_is_met=True).values_list("code", flat=True)) == ["DTTC"]


def test_a_year_has_its_groups_once(bloc):
    with refused("Năm 2017 đã có nhóm chỉ tiêu."):
        targets.set_groups(2017, targets.eight_groups(2017), **bloc.act())
    assert TargetGroup.objects.count() == 8


def test_the_third_group_changes_with_the_scheme():
    names = {year: targets.eight_groups(year)[2]["indicators"][0]["numerator"] for year in (2013, 2017, 2018, 2030)}
    assert names == {
        **dict.fromkeys((2013, 2017), "organizations_top"),
        **dict.fromkeys((2018, 2030), "organizations_good"),
    }
    assert len(targets.eight_groups(2017)) == len(targets.eight_groups(2018)) == 8


def test_groups_are_copied_from_the_latest_year_before(bloc):
    row = indicator("TSVM")
    row.decimals, row.rule = 1, Indicator.Rule.EXACT
    row.save()
    set_targets(bloc, KN={"K": 115})
    targets.copy_groups(2020, **bloc.act())
    copy = indicator("TSVM", 2020)
    assert (copy.decimals, copy.rule, copy.numerator) == (1, "chinh_xac", "organizations_top")
    assert [(g.order, g.code) for g in TargetGroup.objects.filter(year=2020)] == [
        (g.order, g.code) for g in TargetGroup.objects.filter(year=2017)
    ]
    assert Indicator.objects.filter(group__year=2020).count() == 12
    assert not Target.objects.filter(indicator__group__year=2020).exists()


def test_nothing_to_copy_from(bloc):
    with refused("Trước năm 2017 chưa có năm nào để sao chép nhóm chỉ tiêu."):
        targets.copy_groups(2017, **bloc.act())
    with refused("Năm 2017 đã có nhóm chỉ tiêu."):
        set_groups(bloc, 2016)
        targets.copy_groups(2017, **bloc.act())


def test_a_target_has_its_document(bloc):
    paper = Document.objects.create(number="47-NQ/ĐUK", date=date(2017, 1, 15), issuer="Đảng ủy Khối")
    targets.set_targets({(indicator("KN"), bloc.org["K"]): 115}, **bloc.act(document=paper))
    row = Target.objects.get()
    assert (row.value, row.added.document, row.added.words) == (115, paper, "Giao chỉ tiêu")


def test_a_new_value_voids_the_old_and_stands_beside_it(bloc):
    set_targets(bloc, KN={"K": 110, "DB01": 5}, TSVM={"K": 93})
    set_targets(bloc, KN={"K": 115})
    rows = Target.objects.filter(organization=bloc.org["K"], indicator__code="KN").order_by("pk")
    last = Change.objects.latest("pk")
    assert [(r.value, r.voided) for r in rows] == [(110, last), (115, None)]
    assert standing(bloc) == {"KN": 115, "TSVM": 93}
    assert standing(bloc, "DB01") == {"KN": 5}


def test_the_same_value_again_writes_no_row_and_no_act(bloc):
    set_targets(bloc, KN={"K": 115}, TSVM={"K": "92.5"})
    before = set(Target.objects.values_list("pk", "voided")), Change.objects.count()
    with refused("Chỉ tiêu đang giao đã đúng như vậy, nên không có gì để ghi."):
        set_targets(bloc, KN={"K": Decimal("115.00")}, TSVM={"K": "92.50"})
    assert (set(Target.objects.values_list("pk", "voided")), Change.objects.count()) == before
    set_targets(bloc, KN={"K": 116}, TSVM={"K": "92.50"})
    assert Target.objects.filter(indicator__code="TSVM").count() == 1


def test_withdrawing(bloc):
    set_targets(bloc, KN={"K": 115, "DB01": 5})
    set_targets(bloc, KN={"DB01": None, "DB02": None})
    assert (standing(bloc), standing(bloc, "DB01")) == ({"KN": 115}, {})
    assert Target.objects.count() == 2


def test_values_that_make_no_sense(bloc):
    for code, value, sentence in (
        ("KN", -1, "Đảng viên mới kết nạp (DB01): mức giao không được âm."),
        ("KN", "4.5", "Đảng viên mới kết nạp (DB01): số lượng là số nguyên."),
        ("DTTC", "100.01", "Tỷ lệ đơn thư tố cáo giải quyết đúng hạn (DB01): tỷ lệ không vượt quá 100%."),
        ("DTTC", "-0.5", "Tỷ lệ đơn thư tố cáo giải quyết đúng hạn (DB01): mức giao không được âm."),
    ):
        with refused(sentence):
            targets.set_targets({(indicator(code), bloc.org["DB01"]): value}, **bloc.act())
    set_targets(bloc, KN={"K": 0}, DTTC={"K": 100})
    assert standing(bloc) == {"KN": 0, "DTTC": 100}


def test_an_indicator_knows_what_it_is_made_of(bloc):
    ratio = indicator("KN-TN")
    ratio.denominator = ""
    with pytest.raises(ValidationError, match="Tỷ lệ cần có mẫu số"):
        ratio.full_clean()
    ratio.denominator = "rated"
    with pytest.raises(ValidationError, match="Tử số phải là một phần của mẫu số"):
        ratio.full_clean()
    count = indicator("KN")
    count.denominator = "admitted"
    with pytest.raises(ValidationError, match="Chỉ tiêu số lượng không có mẫu số"):
        count.full_clean()


def handed_on(world, **to):
    """Hands on the targets of DB01 and DB02 inside an act. `to`: {"DB01_KN": code of the successor or None}."""
    of = {(t.organization.code, t.indicator.code): t for t in Target.objects.standing()}
    rows = {of[tuple(key.split("_", 1))]: world.org[code] if code else None for key, code in to.items()}
    with act("Sáp nhập tổ chức", **world.act()) as change:
        targets.hand_on(rows, change)
    return change


def test_what_those_that_end_were_set_is_added_and_what_is_not_passed_on_is_withdrawn(bloc):
    set_targets(bloc, KN={"DB01": 5, "DB02": 3, "DB03": 4})
    set_targets(bloc, DV_HTT={"DB01": "62.5", "DB02": "62.5"}, KN_TN={"DB01": 60, "DB03": 60})
    change = handed_on(
        bloc, DB01_KN="DB03", DB02_KN="DB03", **{"DB01_DV-HTT": "DB03", "DB02_DV-HTT": "DB03", "DB01_KN-TN": None}
    )
    assert standing(bloc, "DB03") == {"KN": 12, "DV-HTT": Decimal("62.5"), "KN-TN": 60}
    assert (standing(bloc, "DB01"), standing(bloc, "DB02")) == ({}, {})
    assert Target.objects.filter(added=change).count() == 2
    assert Target.objects.filter(voided=change).count() == 6


def test_a_rate_cannot_be_added_to_another(bloc):
    set_targets(bloc, DV_HTT={"DB01": 90, "DB03": 95})
    sentence = (
        "Tỷ lệ đảng viên hoàn thành tốt nhiệm vụ trở lên năm 2017: mức của DB01 và DB03 khác nhau, tỷ lệ không cộng "
        "được. Hãy chọn thu hồi, rồi giao lại cho tổ chức kế thừa."
    )
    with refused(sentence):
        handed_on(bloc, **{"DB01_DV-HTT": "DB03"})
    set_targets(bloc, DV_HTT={"DB03": 90})
    handed_on(bloc, **{"DB01_DV-HTT": "DB03"})
    assert standing(bloc, "DB03") == {"DV-HTT": 90}


def test_what_another_set_meanwhile_is_not_overrun(bloc):
    set_targets(bloc, KN={"DB01": 5})
    old = Target.objects.select_related("indicator", "organization").get()
    set_targets(bloc, KN={"DB01": 6})
    with (
        refused("Đảng viên mới kết nạp (DB01): mức giao vừa được người khác thay. Hãy xem lại."),
        act("Sáp nhập tổ chức", **bloc.act()) as change,
    ):
        targets.hand_on({old: bloc.org["DB03"]}, change)


def test_who_was_overtaken_between_reading_and_writing_is_told(bloc):
    key = indicator("KN"), bloc.org["DB01"]
    set_targets(bloc, KN={"DB01": 5})
    with refused("Đảng viên mới kết nạp (DB01): mức giao vừa được người khác thay. Hãy xem lại."):
        targets.set_targets({key: 7}, instead_of={key: None}, **bloc.act())
    targets.set_targets({key: 7}, instead_of={key: Decimal(5)}, **bloc.act())
    # Another set the very same: nothing is left to write, and nobody is overrun.
    with refused("Chỉ tiêu đang giao đã đúng như vậy, nên không có gì để ghi."):
        targets.set_targets({key: 7}, instead_of={key: Decimal(5)}, **bloc.act())


def test_of_what_ended_the_bloc_is_the_one_it_last_stood_in(bloc):
    ended = bloc.org["DB02"]
    bloc.merge("DB02", "DB01", {"DB02-01": None, "DB02-02": None}, on=date(2017, 6, 1))
    assert targets.blocs_in([ended, bloc.org["DB01"], bloc.org["K"]], 2017) == dict.fromkeys(
        (ended.pk, bloc.org["DB01"].pk, bloc.org["K"].pk), bloc.org["K"].pk
    )
    targets.set_targets({(indicator("KN"), ended): 1}, **bloc.act())


def test_the_targets_an_end_must_speak_of_are_those_of_its_year_and_later(bloc):
    set_groups(bloc, 2016, 2018)
    for year in (2016, 2017, 2018):
        set_targets(bloc, year, KN={"DB01": year - 2010, "DB02": 1})
    found = targets.of_those_that_end([bloc.org["DB01"].pk], date(2017, 7, 1))
    assert [(t.indicator.group.year, t.value) for t in found] == [(2017, 7), (2018, 8)]
