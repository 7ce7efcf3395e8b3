"""The pipeline of admissions in the demonstration: how those admitted came to it, and who waits in the open year."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from members.candidates import steps as candidates
from members.candidates.steps import Recommendation
from members.models import Sex, Stage

from .people import Inventor
from .plan import SEED, TODAY

FIRST_YEAR = 2016
# How many days after the step before each came, at least and at most.
PACE = {Stage.CLASS: (60, 200), Stage.DOSSIER: (60, 150), Stage.DECIDED: (20, 60)}
# Who waits today: how many at each step, and how many days ago they reached it.
WAITING = {
    Stage.RECOMMENDED: (21, 61, 300),
    Stage.CLASS: (15, 61, 160),
    Stage.DOSSIER: (9, 2, 75),
    Stage.DECIDED: (4, 2, 18),
}
LEFT = (
    (Stage.RECOMMENDED, Stage.STOPPED, "Chuyển công tác ra ngoài tỉnh"),
    (Stage.RECOMMENDED, Stage.WITHDRAWN, "Xin rút vì lý do gia đình"),
    (Stage.RECOMMENDED, Stage.STOPPED, "Chuyển công tác ra ngoài tỉnh"),
    (Stage.CLASS, Stage.STOPPED, "Chưa đủ tiêu chuẩn, chi bộ tiếp tục giúp đỡ"),
    (Stage.CLASS, Stage.WITHDRAWN, "Xin rút để đi học tập trung"),
)


def lead_up(play, rows, year):
    """Before the admissions of a year are recorded: most of those people take the steps.

    `rows`: their Arrivals; returned as they are then, each naming whom it was in the pipeline.
    """
    if year < FIRST_YEAR:
        return rows
    chance, ways, led = Random(f"{SEED} nguồn {year}"), [], []
    for place, row in enumerate(rows):
        days, of_age = _days_back(chance, Stage.DECIDED, row.decided), date(row.member.birth_date.year + 19, 1, 1)
        if chance.random() < 0.9 and days[Stage.CLASS] >= of_age:
            days[Stage.RECOMMENDED] = max(days[Stage.RECOMMENDED], of_age)
            ways.append((row.member, row.organization, row.youth, days))
            led.append(place)
    come = dict(zip(led, _walk(play, ways), strict=True))
    return [replace(row, candidate=come[n].pk) if n in come else row for n, row in enumerate(rows)]


def wait(play):
    """Who is in the pipeline today, and who left it this year without being admitted."""
    invent = Inventor(f"{SEED} đang chờ")
    chance = invent.random
    cells = sorted(play.people.limits)
    upto = [stage for stage, (n, _, _) in WAITING.items() for _ in range(n)] + [stage for stage, _, _ in LEFT]
    ways = []
    for stage in upto:
        youth = chance.random() < 0.65
        born = invent.day(date(1989 if youth else 1975, 1, 1), date(1997 if youth else 1988, 12, 31))
        _, least, most = WAITING[stage]
        days = _days_back(chance, stage, TODAY - timedelta(days=chance.randint(least, most)))
        ways.append((invent.person(born=born), play.by_id[chance.choice(cells)], youth, days))
    gone = _walk(play, ways, decisions=True)[-len(LEFT) :]
    rows = [
        (candidate, stage, TODAY - timedelta(days=chance.randint(3, 60)), why)
        for candidate, (_, stage, why) in zip(gone, LEFT, strict=True)
    ]
    candidates.stop(rows, by=play.by, on=TODAY)


def _days_back(chance, upto, day):
    """{Stage: day} of someone who reached the stage `upto` on `day`, counted back step by step."""
    days = {upto: day}
    for stage in reversed([stage for stage in PACE if stage <= upto]):
        day -= timedelta(days=chance.randint(*PACE[stage]))
        days[Stage(stage - 1)] = day
    return days


def _walk(play, ways, *, decisions=False):
    """Records the ways [(person, cell, youth, {Stage: day})], each step in one act; returns the Candidates in order.

    `decisions`: each decision is an act of its own, with its paper.
    """
    rows = [
        Recommendation(
            full_name=person.full_name,
            sex=Sex(person.sex),
            birth_date=person.birth_date,
            youth=youth,
            organization=cell,
            on=days[Stage.RECOMMENDED],
        )
        for person, cell, youth, days in ways
    ]
    recommended = candidates.recommend(rows, by=play.by, on=max(row.on for row in rows))
    for stage in PACE:
        steps = [(c, stage, days[stage]) for c, (_, _, _, days) in zip(recommended, ways, strict=True) if stage in days]
        if decisions and stage == Stage.DECIDED:
            _decide(play, steps)
        else:
            candidates.advance(steps, by=play.by, on=max(day for _, _, day in steps))
    return recommended


def _decide(play, steps):
    for number, step in enumerate(steps, start=61):
        paper = play.paper(f"{number}-QĐ/ĐUK", step[2], "Kết nạp đảng viên")
        candidates.advance([step], by=play.by, on=step[2], document=paper)
