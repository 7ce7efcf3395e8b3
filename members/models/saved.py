"""Ways of looking at the list of members that somebody keeps."""

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from ledger.fields import CleanCharField
from organizations.models import Role


class SavedView(models.Model):
    """Filters, columns and order of the list under a name; it opens on the organization and year being looked at.

    `query`: the query string. `shared_with`: the role whose holders see it beside its owner; "" for nobody.
    """

    name = CleanCharField("tên", max_length=60)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="saved_views", verbose_name="người lưu"
    )
    query = models.CharField("cách xem", max_length=1000, blank=True)
    shared_with = models.CharField("chia sẻ với", max_length=12, choices=Role.choices, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "cách xem đã lưu"
        verbose_name_plural = "cách xem đã lưu"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"],
                name="saved_view_name_once",
                violation_error_message="Đồng chí đã có một cách xem mang tên này. Hãy đặt tên khác.",
            )
        ]

    def __str__(self):
        return self.name
