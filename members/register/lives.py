"""Whose day of birth does not fit what stands about them: what the self-check names. Reads, and never writes."""

from django.db.models import Max, Min

from ledger import clock
from members.identity.ages import admission_fault, birth_fault
from members.models import Admission, CandidateRecord, CandidateStep, Member, Membership


def impossible_lives():
    """(Member, what cannot be) of everybody on record, the first fault of each."""
    today, spells = clock.today(), Membership.objects.standing().values("member_id")
    spells = spells.annotate(first=Min("starts"), last=Max("ends")).values_list("member_id", "first", "last")
    spans = {pk: (first, last) for pk, first, last in spells}
    admissions = _admissions()
    for member in Member.objects.standing().order_by("pk"):
        first, last = spans.get(member.pk, (today, today))
        faults = [birth_fault(member.birth_date, member.birth_precision, day) for day in (first, min(last, today))]
        faults += [admission_fault(member, *days) for days in admissions.get(member.pk, ())]
        if fault := next(filter(None, faults), ""):
            yield member, fault


def last_days(members, today):
    """{member id: `today`, or the day someone left the roll} of `members` who were on it."""
    spells = Membership.objects.standing().filter(member__in=members).values("member_id").annotate(last=Max("ends"))
    return {pk: min(last, today) for pk, last in spells.values_list("member_id", "last")}


def _admissions():
    """{member id: [(decided, ceremony)]}"""
    by_member = {}
    rows = Admission.objects.standing().order_by("ceremony", "pk")
    for member, *days in rows.values_list("member_id", "decided", "ceremony"):
        by_member.setdefault(member, []).append(days)
    return by_member


def impossible_candidates():
    """(CandidateRecord, what cannot be) of those whose birth does not fit the day they were recommended."""
    steps = CandidateStep.objects.standing().values("candidate_id").annotate(first=Min("on"))
    first = dict(steps.values_list("candidate_id", "first"))
    for record in CandidateRecord.objects.standing().filter(candidate__in=first).order_by("pk"):
        if fault := birth_fault(record.birth_date, record.birth_precision, first[record.candidate_id]):
            yield record, fault
