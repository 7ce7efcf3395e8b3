"""What a roll is divided into: by sex, standing, age. One condition each, for the filter and for the counts beside it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from ledger import months
from members.models import Precision, Sex, Status

from . import on_a_day
from .on_a_day import AGE_BANDS

OFFICIAL, PROBATION = "chinh-thuc", "du-bi"


@dataclass(frozen=True)
class Part:
    """`key`: how the query string names it; `condition`: on the rows of `roll`."""

    key: str
    label: str
    condition: Q


def sexes():
    return [Part(sex.value, sex.label, Q(member__sex=sex)) for sex in Sex]


def standings():
    """Official and on probation are the whole; the states below them are held by some of either."""
    return [Part(OFFICIAL, "Chính thức", on_a_day.OFFICIAL), Part(PROBATION, "Dự bị", on_a_day.ON_PROBATION)]


def states(day):
    """Whoever is in a state on `day`, whatever other states they are in."""
    return [Part(f"trang-thai-{kind.value}", kind.label, _in_state(kind, day)) for kind in Status.Kind]


def _in_state(kind, day):
    return Q(member__in=Status.objects.on(day).filter(kind=kind).values("member"))


def with_states(rows, day):
    """`rows` of a roll, each with a column `in_state_<kind>` for each Status.Kind: whether the member is in it on `day`."""
    return rows.annotate(**{f"in_state_{kind.value}": _in_state(kind, day) for kind in Status.Kind})


def states_of(row):
    """[Status.Kind] of a row of `with_states`."""
    return [kind for kind in Status.Kind if getattr(row, f"in_state_{kind.value}")]


def ages(day):
    """The age bands of domain §4.2 as of `day`; whoever is younger than the first stands in it."""
    return [Part(_key(*band), _label(*band), _between(*band, day)) for band in AGE_BANDS]


def _key(low, high):
    return f"{low}-{high}" if high else f"{low}-"


def _label(low, high):
    return f"{low}–{high} tuổi" if high else f"trên {low - 1} tuổi"


def _between(low, high, day):
    """Completed years from `low` to `high`, as members.models.age_on counts them."""
    year_alone = Q(member__birth_precision=Precision.YEAR)
    by_day, by_year = Q(), Q()
    if high is not None:
        by_day &= Q(member__birth_date__gt=months.before(day, 12 * (high + 1)))
        by_year &= Q(member__birth_date__gte=date(day.year - high, 1, 1))
    if low != AGE_BANDS[0][0]:
        by_day &= Q(member__birth_date__lte=months.before(day, 12 * low))
        by_year &= Q(member__birth_date__lte=date(day.year - low, 12, 31))
    return (~year_alone & by_day) | (year_alone & by_year)


@dataclass(frozen=True)
class RollTally:
    """`groups`: [(title, name in the query string, [(Part, n)])]. In each but "Trạng thái" the parts are the whole."""

    total: int
    groups: list


def tally(rows, day):
    """The Tally of `rows` of a roll, in one query, none of them loaded."""
    groups = [
        ("Giới tính", "gioi", sexes()),
        ("Diện", "dien", standings()),
        ("Trạng thái", "dien", states(day)),
        ("Tuổi", "tuoi", ages(day)),
    ]
    counts = {f"part_{i}_{j}": part for i, group in enumerate(groups) for j, part in enumerate(group[2])}
    counted = rows.order_by().aggregate(
        total=Count("pk"), **{key: Count("pk", filter=part.condition) for key, part in counts.items()}
    )
    told = [
        (title, name, [(part, counted[f"part_{i}_{j}"]) for j, part in enumerate(parts)])
        for i, (title, name, parts) in enumerate(groups)
    ]
    return RollTally(
        counted["total"], [(title, name, parts) for title, name, parts in told if any(n for _, n in parts)]
    )
