"""Who acts for organizations; offices that somebody else is to look at: those asked for by their own holder, those that the
leader is told of.
"""

from django.db import models

from ledger.choices import TextChoices
from ledger.models import Recorded, Spell, User, not_empty
from ledger.spells import NoOverlap

from .tree import Organization


class Role(TextChoices):
    SECRETARY = "SECRETARY", "Bí thư chi bộ"
    COMMITTEE = "COMMITTEE", "Cấp ủy cơ sở, bộ phận"
    ORGANIZATION = "ORGANIZATION", "Ban Tổ chức Đảng ủy Khối"
    INSPECTION = "INSPECTION", "Ủy ban Kiểm tra Đảng ủy Khối"
    LEADER = "LEADER", "Lãnh đạo Đảng ủy Khối"


class Appointment(Spell):
    """A user's role for an organization: access begins and ends with the office, on days that may lie ahead.

    `stands_in_for`: who holds the office beside, where the user is only his deputy for the time.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="appointments", verbose_name="tài khoản")
    role = models.CharField("vai trò", max_length=12, choices=Role.choices)
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="appointments", verbose_name="cho tổ chức"
    )
    stands_in_for = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="thay cho"
    )

    class Meta:
        verbose_name = "phân công"
        verbose_name_plural = "phân công"
        constraints = [
            NoOverlap(
                of=("user", "organization"),
                name="appointment_one_role_a_day",
                violation_error_message="Tài khoản này đã có vai trò tại tổ chức đó trong thời gian này.",
            ),
            not_empty("appointment_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} · {self.organization}"


class OfficeInQuestion(Recorded):
    """An office that somebody else is to look at, named by whom, as what and where."""

    can_be_taken_back = False

    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="tài khoản")
    role = models.CharField("vai trò", max_length=12, choices=Role.choices)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name="cho tổ chức")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.get_role_display()} · {self.organization}"


class PendingAppointment(OfficeInQuestion):
    """Asked for by `added`, by its own holder to be; settled, either way, by the act that voids it."""

    class Meta:
        verbose_name = "phân công chờ xác nhận"
        verbose_name_plural = "phân công chờ xác nhận"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organization"],
                condition=models.Q(voided__isnull=True),
                name="one_pending_appointment",
                violation_error_message="Đề nghị phân công này đã có và đang chờ xác nhận.",
            )
        ]


class AppointmentNotice(OfficeInQuestion):
    """The leader is to know what the act `added` gave; voided by the act of the leader who took note.

    `bloc`: whose leader, where the office reaches it from above; who leads the office's own organization where it is null.
    """

    bloc = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="báo lãnh đạo của"
    )

    class Meta:
        verbose_name = "phân công báo lãnh đạo"
        verbose_name_plural = "phân công báo lãnh đạo"
