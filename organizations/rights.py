"""Who may do what, as tables: how one stands to an organization, and what each standing lets one do (domain §2.5, §4)."""

from enum import StrEnum

from .models import Role


class Capacity(StrEnum):
    """How a user stands to an organization."""

    CELL = "bí thư chi bộ"
    SECTION = "đảng ủy bộ phận"
    COMMITTEE = "đảng ủy cơ sở"
    DEPARTMENT = "Ban Tổ chức Đảng ủy Khối"
    INSPECTION = "Ủy ban Kiểm tra Đảng ủy Khối"
    LEADER = "lãnh đạo Đảng ủy Khối"


class Act(StrEnum):
    """What is done about ratings (domain §2.5)."""

    RATE = "nhập xếp loại"
    PROPOSE = "đề nghị mức của tổ chức mình"
    SUBMIT = "nộp phiếu"
    ENDORSE = "thẩm định phiếu"
    DECIDE = "quyết định xếp loại đảng viên"
    RETURN = "trả lại phiếu"
    REMIND = "nhắc về phiếu"
    ACCEPT = "tiếp nhận phiếu"
    REOPEN = "trả lại phiếu đã quyết định"
    RATE_CELL = "quyết định xếp loại chi bộ trực thuộc"
    RATE_GRASSROOTS = "quyết định xếp loại tổ chức cơ sở đảng"
    CORRECT = "điều chỉnh sau khi khóa kỳ"
    MANAGE = "mở kỳ, đặt hạn, khóa kỳ"


class Keep(StrEnum):
    """What is kept in the registers, each with its own verbs (domain §2.5, §4)."""

    TREE = "sắp xếp tổ chức"
    STAFF = "ghi số công chức, viên chức, người lao động"
    RECORD = "sửa hồ sơ đảng viên"
    ROLL = "ghi kết nạp, chính thức, chuyển đến, ra khỏi danh sách"
    TRANSFER = "chuyển sinh hoạt đảng"
    STATE = "ghi trạng thái, chức vụ của đảng viên"
    DISCIPLINE = "ghi kỷ luật đảng viên"
    CANDIDATES = "ghi nguồn kết nạp"
    BADGES = "ghi Huy hiệu Đảng"
    TARGETS = "giao chỉ tiêu"
    FIGURES = "chốt số liệu"
    INSPECTIONS = "ghi kiểm tra, giám sát"
    LETTERS = "ghi đơn thư tố cáo"


KEEPING_RIGHTS = {
    Keep.TREE: {Capacity.DEPARTMENT},
    Keep.STAFF: {Capacity.DEPARTMENT, Capacity.COMMITTEE},
    Keep.RECORD: {Capacity.DEPARTMENT, Capacity.COMMITTEE},
    Keep.ROLL: {Capacity.DEPARTMENT},
    Keep.TRANSFER: {Capacity.DEPARTMENT, Capacity.COMMITTEE},
    Keep.STATE: {Capacity.DEPARTMENT, Capacity.COMMITTEE},
    Keep.DISCIPLINE: {Capacity.INSPECTION},
    Keep.CANDIDATES: {Capacity.DEPARTMENT, Capacity.COMMITTEE, Capacity.SECTION, Capacity.CELL},
    Keep.BADGES: {Capacity.DEPARTMENT},
    Keep.TARGETS: {Capacity.DEPARTMENT},
    Keep.FIGURES: {Capacity.DEPARTMENT},
    Keep.INSPECTIONS: {Capacity.INSPECTION, Capacity.COMMITTEE},
    Keep.LETTERS: {Capacity.INSPECTION},
}

# A cell that is itself a grassroots organization has its secretary in both capacities: it decides its own members.
# Where a section committee stands between, it reviews the sheets; the committee above may do so, too.
RATING_RIGHTS = {
    Act.RATE: (Capacity.CELL,),
    Act.PROPOSE: (Capacity.CELL,),
    Act.SUBMIT: (Capacity.CELL,),
    Act.ENDORSE: (Capacity.SECTION, Capacity.COMMITTEE),
    Act.DECIDE: (Capacity.COMMITTEE,),
    Act.RETURN: (Capacity.SECTION, Capacity.COMMITTEE),
    Act.REMIND: (Capacity.SECTION, Capacity.COMMITTEE, Capacity.DEPARTMENT),
    Act.ACCEPT: (Capacity.DEPARTMENT,),
    Act.REOPEN: (Capacity.DEPARTMENT,),
    Act.RATE_CELL: (Capacity.COMMITTEE,),
    Act.RATE_GRASSROOTS: (Capacity.LEADER,),
    Act.CORRECT: (Capacity.DEPARTMENT,),
    Act.MANAGE: (Capacity.DEPARTMENT,),
}


def whose(act: Act) -> str:
    """Whose right `act` is, in words; of several the one above all."""
    return str(RATING_RIGHTS[act][-1])


BLOC_CAPACITIES = {
    Role.ORGANIZATION: Capacity.DEPARTMENT,
    Role.INSPECTION: Capacity.INSPECTION,
    Role.LEADER: Capacity.LEADER,
}
BLOC_ROLES = set(BLOC_CAPACITIES)
OF_THE_WHOLE = set(BLOC_CAPACITIES.values())  # held towards a bloc, and alike towards all in it
REACHING_DOWN = {
    Capacity.SECTION,
    Capacity.COMMITTEE,
    *OF_THE_WHOLE,
}  # held towards what stands below one's own organization
SEE_LETTERS = {Capacity.INSPECTION, Capacity.LEADER}
