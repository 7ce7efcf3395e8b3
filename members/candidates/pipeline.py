"""The pipeline of admissions as it is read: who waits on a day and how far, who left it in a year, how long steps take.

Who waits counts along the tree of the day looked at; who was admitted, stopped or withdrew, along that of its own day.
"""

from collections import Counter, defaultdict

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery

from members.models import ENDED, WAITING, CandidateStep, Stage
from organizations import lineage


def last_steps(day):
    """The last step of each candidate by `day`: it tells where they are and how far. Each carries `since`.

    `since`: the day they reached that stage, also where another cell has received them since.
    """
    standing = CandidateStep.objects.standing().filter(on__lte=day)
    same = CandidateStep.objects.standing().filter(candidate=OuterRef("candidate"))
    reached = same.filter(stage=OuterRef("stage"), passed=False)
    later = same.filter(on__lte=day, pk__gt=OuterRef("pk"))
    return standing.filter(~Exists(later)).annotate(since=Subquery(reached.values("on")[:1]))


def seen(organization, first, day):
    """Last steps of those who wait below `organization` on `day`, and of those who left the pipeline from `first` on."""
    waits = Q(stage__in=WAITING, **lineage.line_on(day))
    left = Q(stage__in=ENDED, on__gte=first, **lineage.line_on(F("on")))
    return last_steps(day).filter(waits | left, **{lineage.above(): organization})


def listed(organization, first, day):
    """Rows of `seen` with the person: `name`, `name_key`, `folded`, `sex`, `born`, `youth`; by name."""
    person = "candidate__records__"
    rows = seen(organization, first, day).filter(candidate__records__voided__isnull=True)
    fields = {"name": "full_name", "name_key": "sort_key", "folded": "search_key", "sex": "sex", "born": "birth_date"}
    fields["youth"] = "youth"
    rows = rows.annotate(**{name: F(person + column) for name, column in fields.items()})
    return rows.select_related("organization").order_by("name_key", "pk")


def counts(organization, first, day):
    """{via: Counter of Stage}: the parts of `organization`, those that ended in the time included; they sum to it."""
    by_part = defaultdict(Counter)
    rows = seen(organization, first, day).order_by().values_list(lineage.via(), "stage").annotate(n=Count("pk"))
    for via, stage, n in rows:
        by_part[via][stage] += n
    return by_part


def waiting(organization, day):
    """[(Stage, the day it was reached)] of each candidate who waits below `organization` on `day`."""
    rows = seen(organization, day, day).filter(stage__in=WAITING).order_by("since", "pk")
    return [(Stage(stage), since) for stage, since in rows.values_list("stage", "since")]


def spans(organization, before):
    """{Stage: [days from that step to the next]} of those admitted below `organization` before the day `before`."""
    admitted = CandidateStep.objects.standing().filter(stage=Stage.ADMITTED, on__lt=before)
    admitted = admitted.filter(**lineage.line_on(F("on")), **{lineage.above(): organization}).values("candidate")
    rows = CandidateStep.objects.standing().filter(passed=False, candidate__in=admitted)
    days = defaultdict(dict)
    for candidate, stage, on in rows.values_list("candidate", "stage", "on"):
        days[candidate][stage] = on
    lengths = {stage: [] for stage in WAITING}
    for reached in days.values():
        for stage in WAITING:
            if stage in reached and stage + 1 in reached:
                lengths[stage].append((reached[stage + 1] - reached[stage]).days)
    return lengths


def left_in(page, day):
    """Counter of Stage of those who left the pipeline below the organization of a Frame from 1 January to `day`."""
    rows = seen(page.organization, day.replace(month=1, day=1), day).filter(stage__in=ENDED)
    return Counter(rows.order_by().values_list("stage", flat=True))


def parts(page, first):
    """[(spell or its last name, Counter, whether it hung below to the end)] of those directly below, in their order."""
    by_part = counts(page.organization, first, page.day)
    standing = list(lineage.children(page.organization, page.day))
    gone = lineage.names(by_part.keys() - {s.organization_id for s in standing} - {page.organization.pk}, page.day)
    rows = [(spell, by_part[spell.organization_id], True) for spell in standing]
    rows += [(spell, by_part[pk], False) for pk, spell in gone.items()]
    return rows, sum(by_part.values(), Counter())
