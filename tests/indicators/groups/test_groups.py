"""The groups of a year and their indicators chosen by the office: added, changed, put in order, gone without."""

import pytest

from indicators.closing.closings import close_figures, withdraw
from indicators.groups import groups
from indicators.groups import indicators as chosen
from indicators.groups.measured import FAMILIES, denominators, names_of, numerators, wholes_of
from indicators.measures import MEASURES, REGISTRY
from indicators.models import Indicator, Target, TargetGroup
from indicators.soundness import groups_are_whole
from indicators.targets import targets
from ledger.models import Change
from ledger.web.opened import Overtaken
from ratings.models import Scheme
from tests.indicators.board import indicator, lines, set_groups, set_targets
from tests.ratings.desk import Desk
from tests.world import refused


@pytest.fixture
def bloc(world):
    set_groups(world, 2016, 2017)
    return world


def in_order(year=2017):
    return [(g.order, g.code) for g in TargetGroup.objects.filter(year=year)]


def codes(year=2017):
    return [code for _, code in in_order(year)]


def add(world, name, columns, year=2017, **more):
    return groups.add_group(world.org["K"], year, name, columns, **more, **world.act())


MEMBERS = {"name": "Số đảng viên", "numerator": "members"}
EIGHT = ["KN", "KN-TN", "TSVM", "DV-HTT", "KTGS", "DTTC", "TCD", "NVCT"]


def test_a_group_comes_last_with_its_headline_and_counts_at_once(bloc):
    group = add(bloc, " Đảng số ", MEMBERS)
    assert (group.name, group.code, group.order, codes()) == ("Đảng số", "DS", 9, [*EIGHT, "DS"])
    made = indicator("DS")
    assert (made.kind, made.unit, made.headline, made.required) == ("COUNT", "đảng viên", True, True)
    assert lines(bloc, "K")["DS"].result.numerator == 16
    assert Change.objects.latest("pk").words == "Thêm nhóm chỉ tiêu “Đảng số” năm 2017"
    assert (group.history.get().history_user, made.history.get().history_user) == (bloc.by, bloc.by)
    with refused("Năm 2017 đã có nhóm “đảng số”. Hãy đặt tên khác."):
        add(bloc, "đảng số", MEMBERS)


def test_what_goes_by_one_name_goes_by_one_code_and_no_other_takes_it(bloc):
    add(bloc, "Đảng số", MEMBERS, year=2016)
    other = add(bloc, "Đoàn số", MEMBERS)
    same = add(bloc, "Đảng số", MEMBERS)
    assert (other.code, same.code) == ("DS-2", "DS")
    groups.retire_group(indicator("KN").group, **bloc.act())
    again = add(bloc, "Kết nạp đảng viên mới", {"name": "Kết nạp", "numerator": "admitted_decided"})
    assert (again.code, indicator("KN").group) == ("KN", again)


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ({"name": "", "numerator": "members"}, "Tên chỉ tiêu: Mục này không được để trống."),
        (
            {"name": "Thanh niên", "numerator": "admitted_youth", "denominator": "rated"},
            "“Đảng viên mới là đoàn viên thanh niên” không phải một phần của “Đảng viên được xếp loại”. "
            "Có thể chia cho: “Đảng viên mới kết nạp (theo ngày làm lễ)”.",
        ),
        (
            {"name": "Xuất sắc", "numerator": "rated_top", "denominator": "rated_good"},
            "“Đảng viên hoàn thành xuất sắc nhiệm vụ” không phải một phần của “Đảng viên hoàn thành tốt nhiệm vụ trở lên”. "
            "Có thể chia cho: “Đảng viên được xếp loại”.",
        ),
        (
            {"name": "Đơn", "numerator": "letters_in_time", "denominator": "letters_due", "below": "INHERIT"},
            "Số liệu về đơn thư tố cáo dưới cấp Khối chỉ cơ quan kiểm tra, lãnh đạo xem. Hãy chọn như vậy.",
        ),
        (
            {"name": "Số đảng viên", "numerator": "members", "below": "STATE"},
            "“Đảng viên” không có trạng thái để nêu ở từng tổ chức. Hãy chọn cách áp dụng khác ở dưới cấp Khối.",
        ),
        ({"name": "Tốt", "numerator": "rated_good", "denominator": "rated", "decimals": 3}, "Số lẻ nhiều nhất là 2."),
    ],
)
def test_what_makes_no_sense_is_refused(bloc, columns, sentence):
    with refused(sentence):
        add(bloc, "Nhóm mới", columns)


