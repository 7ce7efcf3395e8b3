"""What somebody may owe in a period, and how it is called."""

from enum import StrEnum

from organizations.access import Act
from ratings import permits
from ratings.models import OrganizationRating

Tier = OrganizationRating.Tier


class Duty(StrEnum):
    FILL = "Nhập xếp loại đảng viên và nộp phiếu"
    FILL_OWN = "Nhập và quyết định xếp loại đảng viên"
    ENDORSE = "Thẩm định phiếu"
    APPROVE = "Duyệt phiếu"
    DECIDE = "Quyết định xếp loại đảng viên"
    PROPOSE = "Tự đề nghị mức xếp loại của tổ chức"
    WORK = "Ghi kết quả nhiệm vụ chính trị"
    RATE_CELLS = "Quyết định mức xếp loại của chi bộ trực thuộc"
    URGE = "Đôn đốc phiếu quá hạn"
    ACCEPT = "Tiếp nhận phiếu đã quyết định"
    RATE_GRASSROOTS = "Quyết định mức xếp loại của tổ chức cơ sở đảng"
    LOCK = "Khóa kỳ"


TYPED_IN = permits.STATES[Act.RATE]
BLOC = {Duty.URGE, Duty.ACCEPT, Duty.RATE_GRASSROOTS, Duty.LOCK}
ON_ORGANIZATIONS = {Duty.RATE_CELLS, Duty.RATE_GRASSROOTS}
WORDS = {Tier.CELL: "chi bộ", Tier.SECTION: "đảng bộ bộ phận"}
TOGETHER = {Duty.ENDORSE: "phiếu chờ thẩm định", Duty.APPROVE: "phiếu chờ duyệt"}  # many sheets, one signature
