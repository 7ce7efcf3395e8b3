"""The invariants of the data as checks that name the record at fault (design §5): every floor adds its own.

A check reads and never writes. What it finds is a sentence and, where there is one, the page of the record.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.apps import apps
from django.db.models import DateField, DateTimeField, F, Model, Q
from django.urls import reverse
from django.utils.module_loading import autodiscover_modules

from ledger.text import within_sentence

from . import days
from .keys import stale
from .models import Change, Document, Recorded, Spell
from .numbers import day_in_words
from .spells import FOREVER, NoOverlap
from .verbs import KNOWN, told_as

UNCLEAN = "có dấu ẩn, chữ ghép rời, dấu nháy hay dấu nối lạ. Hãy gõ lại mục này ở nơi ghi nó rồi ghi."
CHECKS: list["Check"] = []  # in the order of the floors; each app's soundness.py adds to it when it is imported
# {name of a foreign key: (row) -> (whose it is, the page)}: how a row at fault is told. Each floor adds its own.
WHOSE: dict[str, Callable[[Any], tuple[str, str]]] = {}


@dataclass(frozen=True)
class Finding:
    """One record at fault. `url`: where it is seen, "" where no page shows it. `told_as`: as of `Recorded`."""

    sentence: str
    url: str = ""
    told_as: str = ""


Run = TypeVar("Run", bound=Callable[[], Iterable[Finding]])


@dataclass(frozen=True)
class Check:
    """`run()`: the Findings, none when sound. `quick`: asked whenever an act is taken back, too. `certain` False: what is
    found may be right and is only to be looked at. `title`: or what gives it, where a row has a say in it.
    """

    title: str | Callable[[], str]
    run: Callable[[], Iterable[Finding]]
    quick: bool = True
    certain: bool = True


@dataclass(frozen=True)
class CheckOutcome:
    title: str
    findings: tuple[Finding, ...]
    certain: bool = True

    @property
    def sound(self) -> bool:
        return not self.wrong

    @property
    def wrong(self) -> int:
        """How many of the findings are wrong, not only to be looked at."""
        return len(self.findings) if self.certain else 0


def check(title: str | Callable[[], str], *, quick: bool = True, certain: bool = True) -> Callable[[Run], Run]:
    """Decorator: adds a generator of Findings to the checks under its title. `quick`, `certain`: as of a Check."""

    def add(run: Run) -> Run:
        CHECKS.append(Check(title, run, quick, certain))
        return run

    return add


def outcomes(*, quick: bool = False) -> list[CheckOutcome]:
    """Every check of every floor, run; with `quick` only those that cost little."""
    autodiscover_modules("soundness")
    return [CheckOutcome(_titled(c), tuple(c.run()), c.certain) for c in CHECKS if c.quick or not quick]


def _titled(check: Check) -> str:
    return check.title if isinstance(check.title, str) else check.title()


def recorded_models() -> list[type[Recorded]]:
    return [m for m in apps.get_models() if issubclass(m, Recorded) and not m._meta.proxy]


def _named(row: Recorded) -> str:
    return f"{row._meta.verbose_name} số {row.pk}"


@check("Việc hủy một dòng luôn đến sau việc ghi dòng đó")
def voided_after_added() -> Iterator[Finding]:
    for model in recorded_models():
        for pk, added, voided in model._base_manager.filter(voided__lt=F("added")).values_list("pk", "added", "voided"):
            yield Finding(
                f"{model._meta.verbose_name} số {pk}: hủy bởi việc {voided}, trước việc ghi {added}.",
                told_as=model.told_as,
            )


@check("Không có hai khoảng thời gian chồng nhau của cùng một người, tổ chức, chức vụ, trạng thái")
def spells_do_not_overlap() -> Iterator[Finding]:
    for model in recorded_models():
        for rule in model._meta.constraints:
            if isinstance(rule, NoOverlap):
                yield from _overlaps(model, rule)


def _overlaps(model: type[Recorded], rule: NoOverlap) -> Iterator[Finding]:
    owner = [model._meta.get_field(name).attname for name in rule.of]
    rows = model._base_manager.filter(voided__isnull=True).order_by(*owner, "starts", "ends")
    before = None
    for *key, starts, ends, pk in rows.values_list(*owner, "starts", "ends", "pk"):
        if before and before[0] == key and starts < before[1]:
            name = model._meta.verbose_name
            yield Finding(f"{name} số {pk} và số {before[2]}: cùng chứa ngày {day_in_words(starts)}.")
        before = (key, ends, pk)


@check("Không có khoảng thời gian rỗng")
def spells_are_not_empty() -> Iterator[Finding]:
    for model in recorded_models():
        if issubclass(model, Spell):
            for row in model._base_manager.filter(starts__gte=F("ends"), voided__isnull=True):
                yield Finding(f"{_named(row)}: kết thúc trước khi bắt đầu.")


@check("Mọi ngày đã ghi, trừ ngày sinh, nằm trong khoảng ngày ghi được")
def days_are_possible() -> Iterator[Finding]:
    for model in [*recorded_models(), Change, Document]:
        if fields := _days_of(model):
            yield from _impossible(model, fields)


def _days_of(model: type[Model]) -> list[DateField]:
    fields = [f for f in model._meta.concrete_fields if isinstance(f, DateField) and not isinstance(f, DateTimeField)]
    return [] if getattr(model, "is_derived", False) else [f for f in fields if f.name not in _lived(model)]


def _lived(model: type[Model]) -> tuple[str, ...]:
    return getattr(model, "days_of_life", ())


def _impossible(model: type[Model], fields: list[DateField]) -> Iterator[Finding]:
    """One question a model: the self-check runs in every undoing."""
    earliest, latest = days.limits()
    rows = model._base_manager.filter(**({"voided__isnull": True} if issubclass(model, Recorded) else {}))
    asked = Q()
    for field in fields:
        late = Q(**{f"{field.name}__gt": latest})
        if issubclass(model, Spell):
            late &= ~Q(**{field.name: FOREVER})
        asked |= Q(**{f"{field.name}__lt": earliest}) | late
    for row in rows.filter(asked).order_by("pk"):
        for field in fields:
            day = getattr(row, field.attname)
            if day is None or earliest <= day <= latest or issubclass(model, Spell) and day == FOREVER:
                continue
            whose, url = _whose(row)
            said = days.why_impossible(day).partition(". ")[0]
            yield Finding(
                f"{whose}{_named(row)}, {field.verbose_name}: {within_sentence(said)}. "
                "Hãy hủy việc đã ghi dòng này rồi ghi lại với ngày đúng.",
                url,
                getattr(model, "told_as", ""),
            )


def _whose(row: Model) -> tuple[str, str]:
    """("Lê An: ", the page) of a row whose owner may be told; ("", page of the administration) else."""
    if not getattr(row, "told_as", ""):
        for name, told in reversed(WHOSE.items()):  # a person before the place
            if getattr(row, f"{name}_id", None):
                whose, url = told(getattr(row, name))
                return f"{whose}: ", url
    if isinstance(row, Document):
        return "", reverse("admin:ledger_document_change", args=[row.pk])
    return "", ""


@check("Mỗi việc đã ghi đều để lại dòng đã ghi hoặc đã hủy", quick=False, certain=False)
def acts_are_not_empty() -> Iterator[Finding]:
    """As ledger/acts.py asks of each act while it writes; afterwards it can be told of those alone that write nothing
    but rows of acts. Others leave lines of a history, an account, a catalogue.
    """
    acts = Change.objects.filter(
        Q(undoable=True) | Q(verb__in=[code for code, verb in KNOWN.items() if verb.rows_alone]), undone=None
    )
    left = set(acts.values_list("pk", flat=True))
    for model in recorded_models():
        rows = model._base_manager.order_by()
        left.difference_update(rows.values_list("added", flat=True).union(rows.values_list("voided", flat=True)))
    for row in acts.filter(pk__in=left).order_by("pk"):
        told = told_as(row.verb)
        yield Finding(
            f"{told[:1].upper()}{told[1:] or f'Việc “{row.words}”'} (số {row.pk}, ghi ngày {day_in_words(row.at)}): không ghi, "
            "không hủy dòng nào, có thể do biểu mẫu gửi hai lần. Không số liệu nào dựa vào đó; hãy xem điều định ghi đã có "
            "chưa, nếu chưa thì ghi lại.",
            told_as=told,
        )


@check("Khóa sắp xếp, khóa tìm kiếm khớp với chữ đã ghi")
def keys_are_fresh() -> Iterator[Finding]:
    for row, keys in stale():
        for key in keys:
            name = f"{row._meta.verbose_name} {row}: {key.verbose_name}"
            yield Finding(f"{name} không khớp. Hãy chạy manage.py refresh_keys để tính lại.")


def unclean(app: str, where: Mapping[type[Model], Callable[[int], str]] | None = None) -> Iterator[Finding]:
    """Findings of the texts of `app` that stand in another than their normal form: they came past the fields.

    `where`: {model: a function that gives the address of the page of a row, by its id}.
    """
    for model in apps.get_app_config(app).get_models():
        columns = [f for f in model._meta.concrete_fields if hasattr(f, "normal")]
        rows = model._base_manager.order_by("pk")
        if issubclass(model, Recorded):
            rows = rows.filter(voided__isnull=True)
        if not columns or hasattr(model, "history_object"):
            continue
        for pk, *texts in rows.values_list("pk", *(f.attname for f in columns)).iterator():
            wrong = [f.verbose_name for f, text in zip(columns, texts, strict=True) if text != f.normal(text)]
            if wrong:
                address = where[model](pk) if where and model in where else ""
                yield Finding(
                    f"{model._meta.verbose_name} số {pk}: {', '.join(wrong)} {UNCLEAN}",
                    address,
                    getattr(model, "told_as", ""),
                )


@check("Chữ đã ghi về tài khoản, văn bản, việc không có dấu ẩn hay dấu lạ", quick=False)
def texts_are_clean() -> Iterator[Finding]:
    yield from unclean("ledger")
