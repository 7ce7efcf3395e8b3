"""What an import keeps: the file while it is looked at, what was said of it, what became of it; and what is remembered."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from simple_history.models import HistoricalRecords

from ledger.choices import TextChoices
from ledger.fields import CleanCharField, KeyField
from ledger.models import Change, User
from ledger.text import search_key


class RunState(TextChoices):
    READ = "READ", "đã đọc, chờ chọn cột"
    JUDGED = "JUDGED", "đã xem thử, chưa ghi"
    WRITING = "WRITING", "đang ghi"
    DONE = "DONE", "đã ghi"
    DROPPED = "DROPPED", "đã bỏ"


class ImportRun(models.Model):
    """One file on its way in; what it holds is kept in RunPieces until it is written or dropped, and no longer.

    `layout`: where its header is and what its columns are (columns/layout.py); `given`: what was typed for the whole file;
    `answers`: {row number: what was said about a row that was asked about}; `report`: what each row came to (runs/report.py).
    """

    kind = models.CharField("loại dữ liệu", max_length=20)
    by = models.ForeignKey(User, models.PROTECT, related_name="import_runs", verbose_name="người nhập")
    at = models.DateTimeField("mở lúc", auto_now_add=True)
    name = CleanCharField("tên tệp", max_length=200)
    digest = models.CharField("dấu của tệp", max_length=64)
    state = models.CharField("tình trạng", max_length=8, choices=RunState.choices, default=RunState.READ)
    since = models.DateTimeField("từ lúc", auto_now=True)
    layout = models.JSONField("cách đọc", default=dict)
    given = models.JSONField("ghi cho cả tệp", default=dict)
    answers = models.JSONField("trả lời", default=dict)
    report = models.JSONField("kết quả", default=dict)
    change = models.OneToOneField(
        Change, models.PROTECT, null=True, blank=True, related_name="import_run", verbose_name="việc đã ghi"
    )

    class Meta:
        verbose_name = "lần nhập dữ liệu"
        verbose_name_plural = "lần nhập dữ liệu"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name


class RunPiece(models.Model):
    """A part of what a run keeps, of some size, in order: put together by runs/pieces.py."""

    class Of(TextChoices):
        FILE = "FILE", "tệp"
        FAULTY = "FAULTY", "dòng chưa ghi được"  # a line of JSON each, as runs/report.py tells a row

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="pieces", verbose_name="lần nhập")
    of = models.CharField("của", max_length=6, choices=Of.choices)
    number = models.PositiveIntegerField("thứ")
    content = models.BinaryField("nội dung")

    class Meta:
        verbose_name = verbose_name_plural = "phần của lần nhập dữ liệu"
        ordering = ["run", "of", "number"]
        constraints = [models.UniqueConstraint(fields=["run", "of", "number"], name="run_piece_once")]

    def __str__(self) -> str:
        return f"{self.run}, {self.get_of_display()} {self.number}"


class KnownHeading(models.Model):
    """What a heading meant the last time somebody said so; "" for a column that is not read."""

    kind = models.CharField("loại dữ liệu", max_length=20)
    heading = CleanCharField("tiêu đề trong tệp", max_length=200)
    key = KeyField("khóa", derive="_key", max_length=250)
    column = models.CharField("là cột", max_length=40, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "tiêu đề cột đã nhớ"
        verbose_name_plural = "tiêu đề cột đã nhớ"
        ordering = ["kind", "heading"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"],
                name="known_heading_once",
                violation_error_message="Tiêu đề này đã được nhớ cho loại dữ liệu đó.",
            )
        ]

    def __str__(self) -> str:
        return self.heading

    def _key(self) -> str:
        return search_key(self.heading)


class OtherSpelling(models.Model):
    """Another way in which files write an entry of a catalogue: Raglai for Ra-glai. `code`: of the catalogue."""

    class Of(TextChoices):
        ETHNIC_GROUP = "ETHNIC_GROUP", "dân tộc"
        RELIGION = "RELIGION", "tôn giáo"
        QUALIFICATION = "QUALIFICATION", "chuyên môn"
        THEORY = "THEORY", "lý luận chính trị"
        LEVEL = "LEVEL", "mức xếp loại"
        REASON = "REASON", "lý do không xếp loại"

    of = models.CharField("danh mục", max_length=13, choices=Of.choices)
    text = CleanCharField("viết khác", max_length=80)
    key = KeyField("khóa", derive="_key", max_length=250)
    code = models.CharField("là mục mang mã", max_length=20)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "cách viết khác của danh mục"
        verbose_name_plural = "cách viết khác của danh mục"
        ordering = ["of", "text"]
        constraints = [
            models.UniqueConstraint(
                fields=["of", "key"],
                name="other_spelling_once",
                violation_error_message="Cách viết này đã có trong danh mục đó.",
            )
        ]

    def __str__(self) -> str:
        return self.text

    def _key(self) -> str:
        return search_key(self.text)


class ImportLimits(models.Model):
    """One row: how large a file may be, and how long and in how much memory it is read."""

    megabytes = models.PositiveSmallIntegerField(
        "tệp nặng nhất (MB)", default=25, validators=[MinValueValidator(1), MaxValueValidator(200)]
    )
    rows = models.PositiveIntegerField(
        "nhiều dòng nhất", default=300_000, validators=[MinValueValidator(100), MaxValueValidator(1_048_576)]
    )
    columns = models.PositiveSmallIntegerField(
        "nhiều cột nhất", default=200, validators=[MinValueValidator(5), MaxValueValidator(1000)]
    )
    seconds = models.PositiveSmallIntegerField(
        "đọc lâu nhất (giây)", default=60, validators=[MinValueValidator(5), MaxValueValidator(600)]
    )
    memory_megabytes = models.PositiveSmallIntegerField(
        "bộ nhớ để đọc (MB)", default=300, validators=[MinValueValidator(150), MaxValueValidator(4000)]
    )
    days_kept = models.PositiveSmallIntegerField(
        "giữ tệp chưa ghi (ngày)",
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
        help_text="Sau đó nội dung tệp được xóa khỏi máy chủ; kết quả xem thử vẫn còn.",
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "giới hạn nhập dữ liệu"

    def __str__(self) -> str:
        return "Giới hạn nhập dữ liệu"
