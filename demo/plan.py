"""The totals of each year of the demonstration. Those of 2017 are the published ones (domain §1.2, §6)."""

from dataclasses import dataclass
from datetime import date

TODAY = date(2018, 12, 14)
OPENING_DAY = date(2012, 12, 31)
OPENING = 2008
SEED = 1930
MERGED = "CB32"  # ends in 2016


@dataclass(frozen=True, kw_only=True)
class YearPlan:
    """`left`: died, expelled, struck off, resigned, abroad. `levels`: members at M2, M3, M4; the rest is M1 or left out."""

    admitted: int
    youth: int
    arrived: int
    departed: int
    left: tuple
    exempt: int
    suspended: int
    top: int
    low: tuple  # members at M3, M4
    organizations: tuple  # grassroots organizations at M2, M3, M4
    exemplary: int
    tasks_failed: int
    inspected: int
    supervised: int
    planned_not_done: int
    letters: int
    letters_late: int
    finance: int
    targets: tuple  # KN, KN-TN, TSVM, DV-HTT, KTGS, DTTC, TCD, NVCT


YEARS = {
    2013: YearPlan(
        admitted=112, youth=62, arrived=18, departed=58, left=(9, 2, 3, 1, 1), exempt=30, suspended=3, top=236,
        low=(88, 9), organizations=(7, 2, 1), exemplary=6, tasks_failed=4, inspected=8, supervised=2,
        planned_not_done=1, letters=5, letters_late=0, finance=11, targets=(105, 55, 85, 92, 100, 100, 20, 92),
    ),
    2014: YearPlan(
        admitted=116, youth=66, arrived=20, departed=60, left=(10, 2, 4, 1, 1), exempt=32, suspended=2, top=254,
        low=(76, 8), organizations=(6, 2, 0), exemplary=7, tasks_failed=4, inspected=9, supervised=2,
        planned_not_done=0, letters=7, letters_late=1, finance=12, targets=(108, 56, 86, 93, 100, 100, 20, 92),
    ),
    2015: YearPlan(
        admitted=121, youth=71, arrived=17, departed=62, left=(11, 1, 4, 1, 1), exempt=35, suspended=4, top=266,
        low=(61, 6), organizations=(5, 1, 1), exemplary=8, tasks_failed=3, inspected=9, supervised=3,
        planned_not_done=0, letters=4, letters_late=0, finance=12, targets=(110, 58, 88, 94, 100, 100, 22, 93),
    ),
    2016: YearPlan(
        admitted=124, youth=75, arrived=22, departed=65, left=(12, 2, 3, 1, 0), exempt=38, suspended=3, top=285,
        low=(40, 5), organizations=(4, 1, 0), exemplary=9, tasks_failed=3, inspected=10, supervised=2,
        planned_not_done=0, letters=0, letters_late=0, finance=13, targets=(112, 58, 92, 94, 100, 100, 23, 94),
    ),
    2017: YearPlan(
        admitted=129, youth=81, arrived=19, departed=69, left=(11, 2, 3, 1, 0), exempt=41, suspended=4, top=310,
        low=(20, 3), organizations=(3, 1, 0), exemplary=10, tasks_failed=2, inspected=10, supervised=2,
        planned_not_done=0, letters=6, letters_late=0, finance=14, targets=(115, 60, 93, 95, 100, 100, 25, 95),
    ),
    2018: YearPlan(
        admitted=108, youth=70, arrived=15, departed=48, left=(8, 1, 2, 1, 0), exempt=43, suspended=3, top=0,
        low=(0, 0), organizations=(0, 0, 0), exemplary=0, tasks_failed=0, inspected=8, supervised=1,
        planned_not_done=3, letters=5, letters_late=0, finance=12, targets=(120, 62, 93, 96, 100, 100, 25, 95),
    ),
}  # fmt: skip
# How far the 192 cells are with their sheets of 2018: decided, submitted, half typed; the rest is untouched.
PROGRESS = (60, 36, 48)
BELOW_TOP_2017 = ("DB06", "DB05", "CB24", "CB11")  # the last is at M3
FAILED_2017 = ("DB05", "CB11")
