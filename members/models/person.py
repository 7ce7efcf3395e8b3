"""People as the statistics need them, and the catalogues that describe them (domain §4.2)."""

from django.core.validators import RegexValidator
from django.db import models
from simple_history.models import HistoricalRecords

from ledger import months
from ledger.choices import IntegerChoices, TextChoices
from ledger.fields import CleanCharField, KeyField, NumberCharField
from ledger.models import Recorded
from ledger.numbers import day_in_words
from ledger.text import name_sort_key, search_key, sort_key

# Eight digits, twelve since the exchange of 2025 (domain §4.2).
CARD_NUMBER = RegexValidator(r"\A([0-9]{8}|[0-9]{12})\Z", "Số thẻ gồm 8 hoặc 12 chữ số.")


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


class Sex(TextChoices):
    MALE = "M", "Nam"
    FEMALE = "F", "Nữ"


class Precision(TextChoices):
    DAY = "D", "ngày, tháng, năm"
    MONTH = "M", "tháng, năm"
    YEAR = "Y", "chỉ năm"


class Qualification(IntegerChoices):
    """Highest professional qualification (domain §4.2)."""

    NONE = 0, "Chưa qua đào tạo"
    ELEMENTARY = 1, "Sơ cấp, công nhân kỹ thuật"
    INTERMEDIATE = 2, "Trung cấp"
    COLLEGE = 3, "Cao đẳng"
    BACHELOR = 4, "Đại học"
    MASTER = 5, "Thạc sĩ"
    DOCTOR = 6, "Tiến sĩ"


class Theory(IntegerChoices):
    """Highest political theory (domain §4.2)."""

    NONE = 0, "Chưa qua"
    ELEMENTARY = 1, "Sơ cấp"
    INTERMEDIATE = 2, "Trung cấp"
    ADVANCED = 3, "Cao cấp, cử nhân"


class Namesake:
    """Somebody whose page may name another of one name. `apart`: what tells them from that one, as members/identity/homonyms.py
    finds it; "" for nothing.
    """

    apart = ""

    @property
    def called(self):
        """The name, with what tells them from a namesake on the same page."""
        return f"{self.full_name} ({self.apart})" if self.apart else self.full_name


class Member(Namesake, Recorded):
    is_identity = True
    days_of_life = ("birth_date",)

    full_name = CleanCharField("họ và tên", max_length=120)
    birth_name = CleanCharField("tên khai sinh", max_length=120, blank=True)
    given_name = CleanCharField(
        "tên gọi", max_length=40, blank=True, help_text="Chỉ ghi khi tên gọi không phải từ cuối."
    )
    sort_key = KeyField("khóa sắp xếp", derive="_sort_key", db_index=True)
    search_key = KeyField("khóa tìm kiếm", derive="_search_key", max_length=250)
    name_key = KeyField("khóa họ tên", derive="_name_key", max_length=250)
    birth_name_key = KeyField("khóa tên khai sinh", derive="_birth_name_key", max_length=250)
    sex = models.CharField("giới tính", max_length=1, choices=Sex.choices)
    birth_date = models.DateField("ngày sinh")
    birth_precision = models.CharField(
        "ngày sinh ghi đến", max_length=1, choices=Precision.choices, default=Precision.DAY
    )
    ethnic_group = models.ForeignKey(EthnicGroup, models.PROTECT, verbose_name="dân tộc")
    religion = models.ForeignKey(Religion, models.PROTECT, null=True, blank=True, verbose_name="tôn giáo")
    card_number = NumberCharField("số thẻ đảng viên", max_length=12, blank=True, validators=[CARD_NUMBER])
    qualification = models.PositiveSmallIntegerField("chuyên môn", choices=Qualification.choices, default=0)
    theory = models.PositiveSmallIntegerField("lý luận chính trị", choices=Theory.choices, default=0)
    occupation = CleanCharField("nghề nghiệp, vị trí", max_length=120, blank=True)

    class Meta:
        verbose_name = "đảng viên"
        verbose_name_plural = "đảng viên"
        ordering = ["sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["card_number"],
                condition=models.Q(voided__isnull=True) & ~models.Q(card_number=""),
                name="member_card_once",
                violation_error_message="Số thẻ đảng viên này đã ghi cho một đồng chí khác. Hãy xem lại số thẻ, "
                "hoặc tìm hồ sơ đã có theo số thẻ.",
            )
        ]
        # Who is perhaps somebody else is asked by these (members/identity/likeness.py).
        indexes = [
            models.Index(fields=["name_key"], name="member_by_name"),
            models.Index(
                fields=["birth_name_key"], name="member_by_birth_name", condition=~models.Q(birth_name_key="")
            ),
        ]

    def __str__(self):
        return self.full_name

    def _sort_key(self):
        return name_sort_key(self.full_name, self.given_name)

    def _search_key(self):
        return search_key(f"{self.full_name} {self.birth_name}")

    def _name_key(self):
        return search_key(self.full_name)

    def _birth_name_key(self):
        return search_key(self.birth_name)

    @property
    def born(self):
        """Date of birth as precisely as it is known."""
        return born_text(self.birth_date, self.birth_precision)

    def age(self, day):
        return age_on(self.birth_date, self.birth_precision, day)


def born_text(born, precision):
    """A date of birth as precisely as it is known: 15/06/1980, 06/1980, 1980."""
    whole = day_in_words(born)
    return {Precision.DAY: whole, Precision.MONTH: whole[3:], Precision.YEAR: whole[6:]}[Precision(precision)]


def age_on(born, precision, day):
    """Completed years on `day`; with only a year of birth, the difference of years (domain §4.2)."""
    return day.year - born.year if precision == Precision.YEAR else months.completed(born, day) // 12
