"""The badges of the demonstration, given at each award day to nearly all who were due them."""

from datetime import date, timedelta
from random import Random

from members.badges import awards, party_age
from members.badges.awards import Award, Kind, highest
from members.models import Admission, AwardDay, BadgeAward

from .plan import OPENING_DAY, SEED, TODAY

FORGOTTEN = 0.04  # of those due at an award day
PROVINCE = "Tỉnh ủy"


def play_badges(play, year):
    """The award days of `year`; before the first, what people held when the register began."""
    chance = Random(f"{SEED} huy hiệu {year}")
    levels, days = awards.levels_in_use(), list(AwardDay.objects.all())
    old = Admission.objects.standing().filter(decided__lte=date(year - levels[0].years + 1, 12, 31))
    ids = sorted(set(old.values_list("member", flat=True)))
    services = party_age.services(ids)
    held = set(BadgeAward.objects.standing().values_list("member", "level"))
    if year == OPENING_DAY.year + 1:
        _brought_along(play, services, levels, days, held)
    for day in (row.of(year) for row in days):
        if day <= TODAY:
            _round(play, services, levels, held, day, chance)
    if year == TODAY.year:
        _out_of_turn(play, services, levels, held)


def _give(play, rows, day, held):
    if rows:
        paper = play.paper(f"{day:%d%m}-QĐ/TU", day - timedelta(days=10), "Tặng Huy hiệu Đảng", issuer=PROVINCE)
        awards.award(rows, by=play.by, on=day, document=paper)
        held |= {(row.member.pk, row.level.pk) for row in rows}


def _brought_along(play, services, levels, days, held):
    """Badges received before the register began, each on the first award day after it was due."""
    rows = []
    for pk, service in services.items():
        level = highest(levels, service.months(OPENING_DAY)) if service.is_official(OPENING_DAY) else None
        if level:
            due = (row.of(year) for year in range(service.decided.year, OPENING_DAY.year + 1) for row in days)
            day = next((d for d in due if service.months(d) >= 12 * level.years), None)
            if day and day < OPENING_DAY:
                rows.append(Award(member=play.members[pk], level=level, on=day))
    awards.award(rows, by=play.by, on=OPENING_DAY, reason="Huy hiệu đã nhận trước khi lập sổ")
    held |= {(row.member.pk, row.level.pk) for row in rows}


def _round(play, services, levels, held, day, chance):
    official = {pk: service for pk, service in services.items() if service.spell_on(day) and service.is_official(day)}
    due = ((pk, highest(levels, service.months(day))) for pk, service in official.items())
    due = [(pk, level) for pk, level in due if level and (pk, level.pk) not in held]
    rows = [Award(member=play.members[pk], level=x, on=day) for pk, x in due if chance.random() >= FORGOTTEN]
    _give(play, rows, day, held)


def _out_of_turn(play, services, levels, held):
    """One who is gravely ill, and one who died shortly before the day."""
    day = TODAY - timedelta(days=20)
    by_kind = {}
    for pk, service in services.items():
        kind, why = (Kind.POSTHUMOUS, "Từ trần") if service.died else (Kind.EARLY, "Ốm nặng")
        level = highest(levels, service.months(day), kind)
        short = level and service.months(day) < 12 * level.years and (pk, level.pk) not in held
        never_left = service.died or service.spell_on(day)
        if short and never_left and (service.died or day) <= day and service.is_official(day):
            by_kind.setdefault(kind, Award(member=play.members[pk], level=level, on=day, kind=kind, reason=why))
    _give(play, list(by_kind.values()), day, held)
