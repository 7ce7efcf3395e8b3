"""What acts about ratings are called; none is taken back from the page of a person."""

from ledger.verbs import Verb


class RatingVerb(Verb):
    OPEN_PERIOD = "ratings.open_period", "Mở kỳ xếp loại {}"
    SET_DEADLINES = "ratings.set_deadlines", "Đặt hạn xếp loại {}"
    LOCK = "ratings.lock", "Khóa kỳ {}"
    NEW_VERSION = "ratings.new_version", "Lập bản mới của lược đồ"
    ADOPT = "ratings.adopt", "Áp dụng {}"
    RATE = "ratings.rate", "Nhập xếp loại đảng viên"
    REST = "ratings.rate_the_rest", "Đặt mức cho những người còn lại"
    PASTE = "ratings.paste", "Dán xếp loại từ bảng tính"
    UNDO = "ratings.undo", "Hoàn tác"
    EXPLAIN = "ratings.explain", "Giải trình của chi bộ"
    SUBMIT = "ratings.submit", "Nộp phiếu xếp loại"
    ENDORSE = "ratings.endorse", "Thẩm định phiếu"
    DECIDE = "ratings.decide", "Quyết định xếp loại đảng viên"
    ENDORSE_AND_DECIDE = "ratings.endorse_and_decide", "Thẩm định và quyết định xếp loại đảng viên"
    ACCEPT = "ratings.accept", "Tiếp nhận phiếu"
    REMIND = "ratings.remind", "Nhắc về phiếu xếp loại"
    SEND_BACK = "ratings.send_back", "Trả lại phiếu"
    PROPOSE = "ratings.propose", "Tự đề nghị mức xếp loại"
    RATE_ORGANIZATIONS = "ratings.rate_organizations", "Xếp loại tổ chức đảng"
    RECORD_TASKS = "ratings.record_tasks", "Ghi kết quả nhiệm vụ chính trị"
    CORRECT = "ratings.correct", "Điều chỉnh bổ sung xếp loại"
