"""Every act and its document; the rows that acts leave behind; the people who act."""

from datetime import date
from typing import Any

from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import AbstractUser, UserManager
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from simple_history.models import HistoricalRecords

from . import clock, verbs
from .fields import CleanCharField, CleanTextField, CodeCharField, KeyField
from .numbers import day_in_words
from .querysets import RecordedQuerySet
from .spells import FOREVER, SpellQuerySet
from .text import secret, slip_code, word_key

OLDEST_PAPER = date(1900, 1, 1)  # nobody who is in a register was in an organization before


class AccountManager(UserManager):
    """Whoever makes an account, the command for the first administrator among them, sets its password by the one rule."""

    def _create_user_object(self, username: str, email: str | None, password: str | None, **extra: Any) -> "User":
        return super()._create_user_object(username, email, password and secret(password), **extra)


class User(AbstractUser):
    """An account. What it may do comes from its appointments (organizations/access.py), never from a flag here."""

    first_name = last_name = None
    display_name = CleanCharField("họ và tên hiển thị", max_length=150, blank=True)
    must_change_password = models.BooleanField("phải đổi mật khẩu khi đăng nhập", default=False)
    password_given_on = models.DateField("mật khẩu dùng một lần cấp ngày", null=True, editable=False)
    history = HistoricalRecords(excluded_fields=["password", "last_login"])

    objects = AccountManager()

    class Meta:
        verbose_name = "tài khoản"
        verbose_name_plural = "tài khoản"

    def get_full_name(self) -> str:
        return self.display_name or self.username

    get_short_name = get_full_name

    def set_password(self, raw_password: str | None) -> None:
        """However the keyboard composes its letters, it is the same password (ledger.text.secret)."""
        super().set_password(raw_password and secret(raw_password))

    def give_password(self, raw_password: str, day: date) -> None:
        """As `set_password`, by somebody else on `day`: good for a time (ledger/accounts.py), to set one's own."""
        self.set_password(raw_password)
        self.must_change_password, self.password_given_on = True, day

    def check_password(self, raw_password: str | None) -> bool:
        """As usual; a password hashed as it was typed, before that was one rule, still opens and is then hashed anew.

        One that was given on a slip may be typed in capitals or in its groups.
        """
        if raw_password is None:
            return False
        if super().check_password(secret(raw_password)):
            return True
        code = slip_code(raw_password)
        if self.must_change_password and code != secret(raw_password) and super().check_password(code):
            return True
        if raw_password == secret(raw_password) or not check_password(raw_password, self.password):
            return False
        self.set_password(raw_password)
        self._password = None  # no change of the password, so nobody is told of one
        self.save(update_fields=["password"])
        return True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """As usual; but signing in is no change of the account and leaves no line in its history."""
        if kwargs.get("update_fields") != ["last_login"]:
            return super().save(*args, **kwargs)
        self.skip_history_when_saving = True
        try:
            return super().save(*args, **kwargs)
        finally:
            del self.skip_history_when_saving


