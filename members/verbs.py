"""What acts about people are called, and whose they are to take back: who may do an act may take it back."""

from ledger.verbs import Verb
from organizations.access import Keep


class MemberVerb(Verb):
    ENROLL = "members.enroll", "Ghi vào danh sách đảng viên", Keep.ROLL
    ADMIT = "members.admit", "Kết nạp đảng viên", Keep.ROLL
    COME_BACK = "members.come_back", "Trở lại danh sách đảng viên", Keep.ROLL
    MAKE_OFFICIAL = "members.make_official", "Công nhận đảng viên chính thức", Keep.ROLL
    EXTEND_PROBATION = "members.extend_probation", "Gia hạn dự bị", Keep.ROLL
    END_PROBATION = "members.end_probation", "Không công nhận chính thức, xóa tên", Keep.ROLL
    LEAVE = "members.leave", "Ra khỏi danh sách đảng viên", Keep.ROLL
    TRANSFER = "members.transfer", "Chuyển sinh hoạt chính thức", Keep.TRANSFER
    OFFER = "members.offer", "Giới thiệu chuyển sinh hoạt", Keep.TRANSFER
    ACCEPT_OFFER = "members.accept_offer", "Tiếp nhận chuyển sinh hoạt", Keep.TRANSFER
    REFUSE_OFFER = "members.refuse_offer", "Không tiếp nhận chuyển sinh hoạt", Keep.TRANSFER
    WITHDRAW_OFFER = "members.withdraw_offer", "Rút giới thiệu chuyển sinh hoạt", Keep.TRANSFER
    # The detail is the status. A temporary transfer is whoever's transfers are.
    SET_STATUS = "members.set_status", "{}", Keep.STATE
    LIFT_STATUS = "members.lift_status", "Thôi: {}", Keep.STATE
    TRANSFER_FOR_A_TIME = "members.transfer_for_a_time", "Chuyển sinh hoạt tạm thời", Keep.TRANSFER
    END_TEMPORARY_TRANSFER = "members.end_temporary_transfer", "Thôi: Chuyển sinh hoạt tạm thời", Keep.TRANSFER
    DISCIPLINE = "members.discipline", "Kỷ luật đảng viên", Keep.DISCIPLINE
    EXPEL = "members.expel", "Khai trừ khỏi Đảng", Keep.DISCIPLINE
    POST = "members.post", "Giữ chức vụ đảng", Keep.STATE
    END_POSTS = "members.end_posts", "Thôi chức vụ đảng", Keep.STATE
    AMEND = "members.amend", "Sửa hồ sơ đảng viên", Keep.RECORD
    MERGE_RECORDS = "members.merge_records", "Gộp hai hồ sơ của một đảng viên", Keep.RECORD
    AWARD_BADGES = "members.award_badges", "Trao Huy hiệu Đảng", Keep.BADGES


class CandidateVerb(Verb):
    RECOMMEND = "members.recommend", "Giới thiệu vào nguồn kết nạp", Keep.CANDIDATES
    ADVANCE = "members.advance", "Bước trong nguồn kết nạp", Keep.CANDIDATES
    STOP = "members.stop", "Đưa ra khỏi nguồn kết nạp", Keep.CANDIDATES
    AMEND = "members.amend_candidate", "Sửa lý lịch trong nguồn kết nạp", Keep.CANDIDATES
    ADMIT = "members.admit_candidate", "Kết nạp từ nguồn", Keep.ROLL
