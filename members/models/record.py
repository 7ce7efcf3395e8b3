"""What became of a person's record: each value amended, and two records of one person merged (domain §4.2)."""

from django.db import models

from ledger.choices import TextChoices
from ledger.fields import CleanCharField
from ledger.models import Recorded

from .person import Member


class Amendment(Recorded):
    """One value of a record before and after an act, in the plain text of members/records/amendments.py."""

    can_be_taken_back = False  # the record follows it: undone with its act alone

    class Field(TextChoices):
        FULL_NAME = "full_name", "họ và tên"
        BIRTH_NAME = "birth_name", "tên khai sinh"
        GIVEN_NAME = "given_name", "tên gọi"
        SEX = "sex", "giới tính"
        BIRTH = "birth", "ngày sinh"
        ETHNIC_GROUP = "ethnic_group", "dân tộc"
        RELIGION = "religion", "tôn giáo"
        CARD_NUMBER = "card_number", "số thẻ đảng viên"
        QUALIFICATION = "qualification", "chuyên môn"
        THEORY = "theory", "lý luận chính trị"
        OCCUPATION = "occupation", "nghề nghiệp, vị trí"

    member = models.ForeignKey(Member, models.PROTECT, related_name="amendments", verbose_name="đảng viên")
    field = models.CharField("mục", max_length=13, choices=Field.choices)
    before = CleanCharField("trước", max_length=120, blank=True)
    after = CleanCharField("sau", max_length=120, blank=True)

    class Meta:
        verbose_name = "sửa hồ sơ"
        verbose_name_plural = "sửa hồ sơ"
        ordering = ["pk"]
        # A card that was exchanged still finds its holder (members/identity/cards.py).
        indexes = [models.Index(fields=["before"], name="amendment_old_card", condition=models.Q(field="card_number"))]


class Merger(Recorded):
    """Two records were of one person: what stood on `dropped` stands on `member` since."""

    can_be_taken_back = False

    member = models.ForeignKey(Member, models.PROTECT, related_name="mergers", verbose_name="hồ sơ giữ lại")
    dropped = models.ForeignKey(Member, models.PROTECT, related_name="merged_into", verbose_name="hồ sơ gộp vào")

    class Meta:
        verbose_name = "gộp hồ sơ"
        verbose_name_plural = "gộp hồ sơ"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dropped"],
                condition=models.Q(voided__isnull=True),
                name="merged_once",
                violation_error_message="Hồ sơ này đã được gộp vào một hồ sơ khác.",
            ),
            models.CheckConstraint(condition=~models.Q(member=models.F("dropped")), name="merged_into_another"),
        ]
