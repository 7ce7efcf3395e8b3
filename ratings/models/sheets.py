"""Each period's ratings: sheets of cells with a line a member, one rating an organization (design §6)."""

from django.db import models
from simple_history.models import HistoricalRecords

from ledger import clock
from ledger.choices import TextChoices
from ledger.fields import CleanCharField, CleanTextField
from ledger.models import Change, Document, Recorded
from members.models import Member
from organizations.models import Organization

from .schemes import Reason, Scheme


class Period(Recorded):
    """What a bloc rates together: a year, later a quarter. Nothing is written in it once it is locked.

    The span of a year, a quarter is the same in every bloc (ratings/periods/periods.py): facts of a year are those of all blocs.
    """

    bloc = models.ForeignKey(Organization, models.PROTECT, related_name="periods", verbose_name="đảng bộ")
    year = models.PositiveSmallIntegerField("năm")
    quarter = models.PositiveSmallIntegerField("quý", null=True, blank=True)
    starts = models.DateField("ngày đầu kỳ")
    cutoff = models.DateField("ngày chốt")
    scheme = models.ForeignKey(Scheme, models.PROTECT, verbose_name="lược đồ xếp loại")
    cell_due = models.DateField("hạn của chi bộ")
    committee_due = models.DateField("hạn của đảng ủy cơ sở")
    bloc_due = models.DateField("hạn của Khối")
    locked = models.ForeignKey(Change, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="khóa bởi")

    class Meta:
        verbose_name = "kỳ xếp loại"
        verbose_name_plural = "kỳ xếp loại"
        ordering = ["year", "quarter"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "bloc"],
                condition=models.Q(quarter__isnull=True, voided__isnull=True),
                name="one_period_a_year",
                violation_error_message="Kỳ xếp loại của năm này đã được mở.",
            ),
            models.UniqueConstraint(
                fields=["year", "bloc", "quarter"],
                condition=models.Q(voided__isnull=True),
                name="one_period_a_quarter",
            ),
        ]

    def __str__(self):
        return f"Quý {self.quarter}/{self.year}" if self.quarter else f"Năm {self.year}"

    @property
    def slug(self):
        """How addresses and commands name it: 2018, 2025-q4."""
        return f"{self.year}-q{self.quarter}" if self.quarter else str(self.year)

    @property
    def has_begun(self):
        """False for one that was opened ahead of its time: nothing is rated in it yet."""
        return self.starts <= clock.today()

    @property
    def inline(self):
        """Within a sentence: "năm 2018"."""
        return str(self).lower()

    @property
    def of_its_bloc(self):
        """As `inline`, told apart from that of another bloc: "năm 2018 của K2"."""
        return f"{self.inline} của {self.bloc.code}"


def the_day(period):
    """The day a period's rolls are looked at: its cut-off, or today before it."""
    return min(clock.today(), period.cutoff)


class FrozenScheme(Recorded):
    """What a period read when it was locked (ratings/periods/scheme_text.py), and the SHA-256 of that text in hexadecimal."""

    can_be_taken_back = False

    period = models.ForeignKey(Period, models.PROTECT, related_name="frozen_schemes", verbose_name="kỳ")
    text = models.TextField("lược đồ lúc khóa")
    seal = models.CharField("mã kiểm tra", max_length=64)

    class Meta:
        verbose_name = "lược đồ chốt cùng kỳ"
        verbose_name_plural = "lược đồ chốt cùng kỳ"
        constraints = [
            models.UniqueConstraint(
                fields=["period"], condition=models.Q(voided__isnull=True), name="one_frozen_scheme_a_period"
            )
        ]


class State(TextChoices):
    DRAFT = "draft", "nháp"
    SUBMITTED = "submitted", "đã nộp"
    ENDORSED = "endorsed", "đã thẩm định"
    DECIDED = "decided", "đã quyết định"
    ACCEPTED = "accepted", "đã tiếp nhận"
    LOCKED = "locked", "đã chốt"


COUNTED = (State.DECIDED, State.ACCEPTED, State.LOCKED)


class Sheet(Recorded):
    """One cell in one period: the way of its members' ratings from draft to the locked level."""

    is_identity = True

    period = models.ForeignKey(Period, models.PROTECT, related_name="sheets", verbose_name="kỳ")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="sheets", verbose_name="chi bộ")
    state = models.CharField("trạng thái", max_length=9, choices=State.choices, default=State.DRAFT)
    version = models.PositiveIntegerField(default=0)
    decision = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, verbose_name="quyết định")
    returned_because = CleanTextField("lý do trả lại", max_length=500, blank=True)
    over_cap = CleanTextField("lý do vượt tỷ lệ", blank=True)
    explanation = CleanTextField("giải trình của chi bộ", blank=True)

    class Meta:
        verbose_name = "phiếu xếp loại của chi bộ"
        verbose_name_plural = "phiếu xếp loại của chi bộ"
        constraints = [
            models.UniqueConstraint(
                fields=["period", "organization"], condition=models.Q(voided__isnull=True), name="one_sheet_a_cell"
            )
        ]


