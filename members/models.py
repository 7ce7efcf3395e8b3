"""People, where they belong and since when, how they came into the Party and how they left the roll."""

from django.core.validators import RegexValidator
from django.db import models
from simple_history.models import HistoricalRecords

from ledger.fields import CleanCharField, KeyField
from ledger.models import Recorded, Spell, not_empty
from ledger.spells import NoOverlap
from ledger.text import name_sort_key, search_key, sort_key
from organizations.models import Organization


class Catalogue(models.Model):
    code = models.CharField("mã", max_length=20, unique=True)
    name = CleanCharField("tên", max_length=80)
    sort_key = KeyField("khóa sắp xếp", derive="_sort_key")
    history = HistoricalRecords(inherit=True)

    class Meta:
        abstract = True
        ordering = ["code"]

    def __str__(self):
        return self.name

    def _sort_key(self):
        return sort_key(self.name)


class EthnicGroup(Catalogue):
    class Meta(Catalogue.Meta):
        verbose_name = "dân tộc"
        verbose_name_plural = "dân tộc"


class Religion(Catalogue):
    class Meta(Catalogue.Meta):
        verbose_name = "tôn giáo"
        verbose_name_plural = "tôn giáo"


class Sex(models.TextChoices):
    MALE = "M", "Nam"
    FEMALE = "F", "Nữ"


class Precision(models.TextChoices):
    DAY = "D", "ngày, tháng, năm"
    MONTH = "M", "tháng, năm"
    YEAR = "Y", "chỉ năm"


class Qualification(models.IntegerChoices):
    """Highest professional qualification (domain §4.2)."""

    NONE = 0, "Chưa qua đào tạo"
    ELEMENTARY = 1, "Sơ cấp, công nhân kỹ thuật"
    INTERMEDIATE = 2, "Trung cấp"
    COLLEGE = 3, "Cao đẳng"
    BACHELOR = 4, "Đại học"
    MASTER = 5, "Thạc sĩ"
    DOCTOR = 6, "Tiến sĩ"


class Theory(models.IntegerChoices):
    """Highest political theory (domain §4.2)."""

    NONE = 0, "Chưa qua"
    ELEMENTARY = 1, "Sơ cấp"
    INTERMEDIATE = 2, "Trung cấp"
    ADVANCED = 3, "Cao cấp, cử nhân"


class Member(Recorded):
    is_identity = True

    full_name = CleanCharField("họ và tên", max_length=120)
    birth_name = CleanCharField("tên khai sinh", max_length=120, blank=True)
    given_name = CleanCharField(
        "tên gọi", max_length=40, blank=True, help_text="Chỉ ghi khi tên gọi không phải từ cuối."
    )
    sort_key = KeyField("khóa sắp xếp", derive="_sort_key", db_index=True)
    search_key = KeyField("khóa tìm kiếm", derive="_search_key", max_length=250)
    sex = models.CharField("giới tính", max_length=1, choices=Sex.choices)
    birth_date = models.DateField("ngày sinh")
    birth_precision = models.CharField(
        "ngày sinh ghi đến", max_length=1, choices=Precision.choices, default=Precision.DAY
    )
    ethnic_group = models.ForeignKey(EthnicGroup, models.PROTECT, verbose_name="dân tộc")
    religion = models.ForeignKey(Religion, models.PROTECT, null=True, blank=True, verbose_name="tôn giáo")
    card_number = models.CharField(
        "số thẻ đảng viên",
        max_length=12,
        blank=True,
        validators=[RegexValidator(r"^(\d{8}|\d{12})$", "Số thẻ gồm 8 hoặc 12 chữ số.")],
    )
    qualification = models.PositiveSmallIntegerField("chuyên môn", choices=Qualification.choices, default=0)
    theory = models.PositiveSmallIntegerField("lý luận chính trị", choices=Theory.choices, default=0)
    occupation = CleanCharField("nghề nghiệp, vị trí", max_length=120, blank=True)

    class Meta:
        verbose_name = "đảng viên"
        verbose_name_plural = "đảng viên"
        ordering = ["sort_key", "pk"]

    def __str__(self):
        return self.full_name

    def _sort_key(self):
        return name_sort_key(self.full_name, self.given_name)

    def _search_key(self):
        return search_key(f"{self.full_name} {self.birth_name}")

    @property
    def born(self):
        """Date of birth as precisely as it is known."""
        pattern = {Precision.DAY: "%d/%m/%Y", Precision.MONTH: "%m/%Y", Precision.YEAR: "%Y"}
        return f"{self.birth_date:{pattern[self.birth_precision]}}"

    def age(self, day):
        return age_on(self.birth_date, self.birth_precision, day)


