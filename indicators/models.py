"""What the committee chooses: the groups of a year, their indicators, their targets (domain §6)."""

from django.core.exceptions import ValidationError
from django.db import models
from simple_history.models import HistoricalRecords

from ledger.choices import TextChoices
from ledger.fields import CleanCharField
from ledger.models import Change, Recorded
from organizations.models import Organization
from ratings.models import Period

from .measures import MEASURES, choices


class InUse(models.Manager):
    """Without what a year went without again; that stays in the table and is found through `ever`."""

    def get_queryset(self):
        return super().get_queryset().filter(retired__isnull=True)


class Chosen(models.Model):
    """What the committee chose for a year: changed by the verbs of indicators/groups while the year is not closed.

    `retired`: the act by which the year goes without it, None while it is in use.
    """

    retired = models.ForeignKey(
        Change, models.PROTECT, related_name="+", null=True, blank=True, editable=False, verbose_name="thôi dùng bởi"
    )

    objects = InUse()
    ever = models.Manager()

    class Meta:
        abstract = True


IN_USE = models.Q(retired__isnull=True)


class TargetGroup(Chosen):
    """A group of a bloc's targets in a year."""

    bloc = models.ForeignKey(Organization, models.PROTECT, related_name="target_groups", verbose_name="đảng bộ")
    year = models.PositiveSmallIntegerField("năm")
    order = models.PositiveSmallIntegerField("thứ tự")
    code = models.CharField("mã", max_length=12)
    name = CleanCharField("tên nhóm", max_length=120)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "nhóm chỉ tiêu"
        verbose_name_plural = "nhóm chỉ tiêu"
        ordering = ["year", "order"]
        constraints = [
            models.UniqueConstraint(fields=["year", "bloc", "code"], condition=IN_USE, name="group_code_once_a_year"),
            models.UniqueConstraint(fields=["year", "bloc", "order"], condition=IN_USE, name="group_order_once_a_year"),
        ]

    def __str__(self):
        return f"{self.order}. {self.name} ({self.year})"


class Indicator(Chosen):
    """How a group is measured in its year: a count, or a numerator over a denominator out of the fixed registry."""

    class Kind(TextChoices):
        COUNT = "COUNT", "số lượng"
        RATIO = "RATIO", "tỷ lệ"

    class Direction(TextChoices):
        AT_LEAST = ">=", "càng cao càng tốt"
        AT_MOST = "<=", "càng thấp càng tốt"

    class Rule(TextChoices):
        ROUNDED = "lam_tron", "so sánh số đã làm tròn"
        EXACT = "chinh_xac", "so sánh số chính xác"

    class Below(TextChoices):
        OWN = "OWN", "chỉ khi được giao riêng"
        INHERIT = "INHERIT", "theo chỉ tiêu của Khối"
        STATE = "STATE", "chỉ nêu trạng thái"
        LETTERS = "LETTERS", "chỉ cơ quan kiểm tra, lãnh đạo xem"

    group = models.ForeignKey(TargetGroup, models.PROTECT, related_name="indicators", verbose_name="nhóm")
    code = models.CharField("mã", max_length=12)
    name = CleanCharField("tên chỉ tiêu", max_length=160)
    kind = models.CharField("loại", max_length=5, choices=Kind.choices)
    numerator = models.CharField("tử số", max_length=30, choices=choices)
    denominator = models.CharField("mẫu số", max_length=30, choices=choices, blank=True)
    unit = CleanCharField("đơn vị", max_length=40)
    denominator_name = CleanCharField("tên mẫu số", max_length=120, blank=True)
    direction = models.CharField("hướng", max_length=2, choices=Direction.choices, default=Direction.AT_LEAST)
    decimals = models.PositiveSmallIntegerField("số lẻ", default=0)
    rule = models.CharField("quy tắc so sánh", max_length=9, choices=Rule.choices, default=Rule.ROUNDED)
    empty_is_met = models.BooleanField("không phát sinh là đạt", default=False)
    required = models.BooleanField("bắt buộc", default=True)
    headline = models.BooleanField("chỉ tiêu chính của nhóm", default=True)
    below = models.CharField("ở dưới cấp Khối", max_length=7, choices=Below.choices, default=Below.INHERIT)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "chỉ tiêu"
        verbose_name_plural = "chỉ tiêu"
        ordering = ["group", "-headline", "code"]
        constraints = [
            models.UniqueConstraint(fields=["group", "code"], condition=IN_USE, name="indicator_once_a_group"),
            models.UniqueConstraint(
                fields=["group"],
                condition=IN_USE & models.Q(headline=True),
                name="one_headline_a_group",
                violation_error_message="Nhóm đã có chỉ tiêu chính.",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def measured_in(self):
        """What its figures and targets are measured in: "đảng viên", "%"."""
        return "%" if self.kind == self.Kind.RATIO else self.unit

    @property
    def is_set_below(self):
        """Whether an organization below the bloc is judged by a target of its own."""
        return self.below in (self.Below.OWN, self.Below.INHERIT)

    def clean(self):
        """A ratio needs a denominator that its numerator is part of; a count needs none."""
        if self.kind == self.Kind.RATIO and not self.denominator:
            raise ValidationError({"denominator": "Tỷ lệ cần có mẫu số."})
        if self.kind == self.Kind.COUNT and self.denominator:
            raise ValidationError({"denominator": "Chỉ tiêu số lượng không có mẫu số."})
        if self.denominator and not MEASURES[self.numerator].is_part_of(MEASURES[self.denominator]):
            raise ValidationError({"numerator": "Tử số phải là một phần của mẫu số (cùng loại số liệu)."})


class Target(Recorded):
    """What was set for an indicator and an organization; its document stands on its Change."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="targets", verbose_name="chỉ tiêu")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="targets", verbose_name="tổ chức")
    value = models.DecimalField("mức giao", max_digits=9, decimal_places=2)

    class Meta:
        verbose_name = "mức giao"
        verbose_name_plural = "mức giao"
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "organization"],
                condition=models.Q(voided__isnull=True),
                name="one_target_an_organization",
            )
        ]


class Closing(Recorded):
    """Figures of a locked period, frozen ("chốt số liệu"): `added` is the act up to which they know everything.

    `figures` and `rows`: canonical JSON (indicators/closing/closings.py), the texts and numbers, and the ids behind them.
    `seal`: SHA-256 of both, in hexadecimal.
    """

    period = models.ForeignKey(Period, models.PROTECT, related_name="closings", verbose_name="kỳ")
    figures = models.TextField("số liệu đã chốt")
    rows = models.TextField("các dòng đứng sau")
    seal = models.CharField("mã kiểm tra", max_length=64)

    class Meta:
        verbose_name = "lần chốt số liệu"
        verbose_name_plural = "lần chốt số liệu"
        constraints = [
            models.UniqueConstraint(
                fields=["period"],
                condition=models.Q(voided__isnull=True),
                name="one_closing_a_period",
                violation_error_message="Số liệu của kỳ này đã được chốt. Hãy tải lại trang.",
            )
        ]

    def __str__(self):
        return f"Chốt số liệu {self.period.inline}"