class Installation(models.Model):
    """One row, made by the demo loader: this database is a demonstration and its clock stands still."""

    demo_day = models.DateField("ngày của bản trình diễn", null=True)
    loaded = models.BooleanField("đã nạp xong", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "bản cài đặt"

    def __str__(self) -> str:
        return "Ngày của bản trình diễn"


class DayLimits(models.Model):
    """One row: between which days everything that is recorded lies."""

    earliest = models.DateField(
        "ngày sớm nhất ghi được",
        default=date(1930, 2, 3),
        validators=[MinValueValidator(OLDEST_PAPER, "Hãy chọn một ngày từ 01/01/1900.")],
        help_text="Ngày thành lập Đảng: không việc nào, văn bản nào trong sổ có trước ngày này. Ngày sinh không kể.",
    )
    years_ahead = models.PositiveSmallIntegerField(
        "ghi trước nhiều nhất (năm)",
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(20)],
        help_text="Cho những ngày được phép ở phía trước, như hạn giải quyết, ngày hết thời gian tạm thời.",
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "giới hạn ngày tháng"

    def __str__(self) -> str:
        return "Giới hạn ngày tháng"

    def clean(self) -> None:
        if self.earliest and self.earliest > clock.today():
            raise ValidationError({"earliest": "Ngày sớm nhất không thể ở phía trước. Hãy xem lại năm."})


class HelpDesk(models.Model):
    """One row: whom to call who cannot go on."""

    name = CleanCharField("ai giúp", max_length=120, blank=True, help_text="Ví dụ: Phòng Tổng hợp, Ban Tổ chức.")
    phone = CleanCharField("điện thoại", max_length=60, blank=True)
    hours = CleanCharField("giờ giúp", max_length=120, blank=True, help_text="Ví dụ: thứ Hai đến thứ Sáu, 7h30–17h.")
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "nơi giúp người dùng"

    def __str__(self) -> str:
        return "Nơi giúp người dùng"


class OneTimePasswords(models.Model):
    """One row: how long a password that somebody else set opens an account whose owner has not set his own."""

    days = models.PositiveSmallIntegerField(
        "dùng được trong (ngày)",
        default=30,
        validators=[
            MinValueValidator(1, "Hãy chọn ít nhất 1 ngày."),
            MaxValueValidator(365, "Hãy chọn nhiều nhất 365 ngày."),
        ],
        help_text="Quá hạn này mà chưa đổi sang mật khẩu riêng thì không đăng nhập được nữa; quản trị cấp lại.",
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "hạn dùng mật khẩu cấp lần đầu"

    def __str__(self) -> str:
        return "Hạn dùng mật khẩu cấp lần đầu"


class Document(models.Model):
    """The paper behind an act: number, date, issuer."""

    number = CodeCharField("số, ký hiệu", max_length=80)
    date = models.DateField("ngày ban hành")
    issuer = CleanCharField("cơ quan ban hành", max_length=200)
    title = CleanCharField("trích yếu", max_length=300, blank=True)
    search_key = KeyField("khóa tìm kiếm", derive="_search_key")

    class Meta:
        verbose_name = "văn bản"
        verbose_name_plural = "văn bản"
        constraints = [models.UniqueConstraint(fields=["date", "number", "issuer"], name="document_once")]

    def __str__(self) -> str:
        return f"{self.number} ngày {day_in_words(self.date)} của {self.issuer}"

    def _search_key(self) -> str:
        return paper_key(self.number, self.date, self.issuer, self.title)


def paper_key(number: str, day: date, issuer: str, title: str) -> str:
    """By what a paper is found: its words, and its day as it may be typed, 05/08/2017 or 5/8/2017."""
    whole = day_in_words(day)
    short = f"{day.day}/{day.month}/{day.year}"
    return word_key(f"{number} {whole}{'' if short == whole else f' {short}'} {issuer} {title}")


class Change(models.Model):
    """One act: who did what, when it was typed and from which day it holds."""

    verb = models.CharField("việc", max_length=60)  # the code of a Verb (ledger/verbs.py)
    detail = models.CharField("chi tiết của việc", max_length=200, blank=True)
    by = models.ForeignKey(User, models.PROTECT, verbose_name="người làm", related_name="+")
    at = models.DateTimeField("ghi lúc", auto_now_add=True)
    on = models.DateField("hiệu lực từ")
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, verbose_name="văn bản")
    reason = CleanTextField("lý do", blank=True)
    undoable = models.BooleanField("hủy được cả việc", default=False)
    undone = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="undoes", verbose_name="hủy bởi việc"
    )

    class Meta:
        verbose_name = "việc đã ghi"
        verbose_name_plural = "việc đã ghi"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.words} (hiệu lực {day_in_words(self.on)})"

    @property
    def words(self) -> str:
        """What was done, in the words of today."""
        return verbs.words(self.verb, self.detail)


class Recorded(models.Model):
    """A row that an act brought and another may void; it is never deleted."""

    can_be_taken_back = True  # False where other rows are derived from it: those change by their verbs alone
    is_identity = False  # True where other rows point to it through all its versions: undone in place, never copied
    follows: tuple[
        str, ...
    ] = ()  # columns (attnames) that are brought in line with other rows, also when an act is undone
    days_of_life: tuple[str, ...] = ()  # columns that tell days of a person's life; all others are days of the register
    is_derived = False  # True where it follows from other rows and is computed anew
    told_as = (
        ""  # where others may not learn of it: the words, without verb or day, in which undoing something else names it
    )

    added = models.ForeignKey(Change, models.PROTECT, related_name="+", verbose_name="ghi bởi")
    voided = models.ForeignKey(Change, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="hủy bởi")

    objects = RecordedQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} số {self.pk}"


class Spell(Recorded):
    """Holds on the days [starts, ends). `ends` 9999-12-31 reads "nay"."""

    starts = models.DateField("từ ngày")
    ends = models.DateField("đến trước ngày", default=FOREVER)

    objects = SpellQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def is_open(self) -> bool:
        return self.ends == FOREVER


def not_empty(name: str) -> models.CheckConstraint:
    """Constraint: an empty spell would overlap nothing on PostgreSQL."""
    return models.CheckConstraint(condition=models.Q(starts__lt=models.F("ends")), name=name)