class Step(Recorded):
    """One step of a sheet on its way; who, when, why and by which paper stand in its Change.

    A step that leads nowhere (`before` = `after`) is a word on its sheet: the cell's explanation in its Change, or a reminder.
    `found`: {column of the sheet: what stood there before}, of what the step wrote beside the state. `decision`: its paper,
    where another than that of the act, which decided many sheets.
    """

    can_be_taken_back = False

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="steps", verbose_name="phiếu")
    before = models.CharField("từ trạng thái", max_length=9, choices=State.choices)
    after = models.CharField("sang trạng thái", max_length=9, choices=State.choices)
    found = models.JSONField("trước bước này phiếu ghi", default=dict, blank=True)
    decision = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="quyết định"
    )

    class Meta:
        verbose_name = "bước của phiếu"
        verbose_name_plural = "bước của phiếu"
        ordering = ["pk"]


class MemberRating(Recorded):
    """One member's line: rated (`decided`), or left out for a reason. Levels are ranks 1–4.

    `on_roll`: still on the cell's roll; a line of one who went stays visible and counts nowhere.
    `justification`: the cell's answer where a rule asks for a reason; `difference`: why what was decided is not what
    was proposed. `seen`: the version that stood when the sheet was last returned or endorsed. `changed`: the act that
    wrote the line last; the history of the line keeps those before it.
    """

    period = models.ForeignKey(Period, models.PROTECT, related_name="member_ratings", verbose_name="kỳ")
    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="lines", verbose_name="phiếu")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name="chi bộ")
    member = models.ForeignKey(Member, models.PROTECT, related_name="ratings", verbose_name="đảng viên")
    proposed = models.PositiveSmallIntegerField("chi bộ đề nghị", null=True, blank=True)
    decided = models.PositiveSmallIntegerField("quyết định", null=True, blank=True)
    reason = models.ForeignKey(Reason, models.PROTECT, null=True, blank=True, verbose_name="lý do")
    points = models.DecimalField("điểm", max_digits=5, decimal_places=2, null=True, blank=True)
    note = CleanCharField("ghi chú", max_length=300, blank=True)
    justification = CleanCharField("giải trình", max_length=500, blank=True)
    difference = CleanCharField("lý do khác đề nghị", max_length=300, blank=True)
    on_roll = models.BooleanField("còn trong danh sách", default=True)
    version = models.PositiveIntegerField(default=0)
    seen = models.PositiveIntegerField(default=0)
    changed = models.ForeignKey(Change, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="việc")
    history = HistoricalRecords(excluded_fields=["seen"])

    class Meta:
        verbose_name = "xếp loại đảng viên"
        verbose_name_plural = "xếp loại đảng viên"
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "member"], condition=models.Q(voided__isnull=True), name="one_line_a_member"
            ),
            models.CheckConstraint(
                condition=models.Q(reason__isnull=True) | models.Q(proposed__isnull=True, decided__isnull=True),
                name="rated_or_left_out",
            ),
        ]
        indexes = [models.Index(fields=["period", "organization"])]

    @property
    def level(self):
        """The rank that counts now: as decided, until then as proposed."""
        return self.decided or self.proposed

    @property
    def is_settled(self):
        """Rated, or left out or postponed for a reason."""
        return self.proposed is not None or self.reason_id is not None


class OrganizationRating(Recorded):
    """One organization in one period, rated or with its reason. The row of a grassroots organization is its roof.

    What stands below one, cell or section, is decided by its committee.
    """

    class Tier(TextChoices):
        GRASSROOTS = "GRASSROOTS", "tổ chức cơ sở đảng"
        SECTION = "SECTION", "đảng bộ bộ phận"
        CELL = "CELL", "chi bộ trực thuộc"

    class Task(TextChoices):
        EXCEEDED = "EXCEEDED", "hoàn thành vượt mức"
        COMPLETED = "COMPLETED", "hoàn thành"
        FAILED = "FAILED", "không hoàn thành"

    period = models.ForeignKey(Period, models.PROTECT, related_name="organization_ratings", verbose_name="kỳ")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="ratings", verbose_name="tổ chức")
    tier = models.CharField("cấp", max_length=10, choices=Tier.choices)
    proposed = models.PositiveSmallIntegerField("tự đề nghị", null=True, blank=True)
    points = models.DecimalField("điểm", max_digits=5, decimal_places=2, null=True, blank=True)
    level = models.PositiveSmallIntegerField("mức", null=True, blank=True)
    difference = CleanCharField("lý do khác đề nghị", max_length=300, blank=True)
    exemplary = models.BooleanField("tiêu biểu", default=False)
    reason = models.ForeignKey(Reason, models.PROTECT, null=True, blank=True, verbose_name="lý do")
    task = models.CharField("nhiệm vụ chính trị", max_length=9, choices=Task.choices, blank=True)
    decision = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, verbose_name="quyết định")
    version = models.PositiveIntegerField(default=0)
    changed = models.ForeignKey(Change, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="việc")
    history = HistoricalRecords()

    class Meta:
        verbose_name = "xếp loại tổ chức"
        verbose_name_plural = "xếp loại tổ chức"
        constraints = [
            models.UniqueConstraint(
                fields=["period", "organization"], condition=models.Q(voided__isnull=True), name="one_rating_a_period"
            ),
            models.CheckConstraint(
                condition=models.Q(exemplary=False) | models.Q(level=1), name="exemplary_only_at_the_top"
            ),
            models.CheckConstraint(
                condition=models.Q(reason__isnull=True) | models.Q(level__isnull=True), name="organization_rated_or_not"
            ),
        ]
