"""The way of a candidate by its verbs: recommended, brought on to a step on its usual day, and the steps as they stand."""

from datetime import date

from members.candidates import steps as candidates
from members.candidates.steps import Recommendation
from members.models import CandidateStep, Sex, Stage

BORN = date(1995, 3, 20)
DAYS = {
    Stage.RECOMMENDED: date(2018, 1, 10),
    Stage.CLASS: date(2018, 4, 2),
    Stage.DOSSIER: date(2018, 7, 5),
    Stage.DECIDED: date(2018, 9, 1),
}


def person(world, name="Trần Mới", code="DB01-01", on=DAYS[Stage.RECOMMENDED], born=BORN, **more):
    return Recommendation(
        full_name=name, sex=Sex.FEMALE, birth_date=born, youth=True, organization=world.org[code], on=on, **more
    )


def recommend(world, *names, **known):
    rows = [person(world, name, **known) for name in names or ["Trần Mới"]]
    found = candidates.recommend(rows, **world.act())
    return found if names else found[0]


def bring(world, candidate, upto):
    """Advances the candidate step by step up to the stage, on the days of DAYS."""
    for stage in Stage:
        if Stage.RECOMMENDED < stage <= upto:
            candidates.advance([(candidate, stage, DAYS[stage])], **world.act())


def steps(candidate):
    """[(stage, day, cell)] that stand."""
    rows = CandidateStep.objects.standing().filter(candidate=candidate).order_by("pk")
    return [(row.stage, row.on, row.organization.code) for row in rows]
