"""Inspections and supervisions with their subjects, finance checks, letters (domain §6 rows 5–7); what they found, and
the discipline that followed (domain §4.4).

What a figure counts is `InspectionSubject` and `Letter`. A finding, a result, a link stand in rows of their own, so that
writing them down changes no figure and no closing.
"""

from django.db import models
from django.db.models import Q

from ledger.choices import IntegerChoices, TextChoices
from ledger.fields import CleanCharField, CleanTextField, CodeCharField, KeyField
from ledger.models import Recorded
from ledger.text import search_key
from members.models import Catalogue, Discipline, Membership
from organizations.models import Organization

STANDING = Q(voided__isnull=True)
# One name for all: were inspections named openly, what is not named would be a letter.
TOLD_AS = "một việc Ủy ban Kiểm tra đã ghi"


class InspectorsRow(Recorded):
    """What only those who keep inspections and letters are told of by name when an act cannot be undone."""

    told_as = TOLD_AS

    class Meta:
        abstract = True


class Inspection(InspectorsRow):
    """One inspection or supervision of one or more organizations, in the plan or the work of a year."""

    is_identity = True

    class Kind(TextChoices):
        INSPECTION = "INSPECTION", "Kiểm tra"
        SUPERVISION = "SUPERVISION", "Giám sát"
        FINANCE = "FINANCE", "Kiểm tra tài chính Đảng"

    year = models.PositiveSmallIntegerField("năm")
    kind = models.CharField("loại", max_length=11, choices=Kind.choices)
    title = CleanCharField("nội dung", max_length=300)
    search_key = KeyField("khóa tìm kiếm", derive="_search_key", max_length=300)
    conductor = models.ForeignKey(
        Organization, models.PROTECT, related_name="conducted", verbose_name="tổ chức tiến hành"
    )

    class Meta:
        verbose_name = "cuộc kiểm tra, giám sát"
        verbose_name_plural = "cuộc kiểm tra, giám sát"
        indexes = [models.Index(fields=["year", "conductor"])]

    def __str__(self):
        return self.title

    def _search_key(self):
        return search_key(self.title)


class InspectionSubject(InspectorsRow):
    """One organization looked at in one inspection: the unit of count, "lượt".

    `handed_on`: the day from which it is another conductor's, as a row of that one's inspection (`taken_on`).
    """

    inspection = models.ForeignKey(
        Inspection, models.PROTECT, related_name="subjects", verbose_name="cuộc kiểm tra, giám sát"
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="inspected", verbose_name="tổ chức được kiểm tra"
    )
    planned = models.BooleanField("theo kế hoạch", default=True)
    done_on = models.DateField("hoàn thành ngày", null=True, blank=True)
    handed_on = models.DateField("bàn giao đi ngày", null=True, blank=True)
    taken_on = models.DateField("nhận bàn giao ngày", null=True, blank=True)

    class Meta:
        verbose_name = "lượt kiểm tra, giám sát"
        verbose_name_plural = "lượt kiểm tra, giám sát"
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "organization"],
                condition=STANDING,
                name="subject_once",
                violation_error_message="Một tổ chức chỉ ghi một lần trong một cuộc kiểm tra, giám sát.",
            )
        ]

    @property
    def key(self):
        """Names the subject through all its versions."""
        return self.inspection_id, self.organization_id


class Conclusion(InspectorsRow):
    """What one inspection found in one organization; its paper is that of the act that brought it."""

    inspection = models.ForeignKey(
        Inspection, models.PROTECT, related_name="conclusions", verbose_name="cuộc kiểm tra, giám sát"
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="+", verbose_name="tổ chức được kiểm tra"
    )
    on = models.DateField("ngày kết luận")
    text = CleanTextField("nội dung kết luận")

    class Meta:
        verbose_name = "kết luận kiểm tra, giám sát"
        verbose_name_plural = "kết luận kiểm tra, giám sát"
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "organization"],
                condition=STANDING,
                name="conclusion_once",
                violation_error_message="Mỗi tổ chức có một kết luận trong một cuộc kiểm tra, giám sát.",
            )
        ]

    key = InspectionSubject.key


class LetterFile(InspectorsRow):
    """A letter as an identity, through all versions of its row."""

    can_be_taken_back = False
    is_identity = True

    class Meta:
        verbose_name = "hồ sơ đơn thư"
        verbose_name_plural = "hồ sơ đơn thư"


class Letter(InspectorsRow):
    """A letter of denunciation about a member; no name is kept, only the organization it concerns.

    It counts at `place` and above it, along the tree of `place_on`: at the organization, on the day it came, or where
    it was handed over to before its day (inspections/handover/hand_over.py).
    """

    file = models.ForeignKey(LetterFile, models.PROTECT, related_name="versions", verbose_name="hồ sơ đơn thư")
    number = CodeCharField("số đơn", max_length=40)
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="letters", verbose_name="tổ chức có đảng viên bị tố cáo"
    )
    received_on = models.DateField("nhận ngày")
    accepted_on = models.DateField("thụ lý ngày", null=True, blank=True)
    due_on = models.DateField("hạn giải quyết")
    resolved_on = models.DateField("giải quyết xong ngày", null=True, blank=True)
    place = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name="tính ở tổ chức")
    place_on = models.DateField("theo cây tổ chức ngày")

    class Meta:
        verbose_name = "đơn thư tố cáo"
        verbose_name_plural = "đơn thư tố cáo"
        constraints = [
            models.UniqueConstraint(
                fields=["file"],
                condition=STANDING,
                name="letter_once",
                violation_error_message="Đơn này vừa được người khác ghi. Hãy mở lại trang rồi ghi tiếp.",
            )
        ]


