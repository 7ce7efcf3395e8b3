"""What holds for someone who stays on the roll: statuses, discipline, posts (domain §4.4)."""

from django.db import models

from ledger.choices import IntegerChoices
from ledger.fields import CleanCharField
from ledger.models import Recorded, Spell, not_empty
from ledger.spells import NoOverlap
from organizations.models import Organization

from .person import Member
from .roll import paper_of_its_own


class Status(Spell):
    """Still on the roll, but not as others (domain §4.4).

    A temporary transfer has its host, an organization of the bloc (`host`) or one outside (`host_name`); the person
    counts at the official place alone. `decision`: the paper of their own, where another than that of the act.
    """

    class Kind(IntegerChoices):
        EXEMPT = 1, "Được miễn công tác và sinh hoạt đảng"
        SUSPENDED = 2, "Bị đình chỉ sinh hoạt đảng"
        SICK = 3, "Nghỉ ốm"
        TEMPORARY = 4, "Chuyển sinh hoạt tạm thời"

    member = models.ForeignKey(Member, models.PROTECT, related_name="statuses", verbose_name="đảng viên")
    kind = models.PositiveSmallIntegerField("trạng thái", choices=Kind.choices)
    host = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="guests", verbose_name="sinh hoạt tạm thời ở"
    )
    host_name = CleanCharField("nơi ngoài Đảng bộ Khối", max_length=200, blank=True)
    decision = paper_of_its_own("quyết định")

    class Meta:
        verbose_name = "trạng thái"
        verbose_name_plural = "trạng thái"
        constraints = [
            NoOverlap(
                of=("member", "kind"),
                name="status_once_a_day",
                violation_error_message="Đảng viên này đã ở trạng thái đó trong thời gian này.",
            ),
            not_empty("status_not_empty"),
            models.CheckConstraint(
                condition=models.Q(kind=4, host__isnull=False, host_name="")
                | (models.Q(kind=4, host__isnull=True) & ~models.Q(host_name=""))
                | (~models.Q(kind=4) & models.Q(host__isnull=True, host_name="")),
                name="status_host_of_temporary_transfer",
            ),
        ]


class Discipline(Recorded):
    """A disciplinary decision short of expulsion, which is a way of leaving the roll (domain §4.4)."""

    class Kind(IntegerChoices):
        REPRIMAND = 1, "Khiển trách"
        WARNING = 2, "Cảnh cáo"
        REMOVAL = 3, "Cách chức"

    member = models.ForeignKey(Member, models.PROTECT, related_name="disciplines", verbose_name="đảng viên")
    kind = models.PositiveSmallIntegerField("hình thức", choices=Kind.choices)
    on = models.DateField("ngày quyết định")

    class Meta:
        verbose_name = "kỷ luật đảng viên"
        verbose_name_plural = "kỷ luật đảng viên"


class Post(Spell):
    follows = ("ends",)  # where its holder leaves the line, also when an act is undone

    class Kind(IntegerChoices):
        SECRETARY = 1, "Bí thư"
        DEPUTY = 2, "Phó bí thư"
        COMMITTEE = 3, "Cấp ủy viên"

    member = models.ForeignKey(Member, models.PROTECT, related_name="posts", verbose_name="đảng viên")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="posts", verbose_name="tổ chức")
    kind = models.PositiveSmallIntegerField("chức vụ", choices=Kind.choices)

    class Meta:
        verbose_name = "chức vụ đảng"
        verbose_name_plural = "chức vụ đảng"
        constraints = [
            NoOverlap(
                of=("member", "organization"),
                name="post_one_a_day",
                violation_error_message="Đảng viên này đã giữ một chức vụ ở tổ chức đó trong thời gian này.",
            ),
            not_empty("post_not_empty"),
        ]
