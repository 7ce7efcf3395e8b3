"""What a scheme is made of: rows that the administrator edits, never code (domain §2)."""

from django.db import models
from simple_history.models import HistoricalRecords

from ledger.fields import CleanCharField


class Scheme(models.Model):
    """How ratings are made in the years it holds."""

    code = models.CharField("mã", max_length=10, unique=True)
    name = CleanCharField("tên", max_length=200)
    first_year = models.PositiveSmallIntegerField("từ năm")
    last_year = models.PositiveSmallIntegerField("đến năm", null=True, blank=True)
    legal_basis = CleanCharField("căn cứ", max_length=300)
    comparable_group = models.CharField(
        "nhóm so sánh được", max_length=1, help_text="Chỉ nối số liệu các năm trong cùng một nhóm."
    )
    confirmed = models.BooleanField("đã đối chiếu văn bản", default=False)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "lược đồ xếp loại"
        verbose_name_plural = "lược đồ xếp loại"
        ordering = ["first_year"]

    def __str__(self):
        return self.name


class Level(models.Model):
    """One of the disjoint levels M1–M4; `rank` 1 is the highest."""

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="levels", verbose_name="lược đồ")
    code = models.CharField("mã", max_length=2)
    rank = models.PositiveSmallIntegerField("bậc")
    organization_label = CleanCharField("tên mức của tổ chức", max_length=120)
    member_label = CleanCharField("tên mức của đảng viên", max_length=120)
    least_points = models.PositiveSmallIntegerField("từ điểm", null=True, blank=True)
    confirmed = models.BooleanField("đã đối chiếu văn bản", default=False)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "mức xếp loại"
        verbose_name_plural = "mức xếp loại"
        ordering = ["scheme", "rank"]
        constraints = [models.UniqueConstraint(fields=["scheme", "rank"], name="level_once")]

    def __str__(self):
        return self.member_label


class Cap(models.Model):
    """The most that may be rated at the top level, in each grassroots organization (domain §2.3)."""

    class Limits(models.TextChoices):
        MEMBERS = "MEMBERS", "đảng viên"
        ORGANIZATIONS = "ORGANIZATIONS", "tổ chức"

    class Base(models.TextChoices):
        TOP_TWO = "TOP_TWO", "xuất sắc và tốt"
        SECOND = "SECOND", "chỉ hoàn thành tốt"
        ALL = "ALL", "tất cả được xếp loại"

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="caps", verbose_name="lược đồ")
    limits = models.CharField("giới hạn", max_length=13, choices=Limits.choices)
    percent = models.DecimalField("tỷ lệ tối đa (%)", max_digits=5, decimal_places=2)
    base = models.CharField("tính trên", max_length=7, choices=Base.choices)
    enabled = models.BooleanField("đang áp dụng", default=False)
    confirmed = models.BooleanField("đã đối chiếu văn bản", default=False)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "tỷ lệ khống chế"
        verbose_name_plural = "tỷ lệ khống chế"

    def __str__(self):
        return f"{self.scheme}: {self.get_limits_display()} không quá {self.percent.normalize():f}%"


class Reason(models.Model):
    """Why a member or an organization is not rated, or not above a level (domain §2.4)."""

    class Kind(models.TextChoices):
        EXCLUDED = "EXCLUDED", "không thuộc diện xếp loại"
        CEILING = "CEILING", "giới hạn mức"
        POSTPONED = "POSTPONED", "chưa xếp loại"

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="reasons", verbose_name="lược đồ")
    code = models.CharField("mã", max_length=20)
    label = CleanCharField("nội dung", max_length=150)
    kind = models.CharField("loại", max_length=9, choices=Kind.choices)
    of_organizations = models.BooleanField("dùng cho tổ chức", default=False)
    ceiling = models.PositiveSmallIntegerField("bậc cao nhất được xếp", null=True, blank=True)
    confirmed = models.BooleanField("đã đối chiếu văn bản", default=False)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "lý do"
        verbose_name_plural = "lý do không xếp loại, giới hạn mức"
        ordering = ["scheme", "code"]
        constraints = [models.UniqueConstraint(fields=["scheme", "code"], name="reason_once")]

    def __str__(self):
        return self.label