def age_on(born, precision, day):
    """Completed years on `day`; with only a year of birth, the difference of years (domain §4.2)."""
    years = day.year - born.year
    return years if precision == Precision.YEAR else years - ((day.month, day.day) < (born.month, born.day))


class Entry(models.TextChoices):
    OPENING = "OPENING", "Có khi lập sổ"
    ADMITTED = "ADMITTED", "Kết nạp"
    READMITTED = "READMITTED", "Kết nạp lại"
    RESTORED = "RESTORED", "Phục hồi đảng tịch"
    ARRIVED = "ARRIVED", "Chuyển đến từ đảng bộ khác"
    MOVED = "MOVED", "Chuyển trong Đảng bộ Khối"
    REORGANIZED = "REORGANIZED", "Do sắp xếp tổ chức"


class Exit(models.TextChoices):
    NONE = "", "Đang sinh hoạt"
    DEPARTED = "DEPARTED", "Chuyển đi đảng bộ khác"
    MOVED = "MOVED", "Chuyển trong Đảng bộ Khối"
    REORGANIZED = "REORGANIZED", "Do sắp xếp tổ chức"
    DIED = "DIED", "Từ trần"
    EXPELLED = "EXPELLED", "Khai trừ"
    STRUCK = "STRUCK", "Xóa tên"
    RESIGNED = "RESIGNED", "Xin ra khỏi Đảng"
    ABROAD = "ABROAD", "Ra nước ngoài"


LEAVING = (Exit.DEPARTED, Exit.DIED, Exit.EXPELLED, Exit.STRUCK, Exit.RESIGNED, Exit.ABROAD)


class Membership(Spell):
    """Official place of a member: one cell on any day."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="memberships", verbose_name="đảng viên")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="memberships", verbose_name="chi bộ")
    entry = models.CharField("đến vì", max_length=12, choices=Entry.choices)
    exit = models.CharField("đi vì", max_length=12, choices=Exit.choices, blank=True, default=Exit.NONE)

    class Meta:
        verbose_name = "sinh hoạt đảng"
        verbose_name_plural = "sinh hoạt đảng"
        constraints = [
            NoOverlap(
                of="member",
                name="membership_one_cell_a_day",
                violation_error_message="Một đảng viên chỉ sinh hoạt chính thức ở một chi bộ trong một ngày.",
            ),
            not_empty("membership_not_empty"),
        ]
        indexes = [models.Index(fields=["organization", "starts", "ends"])]


class Admission(Recorded):
    """How someone came into the Party. `organization` is empty when it was outside the bloc.

    Probation runs from the ceremony, Party age from the decision (domain §4.3).
    """

    class Kind(models.TextChoices):
        ADMITTED = "ADMITTED", "Kết nạp"
        READMITTED = "READMITTED", "Kết nạp lại"
        RESTORED = "RESTORED", "Phục hồi đảng tịch"

    member = models.ForeignKey(Member, models.PROTECT, related_name="admissions", verbose_name="đảng viên")
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="admissions", verbose_name="chi bộ kết nạp"
    )
    kind = models.CharField("hình thức", max_length=10, choices=Kind.choices, default=Kind.ADMITTED)
    decided = models.DateField("ngày quyết định")
    ceremony = models.DateField("ngày làm lễ")
    youth = models.BooleanField("là đoàn viên khi kết nạp", default=False)

    class Meta:
        verbose_name = "kết nạp"
        verbose_name_plural = "kết nạp"
        indexes = [models.Index(fields=["ceremony"]), models.Index(fields=["decided"])]


class Officialization(Recorded):
    """Recognised as an official member from `on`; until then, and after the admission, on probation."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="officializations", verbose_name="đảng viên")
    on = models.DateField("công nhận chính thức từ")

    class Meta:
        verbose_name = "công nhận chính thức"
        verbose_name_plural = "công nhận chính thức"


class Status(Spell):
    """Still on the roll, but not as others (domain §4.4)."""

    class Kind(models.IntegerChoices):
        EXEMPT = 1, "Được miễn công tác và sinh hoạt đảng"
        SUSPENDED = 2, "Bị đình chỉ sinh hoạt đảng"
        SICK = 3, "Nghỉ ốm"
        TEMPORARY = 4, "Chuyển sinh hoạt tạm thời"

    member = models.ForeignKey(Member, models.PROTECT, related_name="statuses", verbose_name="đảng viên")
    kind = models.PositiveSmallIntegerField("trạng thái", choices=Kind.choices)

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
        ]


class Discipline(Recorded):
    """A disciplinary decision short of expulsion, which is a way of leaving the roll (domain §4.4)."""

    class Kind(models.IntegerChoices):
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
    class Kind(models.IntegerChoices):
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
