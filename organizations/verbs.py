"""What acts about the tree, about offices and about staff are called, and whose they are to take back."""

from ledger.verbs import Verb

from .rights import Keep


class TreeVerb(Verb):
    FOUND = "organizations.found", "Thành lập tổ chức", Keep.TREE
    RENAME = "organizations.rename", "Đổi tên tổ chức", Keep.TREE
    MOVE = "organizations.move", "Chuyển trực thuộc", Keep.TREE
    MERGE = "organizations.merge", "Sáp nhập tổ chức", Keep.TREE
    UNITE = "organizations.unite", "Hợp nhất tổ chức", Keep.TREE
    SPLIT = "organizations.split", "Chia tách tổ chức", Keep.TREE
    DISSOLVE = "organizations.dissolve", "Giải thể tổ chức", Keep.TREE
    CHANGE_KIND = "organizations.change_kind", "Chuyển loại hình tổ chức", Keep.TREE
    PUT_SECTION = "organizations.put_section", "Thành lập đảng bộ bộ phận", Keep.TREE
    LIFT_SECTION = "organizations.lift_section", "Kết thúc đảng bộ bộ phận", Keep.TREE
    END_BLOC = "organizations.end_bloc", "Kết thúc hoạt động đảng bộ khối", Keep.TREE
    RECEIVE = "organizations.receive", "Tiếp nhận tổ chức từ nơi khác", Keep.TREE
    SEND_AWAY = "organizations.send_away", "Chuyển giao tổ chức đi nơi khác", Keep.TREE
    APPROVE_SIZE = "organizations.approve_size", "Đồng ý về số lượng đảng viên"


class OfficeVerb(Verb):
    APPOINT = "organizations.appoint", "Phân công"
    DISMISS = "organizations.dismiss", "Thôi phân công"
    PROPOSE = "organizations.propose_office", "Đề nghị phân công"
    CONFIRM = "organizations.confirm_office", "Xác nhận phân công"
    DECLINE = "organizations.decline_office", "Không xác nhận phân công"
    ACKNOWLEDGE = "organizations.acknowledge_office", "Ghi nhận phân công"
    OPEN_ACCOUNTS = "organizations.open_accounts", "Tạo tài khoản và giao vai trò"
    HAND_OVER = "organizations.hand_over_office", "Bàn giao vai trò"
    DEPUTIZE = "organizations.deputize", "Giao người thay tạm thời"
    SET_PASSWORD = "organizations.set_password", "Đặt mật khẩu cho người giữ vai trò"


class StaffVerb(Verb):
    SET_STAFF = "organizations.set_staff", "Ghi số công chức, viên chức, người lao động năm {}", Keep.STAFF
