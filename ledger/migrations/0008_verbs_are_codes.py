"""What was done is kept as a code and not as the sentence of the day: the words may be corrected, and whose an act is to
take back is found all the same. Acts recorded under words that nobody knows keep these words.
"""

from django.db import migrations, models

CODES = {
    "Hủy dòng đã ghi": "ledger.take_back",
    "Thành lập tổ chức": "organizations.found",
    "Đổi tên tổ chức": "organizations.rename",
    "Chuyển trực thuộc": "organizations.move",
    "Sáp nhập tổ chức": "organizations.merge",
    "Hợp nhất tổ chức": "organizations.unite",
    "Chia tách tổ chức": "organizations.split",
    "Giải thể tổ chức": "organizations.dissolve",
    "Chuyển loại hình tổ chức": "organizations.change_kind",
    "Thành lập đảng bộ bộ phận": "organizations.put_section",
    "Kết thúc đảng bộ bộ phận": "organizations.lift_section",
    "Kết thúc hoạt động đảng bộ khối": "organizations.end_bloc",
    "Tiếp nhận tổ chức từ nơi khác": "organizations.receive",
    "Chuyển giao tổ chức đi nơi khác": "organizations.send_away",
    "Đồng ý về số lượng đảng viên": "organizations.approve_size",
    "Phân công": "organizations.appoint",
    "Thôi phân công": "organizations.dismiss",
    "Đề nghị phân công": "organizations.propose_office",
    "Xác nhận phân công": "organizations.confirm_office",
    "Không xác nhận phân công": "organizations.decline_office",
    "Ghi nhận phân công": "organizations.acknowledge_office",
    "Đặt mật khẩu cho người giữ vai trò": "organizations.set_password",
    "Ghi vào danh sách đảng viên": "members.enroll",
    "Kết nạp đảng viên": "members.admit",
    "Trở lại danh sách đảng viên": "members.come_back",
    "Công nhận đảng viên chính thức": "members.make_official",
    "Gia hạn dự bị": "members.extend_probation",
    "Không công nhận chính thức, xóa tên": "members.end_probation",
    "Ra khỏi danh sách đảng viên": "members.leave",
    "Chuyển sinh hoạt chính thức": "members.transfer",
    "Giới thiệu chuyển sinh hoạt": "members.offer",
    "Tiếp nhận chuyển sinh hoạt": "members.accept_offer",
    "Không tiếp nhận chuyển sinh hoạt": "members.refuse_offer",
    "Rút giới thiệu chuyển sinh hoạt": "members.withdraw_offer",
    "Chuyển sinh hoạt tạm thời": "members.transfer_for_a_time",
    "Thôi: Chuyển sinh hoạt tạm thời": "members.end_temporary_transfer",
    "Kỷ luật đảng viên": "members.discipline",
    "Khai trừ khỏi Đảng": "members.expel",
    "Giữ chức vụ đảng": "members.post",
    "Thôi chức vụ đảng": "members.end_posts",
    "Sửa hồ sơ đảng viên": "members.amend",
    "Gộp hai hồ sơ của một đảng viên": "members.merge_records",
    "Trao Huy hiệu Đảng": "members.award_badges",
    "Giới thiệu vào nguồn kết nạp": "members.recommend",
    "Bước trong nguồn kết nạp": "members.advance",
    "Đưa ra khỏi nguồn kết nạp": "members.stop",
    "Sửa lý lịch trong nguồn kết nạp": "members.amend_candidate",
    "Kết nạp từ nguồn": "members.admit_candidate",
    "Ghi kế hoạch, kết quả kiểm tra, giám sát": "inspections.register",
    "Thêm tổ chức được kiểm tra": "inspections.add_subjects",
    "Bỏ khỏi kế hoạch kiểm tra": "inspections.drop",
    "Hoàn thành kiểm tra, giám sát": "inspections.carry_out",
    "Kết luận kiểm tra, giám sát": "inspections.conclude",
    "Kỷ luật tổ chức đảng": "inspections.discipline",
    "Ghi kỷ luật sau kiểm tra, giải quyết đơn": "inspections.tie",
    "Bàn giao việc kiểm tra, đơn thư": "inspections.hand_over",
    "Ghi đơn thư tố cáo": "inspections.receive_letter",
    "Thụ lý đơn thư tố cáo": "inspections.accept_letter",
    "Gia hạn giải quyết đơn": "inspections.extend_deadline",
    "Sửa đơn thư tố cáo": "inspections.correct_letter",
    "Giải quyết đơn thư tố cáo": "inspections.resolve_letter",
    "Chuyển đơn thư tố cáo": "inspections.forward_letter",
    "Lập bản mới của lược đồ": "ratings.new_version",
    "Nhập xếp loại đảng viên": "ratings.rate",
    "Đặt mức cho những người còn lại": "ratings.rate_the_rest",
    "Dán xếp loại từ bảng tính": "ratings.paste",
    "Hoàn tác": "ratings.undo",
    "Giải trình của chi bộ": "ratings.explain",
    "Nộp phiếu xếp loại": "ratings.submit",
    "Thẩm định phiếu": "ratings.endorse",
    "Quyết định xếp loại đảng viên": "ratings.decide",
    "Tiếp nhận phiếu": "ratings.accept",
    "Trả lại phiếu": "ratings.send_back",
    "Tự đề nghị mức xếp loại": "ratings.propose",
    "Xếp loại tổ chức đảng": "ratings.rate_organizations",
    "Ghi kết quả nhiệm vụ chính trị": "ratings.record_tasks",
    "Điều chỉnh bổ sung xếp loại": "ratings.correct",
    "Giao chỉ tiêu": "indicators.set_targets",
}
STATUSES = ("Được miễn công tác và sinh hoạt đảng", "Bị đình chỉ sinh hoạt đảng", "Nghỉ ốm")
BEGINNINGS = {
    "Đặt nhóm chỉ tiêu năm ": "indicators.set_groups",
    "Đặt hạn xếp loại ": "ratings.set_deadlines",
    "Hủy chốt số liệu ": "indicators.withdraw_closing",
    "Mở kỳ xếp loại ": "ratings.open_period",
    "Chốt số liệu ": "indicators.close",
    "Hủy việc: ": "ledger.undo",
    "Khóa kỳ ": "ratings.lock",
    "Áp dụng ": "ratings.adopt",
}
ENDED, OTHER, LONGEST = "Thôi: ", "ledger.other", 60


