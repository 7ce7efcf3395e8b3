"""The indicators of a group: added beside its headline, changed, made the headline, gone without."""

import pytest

from indicators.groups import indicators as chosen
from indicators.models import Indicator, Target
from indicators.soundness import groups_are_whole
from ledger.acts import Refused
from ledger.web.opened import Overtaken
from tests.indicators.board import indicator, lines, set_groups, set_targets
from tests.ratings.desk import SUBORDINATE, Desk
from tests.world import refused


@pytest.fixture
def bloc(world):
    set_groups(world, 2016, 2017)
    return world


def test_a_part_beside_the_headline(bloc):
    group = indicator("DV-HTT").group
    columns = {"name": "hoàn thành", "numerator": "rated_3", "denominator": "rated", "below": "OWN", "required": True}
    part = chosen.add_indicator(group, columns, **bloc.act())
    assert (part.code, part.headline, part.required, part.below) == ("DV-HTT-HT", False, False, "INHERIT")
    assert part.denominator_name == "đảng viên được xếp loại"
    with refused("Nhóm này đã có chỉ tiêu “Hoàn thành”. Hãy đặt tên khác."):
        chosen.add_indicator(group, columns | {"name": "Hoàn thành"}, **bloc.act())
    with refused("Mã TSVM-TB đã dùng trong năm 2017. Hãy chọn mã khác."):
        chosen.add_indicator(group, columns | {"name": "khác"}, code="TSVM-TB", **bloc.act())
    with refused(f"Nhóm “{group.name}” đã có chỉ tiêu chính. Chỉ tiêu thêm vào là chỉ tiêu kèm."):
        chosen.add_indicator(group, columns | {"name": "khác", "headline": True}, **bloc.act())
    with refused(
        "Số liệu về đơn thư tố cáo dưới cấp Khối chỉ cơ quan kiểm tra, lãnh đạo xem. "
        "Chỉ tiêu kèm về đơn thư phải đứng trong nhóm như vậy."
    ):
        chosen.add_indicator(group, {"name": "đơn", "numerator": "letters_due"}, **bloc.act())
    chosen.retire_indicator(part, **bloc.act())
    assert "DV-HTT-HT" not in lines(bloc, "K")
    again = chosen.add_indicator(group, columns, **bloc.act())
    assert again.code == part.code and again.pk != part.pk


def test_an_indicator_is_changed_and_counts_otherwise(bloc):
    desk = Desk(bloc)
    desk.rate_all(2, An=1, Chi=3)
    desk.submit(*SUBORDINATE)
    desk.endorse(*SUBORDINATE)
    desk.decide()
    set_targets(bloc, DV_HTT={"K": 95})
    row = indicator("DV-HTT")
    before = lines(bloc, "K")["DV-HTT"].result
    changed = {"numerator": "rated_top", "decimals": 1, "rule": "chinh_xac", "direction": "<=", "name": "Xuất sắc"}
    chosen.change_indicator(row, changed, group_name="Chất lượng", opened=chosen.texts(row), **bloc.act())
    after = lines(bloc, "K")["DV-HTT"]
    assert (before.numerator, after.result.numerator, after.result.denominator) != (0, 0, 0)
    assert after.result.numerator == lines(bloc, "K")["DV-XS"].result.numerator
    assert (after.group.name, after.indicator.name, after.result.target) == ("Chất lượng", "Xuất sắc", 95)
    assert indicator("DV-HTT", 2016).numerator == "rated_good"
    with refused("Không có gì thay đổi so với những gì đang ghi, nên không ghi thêm việc nào."):
        chosen.change_indicator(row, changed, **bloc.act())


def test_who_comes_second_is_shown_what_the_first_wrote(bloc):
    row = indicator("KN")
    opened = chosen.texts(row)
    chosen.change_indicator(row, {"name": "Kết nạp", "below": "INHERIT"}, **bloc.act())
    told = "tên chỉ tiêu nay là “Kết nạp”; ở dưới cấp Khối nay là “theo chỉ tiêu của Khối”"
    with pytest.raises(Overtaken, match=told):
        chosen.change_indicator(row, {"unit": "người"}, opened=opened, **bloc.act())
    assert indicator("KN").unit == "đảng viên"


def test_a_number_that_becomes_a_rate_withdraws_its_targets_when_told(bloc):
    set_targets(bloc, KN={"K": 115})
    rate = {"numerator": "admitted_youth", "denominator": "admitted"}
    with pytest.raises(Refused, match="Đang có 1 mức giao dựa vào đây. Đổi giữa số lượng và tỷ lệ"):
        chosen.change_indicator(indicator("KN"), rate, **bloc.act())
    chosen.change_indicator(indicator("KN"), rate, withdraw=True, **bloc.act())
    assert (indicator("KN").kind, Target.objects.standing().exists()) == ("RATIO", False)
    set_targets(bloc, KN={"K": 60})
    chosen.change_indicator(indicator("KN"), {"numerator": "admitted", "denominator": ""}, withdraw=True, **bloc.act())
    assert (indicator("KN").kind, indicator("KN").denominator_name) == ("COUNT", "")
    set_targets(bloc, KN={"K": 4})
    chosen.change_indicator(indicator("KN"), {"name": "Kết nạp"}, withdraw=True, **bloc.act())
    assert Target.objects.standing().get().value == 4


def test_a_part_becomes_the_headline(bloc):
    set_targets(bloc, DV_HTT={"K": 95})
    sentence = (
        "Nhóm nào cũng có một chỉ tiêu chính. Muốn đổi, hãy mở chỉ tiêu kèm của nhóm và lấy nó làm chỉ tiêu chính."
    )
    with refused(sentence):
        chosen.change_indicator(indicator("DV-HTT"), {"headline": False}, **bloc.act())
    with refused(f"{sentence} Nếu không cần cả nhóm, hãy thôi dùng nhóm."):
        chosen.retire_indicator(indicator("DV-HTT"), **bloc.act())
    part = indicator("DV-XS")
    with pytest.raises(Refused, match="Đang có 1 mức giao dựa vào đây. Chỉ tiêu chính của nhóm đổi"):
        chosen.change_indicator(part, {"headline": True}, **bloc.act())
    chosen.change_indicator(part, {"headline": True}, withdraw=True, **bloc.act())
    now = {i.code: (i.headline, i.required) for i in Indicator.objects.filter(group=part.group)}
    assert now == {"DV-XS": (True, True), "DV-HTT": (False, False)}
    assert not Target.objects.standing().exists() and list(groups_are_whole()) == []
    set_targets(bloc, DV_XS={"K": 20})


def test_parts_apply_below_the_bloc_as_their_headline_does(bloc):
    chosen.change_indicator(indicator("DV-HTT"), {"below": "OWN"}, **bloc.act())
    assert indicator("DV-XS").below == "OWN"
    with refused(
        "“Đảng viên hoàn thành xuất sắc nhiệm vụ” không có trạng thái để nêu ở từng tổ chức. "
        "Hãy chọn cách áp dụng khác ở dưới cấp Khối."
    ):
        rated = {"numerator": "finance_checked", "denominator": "grassroots", "below": "STATE"}
        chosen.change_indicator(indicator("DV-HTT"), rated, **bloc.act())
