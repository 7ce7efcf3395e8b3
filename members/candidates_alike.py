"""Whether who is recommended waits already or is a member, told to nobody who may not see it (members/duplicates.py).

Who enters a candidate is asked about those alike within their own reach alone; what lies beyond is for whoever looks
after the whole to compare, on the candidate's page and in the list of the pipeline, before anybody is admitted.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.urls import reverse

from ledger.acts import Refused
from ledger.numbers import day as in_words
from organizations import lineage

from . import duplicates
from .candidates_known import Known, key_of, known_of
from .candidates_sight import candidates_open_to_writer, open_candidates
from .duplicates import SAME_NAME_AND_BIRTH, PerhapsKnown, names_of, resemblance
from .models import CandidateRecord, Membership
from .sight import open_to_writer


@dataclass(frozen=True)
class WaitingLikeness:
    """As a Likeness, of somebody who waits in the pipeline of admissions."""

    known: Known
    why: str
    differs: str
    places: list

    @property
    def key(self):
        return key_of_candidate(self.known.last.candidate_id)

    @property
    def person(self):
        return self.known.record

    @property
    def written(self):
        return self.known.steps[0].added

    @property
    def address(self):
        return reverse("candidate", args=[self.known.last.candidate_id])


def key_of_candidate(pk):
    return f"ng{pk}"


def waiting_alike(people, beside=()):
    """[[(Known, why)] of the candidates who wait and are like each of `people`]. `beside`: ids of those not asked about.

    As many queries for many as for one.
    """
    people = list(people)
    names = set().union(*map(names_of, people))
    rows = CandidateRecord.objects.filter(voided__isnull=True, search_key__in=names).exclude(candidate__in=beside)
    by_name = defaultdict(list)
    for known in known_of(sorted(rows.values_list("candidate", flat=True))).values():
        if known.waits:
            by_name[known.record.search_key].append(known)
    return [
        [
            (known, why)
            for name in sorted(names_of(person))
            for known in by_name[name]
            if (why := resemblance(person, known.record))
        ]
        for person in people
    ]


def require_unknown(people, others, by, beside=()):
    """Refused for one named twice; PerhapsKnown for one of `people`, CandidateRecords not saved, who perhaps waits already,
    or is or was a member, within the reach of `by`. Inside an act that writes alone.

    `others`: for each the keys of the records that whoever writes has seen; `beside`: ids of candidates not asked about.
    """
    _refuse_named_twice(people)
    waiting, members = waiting_alike(people, beside), duplicates.alike(people)
    open_ = candidates_open_to_writer(by, {known.last.candidate_id for found in waiting for known, _ in found})
    whole = open_to_writer(by, {member.pk for found in members for member, _ in found})
    asked, sentences = [], []
    for person, seen, those, these in zip(people, others, waiting, members, strict=True):
        those = [pair for pair in those if pair[0].last.candidate_id in open_]
        these = [pair for pair in these if pair[0].pk in whole]
        keys = [key_of_candidate(known.last.candidate_id) for known, _ in those]
        keys += [duplicates.key_of_member(member.pk) for member, _ in these]
        if not all(key in seen for key in keys):
            asked.append((person, those, these))
            sentences.append(_sentence(person, those, these))
    if asked:
        raise PerhapsKnown(sentences, [found for row in asked for found in _described(*row)])


def _refuse_named_twice(people):
    seen = set()
    for person in people:
        key = key_of(person.full_name, person.birth_date)
        if key in seen:
            raise Refused(f"{person}, sinh {person.born}, được ghi hai lần.")
        seen.add(key)


def _sentence(person, waiting, members):
    whom = f"{person}, sinh {person.born},"
    for known, why in waiting:
        if why == SAME_NAME_AND_BIRTH:
            return f"{whom} đã có trong nguồn kết nạp của {known.last.organization.code}."
    places = {s.member_id: s for s in _open_places(members)}
    for member, why in members:
        if why == SAME_NAME_AND_BIRTH and member.pk in places:
            return f"{whom} đã là đảng viên, đang sinh hoạt ở {places[member.pk].organization.code}."
    records = [f"{known.record}, sinh {known.record.born}, trong nguồn kết nạp ({why})" for known, why in waiting]
    records += [f"{member}, sinh {member.born}, hồ sơ đảng viên số {member.pk} ({why})" for member, why in members]
    return f"{whom} có thể đã được ghi: {'; '.join(records)}. Hãy xem lại trước khi ghi."


def _open_places(members):
    spells = Membership.objects.current().filter(member__in=[m.pk for m, _ in members])
    return [spell for spell in spells.select_related("organization") if spell.is_open] if members else []


def _described(person, waiting, members):
    """[WaitingLikeness or Likeness] of those like `person`."""
    names = lineage.labels_at((k.last.organization_id, k.last.on) for k, _ in waiting)
    found = [
        WaitingLikeness(
            known,
            why,
            duplicates.differences(person, known.record),
            [
                f"Trong nguồn kết nạp của {names[known.last.organization_id, known.last.on]}: "
                f"{known.last.get_stage_display().lower()}, ngày {in_words(known.last.on)}"
            ],
        )
        for known, why in waiting
    ]
    return found + duplicates.described((member, why, person) for member, why in members)


def to_compare(user, records):
    """{candidate id: (record, [(Known, why)], [(Member, why)])} of those of the standing `records` of candidates who may
    be somebody written already, as far as `user` sees. As many queries for many as for one.
    """
    records = list(records)
    waiting, members = waiting_alike(records), duplicates.alike(records)
    open_ = open_candidates(user, {known.last.candidate_id for found in waiting for known, _ in found})
    whole = open_to_writer(user, {member.pk for found in members for member, _ in found})
    found = {}
    for record, those, these in zip(records, waiting, members, strict=True):
        those = [(k, why) for k, why in those if k.last.candidate_id in open_ - {record.candidate_id}]
        these = [pair for pair in these if pair[0].pk in whole]
        if those or these:
            found[record.candidate_id] = record, those, these
    return found


def shown_to(user, record):
    """[Likeness or WaitingLikeness] of those whom the candidate of `record` may be, as far as `user` sees."""
    return [likeness for row in to_compare(user, [record]).values() for likeness in _described(*row)]