def read(text):
    """(code, detail) of an act that was kept under the words `text`."""
    if code := CODES.get(text):
        return code, ""
    if text in STATUSES:
        return "members.set_status", text
    if text.removeprefix(ENDED) in STATUSES:
        return "members.lift_status", text.removeprefix(ENDED)
    for words, code in BEGINNINGS.items():
        if text.startswith(words):
            return code, text.removeprefix(words)
    return OTHER, text


def to_codes(apps, editor):
    changes = apps.get_model("ledger", "Change").objects.using(editor.connection.alias).order_by()
    pairs = changes.filter(undone__isnull=False).values_list("undone", "verb")
    whole = {undoing: text for undoing, text in pairs if len(text) > LONGEST - len("Hủy việc: ")}
    for text in list(changes.values_list("verb", flat=True).distinct()):
        code, detail = read(text)
        changes.filter(verb=text).update(verb=code, detail=detail)
    for undoing, text in whole.items():  # these had been cut to the length of the column
        changes.filter(pk=undoing).update(detail=text)


def to_words(apps, editor):
    changes = apps.get_model("ledger", "Change").objects.using(editor.connection.alias).order_by()
    words = {code: text for text, code in CODES.items()} | {"members.lift_status": ENDED}
    words |= {code: text for text, code in BEGINNINGS.items()}
    for code, detail in list(changes.values_list("verb", "detail").distinct()):
        changes.filter(verb=code, detail=detail).update(verb=(words.get(code, "") + detail)[:LONGEST])


class Migration(migrations.Migration):
    dependencies = [("ledger", "0007_numbers_alike")]

    operations = [
        migrations.AddField(
            "change", "detail", models.CharField("chi tiết của việc", max_length=200, blank=True, default=""), preserve_default=False
        ),
        migrations.RunPython(to_codes, to_words),
    ]
