"""What acts about groups, targets and closings are called; none is taken back from the page of a person."""

from ledger.verbs import Verb


class FigureVerb(Verb):
    SET_GROUPS = "indicators.set_groups", "Đặt nhóm chỉ tiêu năm {}"
    ADD_GROUP = "indicators.add_group", "Thêm nhóm chỉ tiêu {}"
    CHANGE_GROUP = "indicators.change_group", "Đổi tên nhóm chỉ tiêu {}"
    ORDER_GROUPS = "indicators.order_groups", "Xếp thứ tự nhóm chỉ tiêu năm {}"
    RETIRE_GROUP = "indicators.retire_group", "Thôi dùng nhóm chỉ tiêu {}"
    RESTORE_GROUP = "indicators.restore_group", "Dùng lại nhóm chỉ tiêu {}"
    ADD_INDICATOR = "indicators.add_indicator", "Thêm chỉ tiêu {}"
    CHANGE_INDICATOR = "indicators.change_indicator", "Sửa chỉ tiêu {}"
    RETIRE_INDICATOR = "indicators.retire_indicator", "Thôi dùng chỉ tiêu {}"
    RESTORE_INDICATOR = "indicators.restore_indicator", "Dùng lại chỉ tiêu {}"
    OPEN_YEAR = "indicators.open_year", "Mở năm {}"
    SET_TARGETS = "indicators.set_targets", "Giao chỉ tiêu", None, "", True
    CLOSE = "indicators.close", "Chốt số liệu {}"
    WITHDRAW = "indicators.withdraw_closing", "Hủy chốt số liệu {}"