class Forwarding(InspectorsRow):
    """A letter passed on, before it was accepted, to the body whose business it is."""

    file = models.ForeignKey(LetterFile, models.PROTECT, related_name="forwardings", verbose_name="hồ sơ đơn thư")
    to = CleanCharField("chuyển đến", max_length=200)
    on = models.DateField("chuyển ngày")

    class Meta:
        verbose_name = "chuyển đơn"
        verbose_name_plural = "chuyển đơn"
        constraints = [
            models.UniqueConstraint(
                fields=["file"],
                condition=STANDING,
                name="forwarded_once",
                violation_error_message="Đơn này đã được chuyển.",
            )
        ]


class Handover(InspectorsRow):
    """Work of a body that ended, handed over to `receiver` on `on`: an open letter, or what was planned and not done.

    `place`: where a letter counts from then. `inspection`: the one that was planned; `taken`: the receiver's in its stead.
    """

    file = models.ForeignKey(
        LetterFile, models.PROTECT, null=True, blank=True, related_name="handovers", verbose_name="hồ sơ đơn thư"
    )
    place = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tính ở tổ chức"
    )
    inspection = models.ForeignKey(
        Inspection, models.PROTECT, null=True, blank=True, related_name="handed", verbose_name="cuộc đã lên kế hoạch"
    )
    taken = models.ForeignKey(
        Inspection, models.PROTECT, null=True, blank=True, related_name="taken_from", verbose_name="cuộc nhận bàn giao"
    )
    receiver = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name="tổ chức tiếp nhận")
    on = models.DateField("bàn giao ngày")

    class Meta:
        verbose_name = "bàn giao công việc"
        verbose_name_plural = "bàn giao công việc"
        constraints = [
            models.CheckConstraint(
                condition=Q(file__isnull=False, place__isnull=False, inspection__isnull=True, taken__isnull=True)
                | Q(file__isnull=True, place__isnull=True, inspection__isnull=False, taken__isnull=False),
                name="handover_of_one",
            )
        ]


class Result(Catalogue):
    """What became of what a letter says. The domain names none; the office edits the rows."""

    class Meta(Catalogue.Meta):
        verbose_name = "kết quả giải quyết đơn"
        verbose_name_plural = "kết quả giải quyết đơn"


class Outcome(InspectorsRow):
    """The result of a letter that was resolved."""

    file = models.ForeignKey(LetterFile, models.PROTECT, related_name="outcomes", verbose_name="hồ sơ đơn thư")
    result = models.ForeignKey(Result, models.PROTECT, related_name="+", verbose_name="kết quả")

    class Meta:
        verbose_name = "kết quả của đơn"
        verbose_name_plural = "kết quả của đơn"
        constraints = [
            models.UniqueConstraint(
                fields=["file"],
                condition=STANDING,
                name="outcome_once",
                violation_error_message="Đơn này đã có kết quả.",
            )
        ]


class OrganizationDiscipline(InspectorsRow):
    """A disciplinary decision on an organization. "Giải tán" is the decision; its end is a reorganization."""

    class Kind(IntegerChoices):
        REPRIMAND = 1, "Khiển trách"
        WARNING = 2, "Cảnh cáo"
        DISSOLUTION = 3, "Giải tán"

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="disciplines", verbose_name="tổ chức bị kỷ luật"
    )
    kind = models.PositiveSmallIntegerField("hình thức", choices=Kind.choices)
    on = models.DateField("ngày quyết định")

    class Meta:
        verbose_name = "kỷ luật tổ chức đảng"
        verbose_name_plural = "kỷ luật tổ chức đảng"


def _exactly_one(*names):
    """Condition: one of the columns is filled and the others are empty."""
    condition = Q()
    for filled in names:
        condition |= Q(**{f"{name}__isnull": name != filled for name in names})
    return condition


class Consequence(InspectorsRow):
    """The discipline of a member (or an expulsion, which is a way off the roll) or of an organization, and what it
    followed from: one organization in one inspection, or a letter.

    `discipline`, `expulsion`: the row as it stood when it was linked; inspections/discipline/consequences.py finds today's version.
    """

    discipline = models.ForeignKey(
        Discipline, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="kỷ luật đảng viên"
    )
    expulsion = models.ForeignKey(
        Membership, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="khai trừ"
    )
    organization_discipline = models.ForeignKey(
        OrganizationDiscipline, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="kỷ luật tổ chức"
    )
    inspection = models.ForeignKey(
        Inspection, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="sau cuộc kiểm tra, giám sát"
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tổ chức được kiểm tra"
    )
    file = models.ForeignKey(
        LetterFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="sau đơn thư"
    )

    WHAT = ("discipline", "expulsion", "organization_discipline")

    class Meta:
        verbose_name = "kỷ luật sau kiểm tra, giải quyết đơn"
        verbose_name_plural = "kỷ luật sau kiểm tra, giải quyết đơn"
        constraints = [
            models.CheckConstraint(
                condition=_exactly_one("discipline", "expulsion", "organization_discipline"), name="consequence_of_one"
            ),
            models.CheckConstraint(
                condition=Q(inspection__isnull=False, organization__isnull=False, file__isnull=True)
                | Q(inspection__isnull=True, organization__isnull=True, file__isnull=False),
                name="consequence_from_one",
            ),
            *(
                models.UniqueConstraint(
                    fields=[name],
                    condition=STANDING,
                    name=f"consequence_{name}_once",
                    violation_error_message="Kỷ luật này đã gắn với một cuộc kiểm tra hoặc một đơn.",
                )
                for name in ("discipline", "expulsion", "organization_discipline")
            ),
        ]

    key = InspectionSubject.key

    @property
    def what(self):
        """(name of the column, id) of the discipline linked."""
        return next((name, pk) for name in self.WHAT if (pk := getattr(self, f"{name}_id")))
