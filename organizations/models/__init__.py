"""Who exists, under whom, since when; and who acts for them (design §3, §7)."""

from .offices import Appointment, AppointmentNotice, OfficeInQuestion, PendingAppointment, Role
from .staff import StaffCount
from .tree import (
    CELLS,
    COMMITTEES,
    GRASSROOTS,
    PARENTS,
    WHOLES,
    Approval,
    Kind,
    Lineage,
    Organization,
    OrganizationSpell,
    Origin,
    OutsideTransfer,
    SizeRule,
    Succession,
)

__all__ = [
    "Appointment",
    "AppointmentNotice",
    "Approval",
    "CELLS",
    "COMMITTEES",
    "GRASSROOTS",
    "Kind",
    "Lineage",
    "OfficeInQuestion",
    "Organization",
    "OrganizationSpell",
    "Origin",
    "OutsideTransfer",
    "PARENTS",
    "PendingAppointment",
    "Role",
    "SizeRule",
    "StaffCount",
    "Succession",
    "WHOLES",
]
