"""The pipeline of admissions (nguồn kết nạp): who is being prepared for the Party, and how far they have come."""

from django.db import models

from ledger.choices import IntegerChoices
from ledger.fields import CleanCharField, CleanTextField, KeyField
from ledger.models import Recorded
from ledger.text import name_sort_key, search_key
from organizations.models import Organization

from .person import Member, Namesake, Precision, Sex, born_text


class Stage(IntegerChoices):
    """How far a candidate has come; the first four in this order, one of the last three closes the pipeline."""

    RECOMMENDED = 1, "Đã giới thiệu"
    CLASS = 2, "Đã học lớp nhận thức về Đảng"
    DOSSIER = 3, "Đủ hồ sơ"
    DECIDED = 4, "Đã có quyết định kết nạp"
    ADMITTED = 5, "Đã kết nạp"
    STOPPED = 6, "Thôi xét"
    WITHDRAWN = 7, "Xin rút"


WAITING = (Stage.RECOMMENDED, Stage.CLASS, Stage.DOSSIER, Stage.DECIDED)
ENDED = (Stage.ADMITTED, Stage.STOPPED, Stage.WITHDRAWN)


class Candidate(Recorded):
    """An identity: what is known of the person is a CandidateRecord, how far they have come their CandidateSteps."""

    can_be_taken_back = False
    is_identity = True

    class Meta:
        verbose_name = "người trong nguồn kết nạp"
        verbose_name_plural = "người trong nguồn kết nạp"


class CandidateRecord(Namesake, Recorded):
    """What is known of a candidate; a correction voids it and inserts another."""

    can_be_taken_back = False
    days_of_life = ("birth_date",)
    birth_precision = Precision.DAY  # the pipeline takes no less, so that one person is told from another

    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="records", verbose_name="người trong nguồn")
    full_name = CleanCharField("họ và tên", max_length=120)
    given_name = CleanCharField("tên gọi", max_length=40, blank=True)
    sort_key = KeyField("khóa sắp xếp", derive="_sort_key", db_index=True)
    search_key = KeyField("khóa tìm kiếm", derive="_search_key", max_length=250)
    sex = models.CharField("giới tính", max_length=1, choices=Sex.choices)
    birth_date = models.DateField("ngày sinh")
    youth = models.BooleanField("là đoàn viên", default=False)

    class Meta:
        verbose_name = "lý lịch trong nguồn kết nạp"
        verbose_name_plural = "lý lịch trong nguồn kết nạp"
        ordering = ["sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidate"], condition=models.Q(voided__isnull=True), name="candidate_one_record"
            )
        ]
        indexes = [models.Index(fields=["search_key"], name="candidate_by_name")]

    def __str__(self):
        return self.full_name

    @property
    def born(self):
        """As of a Member."""
        return born_text(self.birth_date, self.birth_precision)

    def _sort_key(self):
        return name_sort_key(self.full_name, self.given_name)

    def _search_key(self):
        return search_key(self.full_name)


class CandidateStep(Recorded):
    """A step on a day, in the cell the candidate belonged to that day.

    `passed`: no step of theirs, but the day their cell ended and another received them, at the same stage.
    `member`: who they became, set where `stage` is ADMITTED.
    """

    can_be_taken_back = False

    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="steps", verbose_name="người trong nguồn")
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="candidate_steps", verbose_name="chi bộ"
    )
    stage = models.PositiveSmallIntegerField("bước", choices=Stage.choices)
    on = models.DateField("ngày")
    passed = models.BooleanField("do sắp xếp tổ chức", default=False)
    reason = CleanTextField("lý do", blank=True)
    member = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="candidacies", verbose_name="thành đảng viên"
    )

    class Meta:
        verbose_name = "bước trong nguồn kết nạp"
        verbose_name_plural = "bước trong nguồn kết nạp"
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "stage"],
                condition=models.Q(voided__isnull=True, passed=False),
                name="candidate_step_once",
                violation_error_message="Bước này của người trong nguồn kết nạp đã được ghi.",
            ),
            models.CheckConstraint(
                condition=models.Q(stage=Stage.ADMITTED, member__isnull=False)
                | (~models.Q(stage=Stage.ADMITTED) & models.Q(member__isnull=True)),
                name="candidate_member_when_admitted",
            ),
        ]
