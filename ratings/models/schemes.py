"""What a scheme is made of: rows that the administrator edits, never code (domain §2).

A row of Scheme is one version of it. What a locked period reads is changed no more: a change is a new version.
"""

import re
from functools import cached_property

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models, transaction
from django.db.models.signals import pre_delete
from simple_history.models import HistoricalRecords

from ledger.acts import Refused
from ledger.choices import TextChoices
from ledger.fields import CleanCharField
from ledger.text import within_sentence

WHOSE = re.compile(r"^(đảng viên )?(đủ tư cách, )?", re.IGNORECASE)


class HeldByLocks(models.Model):
    """A row of a scheme: written and deleted only while no locked period reads that scheme, whoever writes."""

    class Meta:
        abstract = True

    def clean(self):
        super().clean()
        self.hold()

    def save(self, *args, **kwargs):
        with transaction.atomic():
            self.hold()
            super().save(*args, **kwargs)

    def _schemes(self):
        """Ids of the schemes that the row belongs to: as it is, and as it stands in the database."""
        stored = type(self)._base_manager.filter(pk=self.pk).values_list("scheme_id", flat=True) if self.pk else ()
        return {self.scheme_id, *stored} - {None}

    def hold(self):
        """Refused when a locked period reads one of its schemes; who locks a period now waits for us, or we for them."""
        rows = Scheme.objects.filter(pk__in=self._schemes())
        if transaction.get_connection().in_atomic_block:
            rows = rows.select_for_update(no_key=True, of=("self",))
        for scheme in rows.order_by("pk"):
            if scheme.is_fixed:
                raise Refused(scheme.fixed)


class Scheme(HeldByLocks):
    """How ratings are made in the years it holds."""

    code = models.CharField("mã", max_length=10)
    version = models.PositiveSmallIntegerField("bản", default=1, editable=False)
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
        ordering = ["first_year", "code", "version"]
        constraints = [models.UniqueConstraint(fields=["version", "code"], name="scheme_version_once")]

    def __str__(self):
        return self.name if self.version == 1 else f"{self.name} ({self.numbered})"

    def clean(self):
        super().clean()
        # The version is no field of a form, so that its constraint is not looked at there.
        same = type(self).objects.filter(code=self.code, version=self.version)
        if same.exclude(pk=self.pk).exists():
            raise ValidationError({"code": "Mã lược đồ này đã có. Hãy chọn mã khác, hoặc lập bản mới của lược đồ đó."})

    def _schemes(self):
        return {self.pk} - {None}

    @property
    def numbered(self):
        return f"bản {self.version}"

    @property
    def locked_periods(self):
        return self.period_set.filter(voided__isnull=True, locked__isnull=False)

    @property
    def is_fixed(self):
        """Whether a locked period reads it."""
        return self.locked_periods.exists()

    @property
    def fixed(self):
        """The sentence that refuses to change it."""
        periods = ", ".join(period.of_its_bloc for period in self.locked_periods.select_related("bloc"))
        return (
            f"Kỳ đã khóa đang đọc “{self}” ({periods}), nên bản này không đổi được nữa. "
            "Hãy lập bản mới của lược đồ rồi sửa ở bản mới; kỳ đã khóa giữ bản của mình."
        )

    @classmethod
    def latest_for(cls, year):
        """The version of a scheme that a period of `year` opens with, or None.

        A version that begins in a later year leaves those before it to the version before it.
        """
        begun = {scheme.code: scheme for scheme in cls.objects.filter(first_year__lte=year).order_by("version")}
        return max(begun.values(), key=lambda scheme: (scheme.first_year, scheme.pk), default=None)

    def rank_of(self, points):
        """Rank of the level that `points` (Decimal, 0–100) reach; None where this scheme does not go by points."""
        return next((rank for rank, least in self.cuts if points >= least), None)

    @property
    def by_points(self):
        return bool(self.cuts)

    @cached_property
    def cuts(self):
        """[(rank, least points)], the highest first; empty where levels are chosen and not reached."""
        return [(x.rank, x.least_points) for x in self.levels.all() if x.least_points is not None]


class Level(HeldByLocks):
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

    @property
    def key(self):
        """As the fields of a form carry it."""
        return str(self.rank)

    @property
    def member_words(self):
        """The member's level without whom it is of: "hoàn thành tốt nhiệm vụ"."""
        return WHOSE.sub("", self.member_label)

    @property
    def short(self):
        """The member's level as it stands on a button: "xuất sắc", "tốt", "hoàn thành", "không hoàn thành"."""
        return _short(self.member_words)

    @property
    def organization_short(self):
        return _short(self.organization_label)


def _short(words):
    words = within_sentence(words).removesuffix(" nhiệm vụ")
    return words if words == "hoàn thành" else words.removeprefix("hoàn thành ")


class Cap(HeldByLocks):
    """The most that may be rated at the top level, in each grassroots organization (domain §2.3)."""

    class Limits(TextChoices):
        MEMBERS = "MEMBERS", "đảng viên"
        ORGANIZATIONS = "ORGANIZATIONS", "tổ chức"

    class Base(TextChoices):
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


