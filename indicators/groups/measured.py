"""What may be measured, in words: the registry by families, and which measures make a ratio together."""

from collections.abc import Mapping

from indicators import measures
from indicators.facts import Facts
from indicators.measures import MEASURES, REGISTRY, Measure
from ledger.text import within_sentence
from ratings.models import Scheme

# {family: (its name on the screen, the unit of what it counts)}
FAMILIES: Mapping[Facts, tuple[str, str]] = {
    measures.ADMISSIONS: ("Kết nạp đảng viên, theo ngày làm lễ", "đảng viên"),
    measures.ADMISSIONS_DECIDED: ("Kết nạp đảng viên, theo ngày quyết định", "đảng viên"),
    measures.MEMBER_RATINGS: ("Xếp loại đảng viên", "đảng viên"),
    measures.ORGANIZATION_RATINGS: ("Xếp loại, nhiệm vụ chính trị của tổ chức cơ sở đảng", "tổ chức"),
    measures.SUBJECTS: ("Kiểm tra, giám sát", "lượt"),
    measures.LETTERS: ("Đơn thư tố cáo", "đơn"),
    measures.ORGANIZATIONS: ("Tổ chức đảng", "tổ chức"),
    measures.MEMBERS: ("Đảng viên", "đảng viên"),
}
NO_DENOMINATOR = "Không chia: chỉ đếm số lượng"


def unit_of(measure: Measure) -> str:
    return FAMILIES[measure.facts][1]


def wholes_of(code: str) -> list[Measure]:
    """Measures that the measure `code` is part of: what it may be divided by. [] for a code there is none of."""
    part = MEASURES.get(code)
    return [whole for whole in REGISTRY if part and part.is_part_of(whole)]


def names_of(scheme: Scheme | None) -> dict[str, str]:
    """{code: name} of every measure; those of a level with its words in `scheme`."""
    names = {measure.code: measure.name for measure in REGISTRY}
    for level in scheme.levels.all() if scheme else ():
        for stem, words in (("rated", level.member_words), ("organizations", level.organization_label)):
            if (code := f"{stem}_{level.rank}") in names and words:
                names[code] = f"{names[code]} ({within_sentence(words)})"
    return names


def numerators(names: Mapping[str, str]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Choices of what is counted: [(family, [(code, name)])]. `names`: as of `names_of`."""
    families: dict[str, list[tuple[str, str]]] = {name: [] for name, _ in FAMILIES.values()}
    for measure in REGISTRY:
        families[FAMILIES[measure.facts][0]].append((measure.code, names[measure.code]))
    return [(name, choices) for name, choices in families.items() if choices]


def denominators(numerator: str, names: Mapping[str, str], *more: str) -> list[tuple[str, str]]:
    """Choices of what the measure `numerator` is divided by, none first; `more`: codes that stand there all the same."""
    codes = [whole.code for whole in wholes_of(numerator)]
    codes += [code for code in more if code in names and code not in codes]
    return [("", NO_DENOMINATOR), *((code, names[code]) for code in codes)]