def test_groups_and_codes_that_cannot_be(bloc):
    with refused("Nhóm chỉ tiêu cần có tên."):
        add(bloc, "  ", MEMBERS)
    with refused("Mã KN đã dùng trong năm 2017. Hãy chọn mã khác."):
        add(bloc, "Nhóm mới", MEMBERS, code="KN")
    with refused("Mã “Đảng” chỉ gồm chữ in hoa không dấu, chữ số và dấu gạch nối, nhiều nhất 12 ký tự."):
        add(bloc, "Nhóm mới", MEMBERS, code="Đảng")
    with refused("DB01 không phải đảng bộ khối trong năm 2017, nên không đặt nhóm chỉ tiêu."):
        groups.add_group(bloc.org["DB01"], 2017, "Nhóm mới", MEMBERS, **bloc.act())


def test_a_measure_is_part_of_what_counts_all_it_counts(bloc):
    for part in REGISTRY:
        for whole in wholes_of(part.code):
            assert part.facts is whole.facts and part is not whole
            assert set(whole.left_out) < set(part.left_out)
    for usual in (i for year in (2017, 2018) for g in targets.eight_groups(year) for i in g["indicators"]):
        if usual.get("denominator"):
            assert usual["denominator"] in {whole.code for whole in wholes_of(usual["numerator"])}
    assert [w.code for w in wholes_of("planned_supervisions_done")] == [
        "planned",
        "planned_done",
        "planned_supervisions",
    ]


def test_measures_are_told_in_words_by_families(bloc):
    names = names_of(Scheme.latest_for(2018))
    listed = [code for _, choices in numerators(names) for code, _ in choices]
    assert sorted(listed) == sorted(MEASURES) and {m.facts for m in REGISTRY} == set(FAMILIES)
    assert names["rated_1"] == "Đảng viên xếp mức 1 (hoàn thành xuất sắc nhiệm vụ)"
    assert denominators("rated_top", names) == [
        ("", "Không chia: chỉ đếm số lượng"),
        ("rated", "Đảng viên được xếp loại"),
    ]


def test_a_name_and_an_order(bloc):
    group = indicator("KN").group
    groups.rename_group(group, "Phát triển đảng viên", **bloc.act())
    group.refresh_from_db()
    assert (group.name, group.history.count()) == ("Phát triển đảng viên", 2)
    with refused("Năm 2017 đã có nhóm “Kiểm tra tài chính Đảng”. Hãy đặt tên khác."):
        groups.rename_group(group, "Kiểm tra tài chính Đảng", **bloc.act())
    with pytest.raises(Overtaken, match="tên nay là “Phát triển đảng viên”"):
        groups.rename_group(group, "Kết nạp", opened={"group_name": "Kết nạp đảng viên mới"}, **bloc.act())
    wanted = [*EIGHT[1:], "KN"]
    groups.order_groups(bloc.org["K"], 2017, wanted, opened=EIGHT, **bloc.act())
    assert in_order() == list(enumerate(wanted, start=1)) and codes(2016) == EIGHT
    late = "Các nhóm chỉ tiêu vừa được người khác thêm bớt hoặc xếp lại. Hãy xem lại thứ tự rồi xếp."
    for asked, opened in ((EIGHT, EIGHT), (EIGHT[1:], wanted), ([*EIGHT, "KN"], wanted)):
        with refused(late):
            groups.order_groups(bloc.org["K"], 2017, asked, opened=opened, **bloc.act())
    with refused("Không có gì thay đổi so với những gì đang ghi, nên không ghi thêm việc nào."):
        groups.order_groups(bloc.org["K"], 2017, wanted, **bloc.act())


def test_a_group_gone_without_keeps_what_was_and_comes_back(bloc):
    set_targets(bloc, KN={"K": 3, "DB01": 1}, DV_HTT={"K": 95})
    group = indicator("KN").group
    with refused(
        "Đang có 2 mức giao dựa vào đây. Thôi dùng thì các mức này phải thu hồi: hãy đánh dấu đồng ý thu hồi rồi gửi lại. "
        "Mức đã giao vẫn giữ trong lịch sử."
    ):
        groups.retire_group(group, **bloc.act())
    assert groups.retire_group(group, withdraw=True, **bloc.act()) == 2
    assert in_order() == list(enumerate(EIGHT[1:], start=1)) and "KN" not in lines(bloc, "K")
    change = Change.objects.latest("pk")
    assert Target.objects.filter(voided=change).count() == 2 and Target.objects.standing().count() == 1
    kept = TargetGroup.ever.get(pk=group.pk)
    assert (kept.retired, kept.history.first().retired) == (change, change) and list(groups_are_whole()) == []
    with refused("Nhóm này không còn dùng trong năm 2017. Hãy tải lại trang."):
        groups.retire_group(group, withdraw=True, **bloc.act())
    groups.restore_group(group, **bloc.act())
    assert in_order() == list(enumerate([*EIGHT[1:], "KN"], start=1))
    assert lines(bloc, "K")["KN"].result.target is None
    with refused("Nhóm “Kết nạp đảng viên mới” đang dùng trong năm 2017. Hãy tải lại trang."):
        groups.restore_group(group, **bloc.act())


