"""Where members belong and since when, how they came into the Party and how they left the roll (domain §4.3, §4.4)."""

from django.db import models

from ledger.choices import TextChoices
from ledger.models import Document, Recorded, Spell, not_empty
from ledger.spells import NoOverlap
from organizations.models import Organization

from .person import Member


class Entry(TextChoices):
    OPENING = "OPENING", "Có khi lập sổ"
    ADMITTED = "ADMITTED", "Kết nạp"
    READMITTED = "READMITTED", "Kết nạp lại"
    RESTORED = "RESTORED", "Phục hồi đảng tịch"
    ARRIVED = "ARRIVED", "Chuyển đến từ đảng bộ khác"
    RECEIVED = "RECEIVED", "Theo tổ chức chuyển đến"
    MOVED = "MOVED", "Chuyển trong Đảng bộ Khối"
    REORGANIZED = "REORGANIZED", "Do sắp xếp tổ chức"


class Exit(TextChoices):
    NONE = "", "Đang sinh hoạt"
    DEPARTED = "DEPARTED", "Chuyển đi đảng bộ khác"
    SENT_AWAY = "SENT_AWAY", "Theo tổ chức chuyển đi"
    MOVED = "MOVED", "Chuyển trong Đảng bộ Khối"
    REORGANIZED = "REORGANIZED", "Do sắp xếp tổ chức"
    DIED = "DIED", "Từ trần"
    EXPELLED = "EXPELLED", "Khai trừ"
    STRUCK = "STRUCK", "Xóa tên"
    RESIGNED = "RESIGNED", "Xin ra khỏi Đảng"
    ABROAD = "ABROAD", "Ra nước ngoài"


LEAVING = (Exit.DEPARTED, Exit.SENT_AWAY, Exit.DIED, Exit.EXPELLED, Exit.STRUCK, Exit.RESIGNED, Exit.ABROAD)


def paper_of_its_own(label):
    """The column of a Document that one row of an act about many rests on."""
    return models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=label)


class Membership(Spell):
    """Official place of a member: one cell on any day.

    `decision`: the paper of their own by which they came, where another than that of the act; `exit_decision`: by which they
    left the roll.
    """

    member = models.ForeignKey(Member, models.PROTECT, related_name="memberships", verbose_name="đảng viên")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="memberships", verbose_name="chi bộ")
    entry = models.CharField("đến vì", max_length=12, choices=Entry.choices)
    exit = models.CharField("đi vì", max_length=12, choices=Exit.choices, blank=True, default=Exit.NONE)
    decision = paper_of_its_own("văn bản khi đến")
    exit_decision = paper_of_its_own("văn bản khi ra khỏi danh sách")

    class Meta:
        verbose_name = "sinh hoạt đảng"
        verbose_name_plural = "sinh hoạt đảng"
        constraints = [
            NoOverlap(
                of="member",
                name="membership_one_cell_a_day",
                violation_error_message="Một đảng viên chỉ sinh hoạt chính thức ở một chi bộ trong một ngày.",
            ),
            not_empty("membership_not_empty"),
        ]


class Admission(Recorded):
    """How someone came into the Party. `organization` is empty when it was outside the bloc.

    Probation runs from the ceremony, Party age from the decision (domain §4.3). `consent`: the paper
    for one older than sixty, by whoever consented then. `outside_since`: when who is admitted again had left, known of those alone who had left
    elsewhere. `decision`: the paper of their own, where another than that of the act.
    """

    class Kind(TextChoices):
        ADMITTED = "ADMITTED", "Kết nạp"
        READMITTED = "READMITTED", "Kết nạp lại"
        RESTORED = "RESTORED", "Phục hồi đảng tịch"

    member = models.ForeignKey(Member, models.PROTECT, related_name="admissions", verbose_name="đảng viên")
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="admissions", verbose_name="chi bộ kết nạp"
    )
    kind = models.CharField("hình thức", max_length=10, choices=Kind.choices, default=Kind.ADMITTED)
    decided = models.DateField("ngày quyết định")
    ceremony = models.DateField("ngày làm lễ")
    youth = models.BooleanField("là đoàn viên khi kết nạp", default=False)
    decision = paper_of_its_own("quyết định")
    consent = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="văn bản đồng ý"
    )
    outside_since = models.DateField("ra khỏi Đảng từ ngày", null=True, blank=True)

    class Meta:
        verbose_name = "kết nạp"
        verbose_name_plural = "kết nạp"
        indexes = [models.Index(fields=["ceremony"]), models.Index(fields=["decided"])]


def counted_from(admissions):
    """Those of one person's `admissions` (each with its `kind`) from which probation and Party age are counted.

    A restoration gives back what was; it counts only of who was entered by it alone, before the admission was asked for.
    """
    admissions = list(admissions)
    return [row for row in admissions if row.kind != Admission.Kind.RESTORED] or admissions


class Officialization(Recorded):
    """Recognised as an official member from `on`; until then, and after the admission, on probation."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="officializations", verbose_name="đảng viên")
    on = models.DateField("công nhận chính thức từ")
    decision = paper_of_its_own("quyết định")

    class Meta:
        verbose_name = "công nhận chính thức"
        verbose_name_plural = "công nhận chính thức"
