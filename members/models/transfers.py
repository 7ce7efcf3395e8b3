"""A transfer inside the bloc on its way: offered by the cell that sends, answered by the one that receives."""

from django.db import models

from ledger.choices import TextChoices
from ledger.models import Recorded
from organizations.models import Organization

from .person import Member


class TransferOffer(Recorded):
    """Papers issued and not yet received. Until accepted the person counts at the source (domain §4.4)."""

    class Answer(TextChoices):
        WAITING = "", "Đang chờ trả lời"
        ACCEPTED = "ACCEPTED", "Đã tiếp nhận"
        REFUSED = "REFUSED", "Không tiếp nhận"
        WITHDRAWN = "WITHDRAWN", "Đã rút"
        LAPSED = "LAPSED", "Hết hiệu lực, vì đã rời chi bộ cũ"

    member = models.ForeignKey(Member, models.PROTECT, related_name="transfer_offers", verbose_name="đảng viên")
    source = models.ForeignKey(Organization, models.PROTECT, related_name="offers_made", verbose_name="từ chi bộ")
    target = models.ForeignKey(Organization, models.PROTECT, related_name="offers_received", verbose_name="đến chi bộ")
    offered = models.DateField("ngày giới thiệu")
    answer = models.CharField("trả lời", max_length=9, choices=Answer.choices, blank=True, default=Answer.WAITING)
    answered = models.DateField("ngày trả lời", null=True, blank=True)

    class Meta:
        verbose_name = "giới thiệu chuyển sinh hoạt"
        verbose_name_plural = "giới thiệu chuyển sinh hoạt"
        constraints = [
            models.UniqueConstraint(
                fields=["member"],
                condition=models.Q(voided__isnull=True, answer=""),
                name="one_offer_waiting",
                violation_error_message="Đảng viên này đang có một giới thiệu chuyển sinh hoạt chờ trả lời.",
            ),
            models.CheckConstraint(
                condition=models.Q(answer="", answered__isnull=True)
                | (~models.Q(answer="") & models.Q(answered__isnull=False)),
                name="offer_answered_on_a_day",
            ),
            models.CheckConstraint(condition=~models.Q(source=models.F("target")), name="offer_leads_elsewhere"),
        ]
