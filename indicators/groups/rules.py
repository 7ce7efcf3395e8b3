"""What the groups of a year must be like, judged before anything is written (domain §6)."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db.models import Count
from django.utils.text import capfirst

from indicators.measures import LETTERS, MEASURES
from indicators.models import Closing, Indicator, Target, TargetGroup
from indicators.results import EXACT_DECIMALS
from indicators.states import STATED
from indicators.years import groups_of
from ledger.acts import Refused
from ledger.text import clean, search_key, within_sentence
from organizations.models import Organization

from .measured import unit_of, wholes_of

CODE = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)*")
Below = Indicator.Below


@dataclass(frozen=True)
class YearGroups:
    """The groups of a bloc's year that are in use, in order, as they stand when it is made."""

    bloc: Organization
    year: int

    @cached_property
    def groups(self) -> list[TargetGroup]:
        return groups_of({self.year: self.bloc.pk}).get(self.year, [])

    @property
    def indicators(self) -> list[Indicator]:
        return [indicator for group in self.groups for indicator in group.all_indicators]

    @cached_property
    def targets(self) -> Counter[int]:
        """{indicator id: how many organizations have a target of it}"""
        rows = Target.objects.standing().filter(indicator__in=[i.pk for i in self.indicators])
        return Counter(dict(rows.values_list("indicator_id").annotate(n=Count("pk"))))

    def group(self, pk: int | None) -> TargetGroup:
        """The group with the id; Refused where the year goes without it by now."""
        if found := next((group for group in self.groups if group.pk == pk), None):
            return found
        raise Refused(f"Nhóm này không còn dùng trong năm {self.year}. Hãy tải lại trang.")

    def indicator(self, pk: int | None) -> Indicator:
        """The indicator with the id; Refused where the year goes without it by now."""
        if found := next((indicator for indicator in self.indicators if indicator.pk == pk), None):
            return found
        raise Refused(f"Chỉ tiêu này không còn dùng trong năm {self.year}. Hãy tải lại trang.")


def is_closed(bloc: int, year: int) -> bool:
    """Whether the figures of the whole year of the bloc (an id) are closed."""
    whole = {"period__bloc": bloc, "period__year": year, "period__quarter__isnull": True}
    return Closing.objects.standing().filter(**whole).exists()


def require_open(bloc: int, year: int) -> None:
    if is_closed(bloc, year):
        raise Refused(
            f"Số liệu năm {year} đã chốt, nên nhóm chỉ tiêu của năm không đổi được nữa. "
            "Muốn đổi, trước hết hãy hủy lần chốt và nêu lý do."
        )


def judge_name_of_group(name: str, others: Iterable[TargetGroup], year: int) -> None:
    """`name`, cleaned; `others`: the other groups in use."""
    if not name:
        raise Refused("Nhóm chỉ tiêu cần có tên.")
    if any(search_key(other.name) == search_key(name) for other in others):
        raise Refused(f"Năm {year} đã có nhóm “{name}”. Hãy đặt tên khác.")


def judge_code(code: str, taken: Iterable[str], year: int) -> None:
    """A code of a group among the groups of its year, of an indicator among all its indicators."""
    if len(code) > 12 or not CODE.fullmatch(code):
        raise Refused(f"Mã “{code}” chỉ gồm chữ in hoa không dấu, chữ số và dấu gạch nối, nhiều nhất 12 ký tự.")
    if code in taken:
        raise Refused(f"Mã {code} đã dùng trong năm {year}. Hãy chọn mã khác.")


def settle(indicator: Indicator, headline: Indicator | None) -> None:
    """Fills in what follows from the rest. `headline`: of the group it is a part of, None for the headline itself."""
    indicator.name, indicator.unit = clean(indicator.name), clean(indicator.unit)
    indicator.denominator_name = clean(indicator.denominator_name)
    indicator.kind = Indicator.Kind.RATIO if indicator.denominator else Indicator.Kind.COUNT
    if indicator.numerator in MEASURES and not indicator.unit:
        indicator.unit = unit_of(MEASURES[indicator.numerator])
    if not indicator.denominator:
        indicator.decimals, indicator.rule = 0, Indicator.Rule.ROUNDED
        indicator.empty_is_met, indicator.denominator_name = False, ""
    elif indicator.denominator in MEASURES and not indicator.denominator_name:
        indicator.denominator_name = within_sentence(MEASURES[indicator.denominator].name)[:120]
    indicator.headline = headline is None
    if headline is not None:
        indicator.required, indicator.below = False, headline.below


def judge(indicator: Indicator, beside: Iterable[Indicator]) -> None:
    """A settled indicator. `beside`: the others in use of its group."""
    try:
        indicator.full_clean(exclude=["group", "retired"], validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        raise Refused(_pair_fault(indicator) or _told(error)) from error
    if indicator.decimals > EXACT_DECIMALS:
        raise Refused(f"Số lẻ nhiều nhất là {EXACT_DECIMALS}.")
    if any(search_key(other.name) == search_key(indicator.name) for other in beside):
        raise Refused(f"Nhóm này đã có chỉ tiêu “{indicator.name}”. Hãy đặt tên khác.")
    if fault := level_fault(indicator):
        raise Refused(fault)


def _told(error: ValidationError) -> list[str]:
    """Each message behind the name of its column."""
    names = {field.name: capfirst(field.verbose_name) for field in Indicator._meta.concrete_fields}
    return [f"{names.get(name, name)}: {text}" for name, texts in error.message_dict.items() for text in texts]


def _pair_fault(indicator: Indicator) -> str:
    """The sentence about a numerator that is no part of its denominator; "" where that is not what is wrong."""
    part, whole = MEASURES.get(indicator.numerator), MEASURES.get(indicator.denominator)
    return "" if part is None or whole is None or part.is_part_of(whole) else pair_fault(part.code, whole.code)


def pair_fault(part: str, whole: str) -> str:
    """Why the measure `part` is not divided by `whole`, and by what it may be."""
    fitting = "; ".join(f"“{measure.name}”" for measure in wholes_of(part))
    may_be = f"Có thể chia cho: {fitting}" if fitting else "Số liệu này chỉ đếm được, không chia"
    return f"“{MEASURES[part].name}” không phải một phần của “{MEASURES[whole].name}”. {may_be}."


def level_fault(indicator: Indicator) -> str:
    """What is wrong with how it applies below the bloc; "" when nothing is."""
    of_letters = MEASURES[indicator.numerator].facts is LETTERS
    if of_letters and indicator.below != Below.LETTERS:
        where = "Chỉ tiêu kèm về đơn thư phải đứng trong nhóm như vậy" if not indicator.headline else "Hãy chọn như vậy"
        return f"Số liệu về đơn thư tố cáo dưới cấp Khối {Below.LETTERS.label}. {where}."
    if indicator.below == Below.STATE and indicator.numerator not in STATED:
        return (
            f"“{MEASURES[indicator.numerator].name}” không có trạng thái để nêu ở từng tổ chức. "
            "Hãy chọn cách áp dụng khác ở dưới cấp Khối."
        )
    return ""
