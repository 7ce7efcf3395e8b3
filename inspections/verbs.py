"""What acts about inspections, discipline and letters are called. Whose they are to take back: inspections/undoing.py."""

from ledger.verbs import Verb

from .models import TOLD_AS


class InspectionVerb(Verb):
    REGISTER = "inspections.register", "Ghi kế hoạch, kết quả kiểm tra, giám sát"
    ADD_SUBJECTS = "inspections.add_subjects", "Thêm tổ chức được kiểm tra"
    DROP = "inspections.drop", "Bỏ khỏi kế hoạch kiểm tra"
    CARRY_OUT = "inspections.carry_out", "Hoàn thành kiểm tra, giám sát"
    CONCLUDE = "inspections.conclude", "Kết luận kiểm tra, giám sát"
    DISCIPLINE = "inspections.discipline", "Kỷ luật tổ chức đảng"
    TIE = "inspections.tie", "Ghi kỷ luật sau kiểm tra, giải quyết đơn"
    HAND_OVER = "inspections.hand_over", "Bàn giao việc kiểm tra, đơn thư"


class LetterVerb(Verb):
    RECEIVE = "inspections.receive_letter", "Ghi đơn thư tố cáo", None, TOLD_AS
    ACCEPT = "inspections.accept_letter", "Thụ lý đơn thư tố cáo", None, TOLD_AS
    EXTEND = "inspections.extend_deadline", "Gia hạn giải quyết đơn", None, TOLD_AS
    CORRECT = "inspections.correct_letter", "Sửa đơn thư tố cáo", None, TOLD_AS
    RESOLVE = "inspections.resolve_letter", "Giải quyết đơn thư tố cáo", None, TOLD_AS
    FORWARD = "inspections.forward_letter", "Chuyển đơn thư tố cáo", None, TOLD_AS
