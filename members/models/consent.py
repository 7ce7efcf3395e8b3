"""Who consents to the admission of somebody over the age: what a regulation changes, so a row (domain §4.3)."""

from django.db import models
from simple_history.models import HistoricalRecords

from ledger.fields import CleanCharField


class ConsentRule(models.Model):
    """One row: by whom the paper of one admitted over the age is issued, as it holds for what is recorded from now on."""

    issuer = CleanCharField(
        "cơ quan đồng ý",
        max_length=200,
        default="Ban Thường vụ Tỉnh ủy",
        help_text="Theo quy định thi hành Điều lệ Đảng đang áp dụng. Trang ghi kết nạp, mẫu tệp nhập và các câu nhắc nói tên "
        "này. Lần kết nạp đã ghi giữ cơ quan ghi trên văn bản của lần ấy.",
    )
    issuer_alone = models.BooleanField(
        "chỉ nhận văn bản của cơ quan này",
        default=False,
        help_text="Không đánh dấu thì ghi được cả văn bản của cơ quan khác, như cơ quan theo quy định trước đây. Đánh dấu thì "
        "việc ghi từ nay kèm văn bản của cơ quan khác không được nhận.",
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "cơ quan đồng ý kết nạp người quá tuổi"

    def __str__(self):
        return "Cơ quan đồng ý kết nạp người quá tuổi"
