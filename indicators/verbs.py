"""What acts about groups, targets and closings are called; none is taken back from the page of a person."""

from ledger.verbs import Verb


class FigureVerb(Verb):
    SET_GROUPS = "indicators.set_groups", "Đặt nhóm chỉ tiêu năm {}"
    SET_TARGETS = "indicators.set_targets", "Giao chỉ tiêu", None, "", True
    CLOSE = "indicators.close", "Chốt số liệu {}"
    WITHDRAW = "indicators.withdraw_closing", "Hủy chốt số liệu {}"