class Reason(HeldByLocks):
    """Why a member or an organization is not rated, or not above a level (domain §2.4)."""

    class Kind(TextChoices):
        EXCLUDED = "EXCLUDED", "không thuộc diện xếp loại"
        CEILING = "CEILING", "giới hạn mức"
        POSTPONED = "POSTPONED", "chưa xếp loại"

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="reasons", verbose_name="lược đồ")
    code = models.CharField("mã", max_length=20)
    label = CleanCharField("nội dung", max_length=150)
    kind = models.CharField("loại", max_length=9, choices=Kind.choices)
    of_organizations = models.BooleanField("dùng cho tổ chức", default=False)
    ceiling = models.PositiveSmallIntegerField("bậc cao nhất được xếp", null=True, blank=True)
    months = models.PositiveSmallIntegerField(
        "số tháng", null=True, blank=True, help_text="Mốc tháng của lý do, nếu có."
    )
    confirmed = models.BooleanField("đã đối chiếu văn bản", default=False)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "lý do"
        verbose_name_plural = "lý do không xếp loại, giới hạn mức"
        ordering = ["scheme", "code"]
        constraints = [models.UniqueConstraint(fields=["scheme", "code"], name="reason_once")]

    def __str__(self):
        return self.label

    @property
    def key(self):
        """As the fields of a form carry it."""
        return str(self.pk)


class Strength(TextChoices):
    BLOCK = "BLOCK", "không cho phép"
    ASK = "ASK", "phải nêu lý do"
    NOTE = "NOTE", "nhắc để biết"


class Rule(HeldByLocks):
    """A rule that ratings are held against, as strong as the scheme makes it (ratings/judging/rules.py says what each means)."""

    class Code(TextChoices):
        CAP = "CAP", "Vượt tỷ lệ ở mức cao nhất"
        CEILING = "CEILING", "Xếp trên mức giới hạn của một lý do"
        UNSUPPORTED = "UNSUPPORTED", "Lý do không xếp loại không có trong hồ sơ"
        ALL_TOP = "ALL_TOP", "Cả chi bộ đều ở mức cao nhất"
        SAME_YEARS = "SAME_YEARS", "Cùng một mức nhiều năm liền"
        TOP_IN_FAILING = "TOP_IN_FAILING", "Mức cao nhất trong một chi bộ yếu"

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="rules", verbose_name="lược đồ")
    code = models.CharField("quy tắc", max_length=14, choices=Code.choices)
    reason = models.ForeignKey(
        Reason, models.PROTECT, null=True, blank=True, verbose_name="lý do", help_text="Chỉ cho quy tắc giới hạn mức."
    )
    strength = models.CharField("mức độ", max_length=5, choices=Strength.choices)
    number = models.PositiveSmallIntegerField(
        "con số", null=True, blank=True, help_text="Số năm liền, hoặc số người ít nhất, tùy quy tắc."
    )
    legal_basis = CleanCharField("căn cứ", max_length=300)
    enabled = models.BooleanField("đang áp dụng", default=True)
    confirmed = models.BooleanField("đã đối chiếu văn bản", default=False)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "quy tắc xếp loại"
        verbose_name_plural = "quy tắc xếp loại"
        ordering = ["scheme", "code", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "code", "reason"], name="rule_once_a_reason"),
            models.UniqueConstraint(
                fields=["scheme", "code"], condition=models.Q(reason__isnull=True), name="rule_once"
            ),
        ]

    def __str__(self):
        return f"{self.scheme}: {within_sentence(self.get_code_display())}"

    def clean(self):
        super().clean()
        if self.reason_id and self.scheme_id and self.reason.scheme_id != self.scheme_id:
            raise ValidationError({"reason": "Lý do phải thuộc cùng một bản lược đồ với quy tắc."})


def _hold(sender, instance, **kwargs):
    instance.hold()


for held in (Scheme, Level, Cap, Reason, Rule):
    pre_delete.connect(_hold, sender=held)


class Calendar(models.Model):
    """Deadlines that a new period opens with, in days after its cut-off (before it: negative). Domain §2.5."""

    quarterly = models.BooleanField("cho kỳ quý", unique=True)
    cell_days = models.SmallIntegerField("hạn của chi bộ (ngày sau ngày chốt)")
    committee_days = models.SmallIntegerField("hạn của đảng ủy cơ sở (ngày sau ngày chốt)")
    bloc_days = models.SmallIntegerField("hạn của Khối (ngày sau ngày chốt)")
    remind_days = models.PositiveSmallIntegerField("nhắc trước hạn (ngày)", default=5)
    early_days = models.PositiveSmallIntegerField(
        "mở được trước ngày đầu kỳ (ngày)", default=0, validators=[MaxValueValidator(365)]
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = "lịch xếp loại"
        verbose_name_plural = "lịch xếp loại"
        ordering = ["quarterly"]

    def __str__(self):
        return "Lịch của kỳ quý" if self.quarterly else "Lịch của kỳ năm"
