"""How many people work at an organization in a year, Party members or not (domain §1.1)."""

from django.db import models

from ledger.models import Recorded
from ledger.numbers import group

from .tree import Organization

MOST_STAFF = 9_999_999  # no organization of the register comes near; a number beyond it is a slip of the hand


class StaffCount(Recorded):
    """Civil servants, public employees and workers of `organization` in `year`; a part that nobody knows is null.

    `at_least`: only a bound is known: more than `total` ("trên 5.000").
    """

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="staff_counts", verbose_name="tổ chức")
    year = models.PositiveSmallIntegerField("năm")
    civil_servants = models.PositiveIntegerField("công chức", null=True, blank=True)
    public_employees = models.PositiveIntegerField("viên chức", null=True, blank=True)
    workers = models.PositiveIntegerField("người lao động", null=True, blank=True)
    total = models.PositiveIntegerField("tổng số")
    at_least = models.BooleanField("chỉ biết là trên số này", default=False)

    class Meta:
        verbose_name = "số công chức, viên chức, người lao động"
        verbose_name_plural = "số công chức, viên chức, người lao động"
        constraints = [
            models.UniqueConstraint(
                fields=["year", "organization"],
                condition=models.Q(voided__isnull=True),
                name="one_staff_count_a_year",
                violation_error_message="Số công chức, viên chức, người lao động của tổ chức này trong năm vừa được người "
                "khác ghi. Hãy mở lại trang rồi xem số đang ghi.",
            ),
            models.CheckConstraint(
                condition=models.Q(civil_servants__isnull=True)
                | models.Q(public_employees__isnull=True)
                | models.Q(workers__isnull=True)
                | models.Q(
                    total=models.F("civil_servants") + models.F("public_employees") + models.F("workers"),
                    at_least=False,
                ),
                name="staff_parts_sum_to_total",
                violation_error_message="Đã đủ số công chức, viên chức, người lao động thì tổng số phải bằng ba số cộng lại.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization}, năm {self.year}: {self.in_words}"

    @property
    def key(self) -> tuple[int, int]:
        """(organization id, year)"""
        return self.organization_id, self.year

    @property
    def in_words(self) -> str:
        """ "trên 5.000", "123" """
        return bounded(self.total, self.at_least)


def bounded(total: int | None, at_least: bool) -> str:
    """A number of people as it is known: "123", "trên 5.000", "–"."""
    return f"trên {group(total)}" if at_least else group(total)
