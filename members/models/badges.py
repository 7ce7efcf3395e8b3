"""Party badges (Huy hiệu Đảng): the levels, the days they are awarded on, and who received which (domain §4.4)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from simple_history.models import HistoricalRecords

from ledger.choices import IntegerChoices
from ledger.fields import CleanCharField, CleanTextField
from ledger.models import Recorded
from organizations.models import Organization

from .person import Member

A_COMMON_YEAR = 2001


class BadgeLevel(models.Model):
    years = models.PositiveSmallIntegerField(
        "số năm tuổi Đảng", unique=True, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    months_early = models.PositiveSmallIntegerField(
        "trao sớm nhiều nhất (tháng)", default=0, validators=[MaxValueValidator(60)], help_text="Khi ốm nặng."
    )
    months_posthumous = models.PositiveSmallIntegerField(
        "truy tặng khi còn thiếu nhiều nhất (tháng)", default=0, validators=[MaxValueValidator(60)]
    )
    in_use = models.BooleanField("đang dùng", default=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "mức Huy hiệu Đảng"
        verbose_name_plural = "mức Huy hiệu Đảng"
        ordering = ["years"]

    def __str__(self):
        return f"Huy hiệu {self.years} năm tuổi Đảng"


class AwardDay(models.Model):
    """A day of every year on which badges are awarded."""

    name = CleanCharField("tên đợt", max_length=80)
    month = models.PositiveSmallIntegerField("tháng", validators=[MinValueValidator(1), MaxValueValidator(12)])
    day = models.PositiveSmallIntegerField("ngày", validators=[MinValueValidator(1), MaxValueValidator(31)])
    in_use = models.BooleanField("đang dùng", default=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "đợt trao Huy hiệu Đảng"
        verbose_name_plural = "đợt trao Huy hiệu Đảng"
        ordering = ["month", "day"]
        constraints = [
            models.UniqueConstraint(
                fields=["month", "day"], name="award_day_once", violation_error_message="Đợt trao vào ngày này đã có."
            )
        ]

    def __str__(self):
        return f"{self.day:02}/{self.month:02}"

    def clean(self):
        try:
            self.of(A_COMMON_YEAR)
        except (ValueError, TypeError):
            raise ValidationError("Ngày và tháng này không có trong mọi năm. Hãy chọn ngày khác.") from None

    def of(self, year):
        """The date in `year`."""
        return date(year, self.month, self.day)


class BadgeAward(Recorded):
    """A badge received on a day. `organization` is empty when it was outside the bloc, or before the register began."""

    can_be_taken_back = False
    follows = ("organization_id",)

    class Kind(IntegerChoices):
        ON_TIME = 1, "Đúng hạn"
        EARLY = 2, "Trao sớm"
        POSTHUMOUS = 3, "Truy tặng"

    member = models.ForeignKey(Member, models.PROTECT, related_name="badges", verbose_name="đảng viên")
    level = models.ForeignKey(BadgeLevel, models.PROTECT, related_name="awards", verbose_name="mức")
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="badges", verbose_name="chi bộ"
    )
    on = models.DateField("ngày trao")
    kind = models.PositiveSmallIntegerField("hình thức", choices=Kind.choices, default=Kind.ON_TIME)
    reason = CleanTextField("lý do", blank=True)

    class Meta:
        verbose_name = "Huy hiệu Đảng đã trao"
        verbose_name_plural = "Huy hiệu Đảng đã trao"
        constraints = [
            models.UniqueConstraint(
                fields=["member", "level"],
                condition=models.Q(voided__isnull=True),
                name="badge_once",
                violation_error_message="Đảng viên này đã nhận Huy hiệu Đảng mức đó.",
            )
        ]
        indexes = [models.Index(fields=["on"])]
