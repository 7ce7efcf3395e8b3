"""What importing a file is called. The detail is the name of the file."""

from inspections.models import TOLD_AS
from ledger.verbs import Verb
from organizations.access import Keep


class ImportVerb(Verb):
    ORGANIZATIONS = "imports.organizations", "Nhập tổ chức từ tệp {}"
    MEMBERS = "imports.members", "Nhập đảng viên từ tệp {}", Keep.ROLL
    ADMISSIONS = "imports.admissions", "Nhập kết nạp từ tệp {}", Keep.ROLL
    MOVES = "imports.moves", "Nhập chuyển sinh hoạt, ra khỏi danh sách từ tệp {}", Keep.ROLL
    POSTS = "imports.posts", "Nhập chức vụ đảng từ tệp {}", Keep.STATE
    STATUSES = "imports.statuses", "Nhập trạng thái đảng viên từ tệp {}", Keep.STATE
    EXPULSIONS = "imports.expulsions", "Nhập khai trừ từ tệp {}", Keep.DISCIPLINE
    INSPECTIONS = "imports.inspections", "Nhập kiểm tra, giám sát từ tệp {}"
    LETTERS = "imports.letters", "Nhập đơn thư tố cáo từ tệp", None, TOLD_AS  # the name of the file may name somebody
    RECONCILE = "imports.reconcile", "Đối chiếu hồ sơ với tệp {}", Keep.RECORD
    TARGETS = "imports.targets", "Giao chỉ tiêu từ tệp {}"
    STAFF = "imports.staff", "Ghi số công chức, viên chức, người lao động từ tệp {}", Keep.STAFF
    ACCOUNTS = "imports.accounts", "Tạo tài khoản và giao vai trò từ tệp {}"
    RATINGS = "imports.ratings", "Nhập xếp loại đảng viên từ tệp {}"
    ORGANIZATION_RATINGS = "imports.organization_ratings", "Nhập xếp loại tổ chức từ tệp {}"
    RATING_SHEETS = "imports.rating_sheets", "Nhập phiếu xếp loại từ tệp {}"
