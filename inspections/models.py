"""Inspections and supervisions with their subjects, finance checks, letters (domain §6 rows 5–7)."""

from django.db import models

from ledger.fields import CleanCharField
from ledger.models import Recorded
from organizations.models import Organization


class Inspection(Recorded):
    """One inspection or supervision of one or more organizations, in the plan or the work of a year."""

    is_identity = True

    class Kind(models.TextChoices):
        INSPECTION = "INSPECTION", "Kiểm tra"
        SUPERVISION = "SUPERVISION", "Giám sát"
        FINANCE = "FINANCE", "Kiểm tra tài chính Đảng"

    year = models.PositiveSmallIntegerField("năm")
    kind = models.CharField("loại", max_length=11, choices=Kind.choices)
    title = CleanCharField("nội dung", max_length=300)
    conductor = models.ForeignKey(
        Organization, models.PROTECT, related_name="conducted", verbose_name="tổ chức tiến hành"
    )

    class Meta:
        verbose_name = "cuộc kiểm tra, giám sát"
        verbose_name_plural = "cuộc kiểm tra, giám sát"

    def __str__(self):
        return self.title


class InspectionSubject(Recorded):
    """One organization looked at in one inspection: the unit of count, "lượt"."""

    inspection = models.ForeignKey(
        Inspection, models.PROTECT, related_name="subjects", verbose_name="cuộc kiểm tra, giám sát"
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="inspected", verbose_name="tổ chức được kiểm tra"
    )
    planned = models.BooleanField("theo kế hoạch", default=True)
    done_on = models.DateField("hoàn thành ngày", null=True, blank=True)

    class Meta:
        verbose_name = "lượt kiểm tra, giám sát"
        verbose_name_plural = "lượt kiểm tra, giám sát"
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "organization"],
                condition=models.Q(voided__isnull=True),
                name="subject_once",
                violation_error_message="Một tổ chức chỉ ghi một lần trong một cuộc kiểm tra, giám sát.",
            )
        ]


class Letter(Recorded):
    """A letter of denunciation about a member; no name is kept, only the organization it concerns."""

    number = CleanCharField("số đơn", max_length=40)
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="letters", verbose_name="tổ chức có đảng viên bị tố cáo"
    )
    received_on = models.DateField("nhận ngày")
    accepted_on = models.DateField("thụ lý ngày", null=True, blank=True)
    due_on = models.DateField("hạn giải quyết")
    resolved_on = models.DateField("giải quyết xong ngày", null=True, blank=True)

    class Meta:
        verbose_name = "đơn thư tố cáo"
        verbose_name_plural = "đơn thư tố cáo"
