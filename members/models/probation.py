"""How long probation lasts where it lasts longer than its twelve months (domain §4.3)."""

from django.db import models

from ledger.models import Recorded

from .person import Member


class Extension(Recorded):
    """Probation runs on to `until`, as decided on `on`. Of several the latest decided by a day holds on that day."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="extensions", verbose_name="đảng viên")
    on = models.DateField("gia hạn từ ngày")
    until = models.DateField("dự bị đến ngày")

    class Meta:
        verbose_name = "gia hạn dự bị"
        verbose_name_plural = "gia hạn dự bị"
        constraints = [
            models.UniqueConstraint(
                fields=["on", "member"],
                condition=models.Q(voided__isnull=True),
                name="one_extension_a_day",
                violation_error_message="Đảng viên này đã được gia hạn dự bị trong ngày đó.",
            ),
            models.CheckConstraint(condition=models.Q(on__lt=models.F("until")), name="extension_lasts"),
        ]