def test_what_comes_back_finds_its_place_free(bloc):
    old, part = indicator("DV-HTT").group, indicator("DV-XS")
    chosen.retire_indicator(part, **bloc.act())
    groups.retire_group(old, **bloc.act())
    with refused("Nhóm này không còn dùng trong năm 2017. Hãy tải lại trang."):
        chosen.restore_indicator(part, **bloc.act())
    add(bloc, old.name, {"name": "Tốt", "numerator": "rated_good", "denominator": "rated"})
    with refused(f"Năm 2017 đã có nhóm “{old.name}”. Hãy đặt tên khác."):
        groups.restore_group(old, **bloc.act())
    groups.retire_group(indicator("DV-HTT").group, **bloc.act())
    groups.restore_group(old, **bloc.act())
    assert [i.code for i in old.indicators.all()] == ["DV-HTT"]
    chosen.restore_indicator(part, **bloc.act())
    assert [i.code for i in old.indicators.all()] == ["DV-HTT", "DV-XS"]


def test_a_closed_year_keeps_its_groups(bloc):
    desk = Desk(bloc)
    desk.finish()
    desk.lock()
    chosen.change_indicator(indicator("KN"), {"name": "Kết nạp"}, **bloc.act())
    closing = close_figures(desk.period, **bloc.act())
    row, part, org = indicator("KN"), indicator("DV-XS"), bloc.org["K"]
    for act in (
        lambda: add(bloc, "Đảng số", MEMBERS),
        lambda: groups.rename_group(row.group, "Khác", **bloc.act()),
        lambda: groups.order_groups(org, 2017, EIGHT[::-1], **bloc.act()),
        lambda: groups.retire_group(row.group, **bloc.act()),
        lambda: groups.restore_group(row.group, **bloc.act()),
        lambda: chosen.add_indicator(row.group, {"name": "nữ", "numerator": "admitted"}, **bloc.act()),
        lambda: chosen.change_indicator(row, {"name": "Khác"}, **bloc.act()),
        lambda: chosen.retire_indicator(part, **bloc.act()),
        lambda: chosen.restore_indicator(part, **bloc.act()),
    ):
        with refused(
            "Số liệu năm 2017 đã chốt, nên nhóm chỉ tiêu của năm không đổi được nữa. "
            "Muốn đổi, trước hết hãy hủy lần chốt và nêu lý do."
        ):
            act()
    withdraw(closing, reason="Sửa cách tính", **bloc.act())
    chosen.change_indicator(row, {"name": "Khác"}, **bloc.act())


def test_a_target_of_what_is_gone_is_refused(bloc):
    row, group = indicator("KN"), indicator("KN").group
    groups.retire_group(group, **bloc.act())
    with refused("Chỉ tiêu “Đảng viên mới kết nạp” vừa thôi dùng trong năm. Hãy tải lại trang."):
        targets.set_targets({(row, bloc.org["K"]): 3}, **bloc.act())


def test_a_year_is_copied_from_any_other(bloc):
    groups.retire_group(indicator("NVCT", 2016).group, **bloc.act())
    add(bloc, "Đảng số", MEMBERS, year=2016)
    targets.copy_groups(2018, source=2016, **bloc.act())
    assert codes(2018) == [*EIGHT[:-1], "DS"] and in_order(2018) == list(enumerate(codes(2018), start=1))
    with refused("Năm 2014 không có nhóm chỉ tiêu để sao chép. Hãy chọn năm khác."):
        targets.copy_groups(2015, source=2014, **bloc.act())


def test_the_check_finds_what_is_not_whole(bloc):
    set_targets(bloc, KN={"K": 3})
    Indicator.objects.filter(group__year=2017, code="KN").update(retired=Change.objects.latest("pk"))
    assert [finding.sentence for finding in groups_are_whole()] == [
        "K: nhóm “1. Kết nạp đảng viên mới (2017)” không có đúng một chỉ tiêu chính.",
        "K: “Đảng viên mới kết nạp” năm 2017 thôi dùng chưa trọn.",
    ]
