"""Whether who is recommended waits already or is a member, told to nobody who may not see it (members/identity/likeness.py).

Who enters a candidate is asked about those alike within their own reach alone; what lies beyond is for whoever looks
after the whole to compare, on the candidate's page and in the list of the pipeline, before anybody is admitted.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.urls import reverse

from ledger.acts import Refused
from ledger.numbers import day_in_words
from ledger.text import within_sentence
from members.candidates_visibility import candidates_open_to_writer
from members.identity import likeness as duplicates
from members.identity.homonyms import tell_apart, tell_candidates_apart
from members.identity.likeness import ANYBODY, SAME_NAME_AND_BIRTH, PerhapsKnown, names_of, resemblance
from members.models import CandidateRecord, Membership
from members.standing_candidates import StandingCandidate, key_of, known_of
from members.visibility import open_to_writer
from organizations import lineage


@dataclass(frozen=True)
class WaitingLikeness:
    """As a Likeness, of somebody who waits in the pipeline of admissions."""

    known: StandingCandidate
    why: str
    differs: str
    places: list

    @property
    def key(self):
        return key_of_candidate(self.candidate)

    @property
    def candidate(self):
        """Their id."""
        return self.known.last.candidate_id

    @property
    def person(self):
        return self.known.record

    @property
    def written(self):
        return self.known.steps[0].added

    @property
    def address(self):
        return reverse("candidate", args=[self.candidate])


def key_of_candidate(pk):
    return f"ng{pk}"


def waiting_alike(people, beside=()):
    """[[(Known, why)] of the candidates who wait and are like each of `people`]. `beside`: ids of those not asked about.

    As many queries for many as for one.
    """
    people = list(people)
    names = set().union(*map(names_of, people))
    rows = CandidateRecord.objects.standing().filter(search_key__in=names).exclude(candidate__in=beside)
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
    _refuse_named_twice((person, key_of(person.full_name, person.birth_date)) for person in people)
    waiting, members = waiting_alike(people, beside), duplicates.alike(people)
    refuse_alike(zip(people, others, waiting, members, strict=True), by, _on_recommendation)


def require_new(rows, by):
    """Refused for one named twice; PerhapsKnown when one of the Arrivals `rows` is perhaps written already: who is new, as
    a member; whoever comes, as one who waits. Inside an act.

    Two acts about people who are alike wait for each other, so that the second finds what the first wrote. Who is said
    to be a candidate is asked about no other.
    """
    asked = [row for row in rows if row.others is not ANYBODY]
    new = [row.member for row in asked if not row.member.pk]
    _refuse_named_twice(
        (row.member, (*key_of(row.member.full_name, row.member.birth_date), row.ceremony))
        for row in asked
        if not row.member.pk
    )
    unsaid = [row.member for row in asked if row.candidate is None]
    duplicates.take_turn(new)
    members = dict(zip(map(id, new), duplicates.alike(new), strict=True)) if new else {}
    waiting = dict(zip(map(id, unsaid), waiting_alike(unsaid), strict=True)) if unsaid else {}
    compared = [(r.member, r.others, waiting.get(id(r.member), ()), members.get(id(r.member), ())) for r in asked]
    refuse_alike(compared, by, _on_entry)


def refuse_alike(rows, by, sentence):
    """Raises PerhapsKnown, with its `sentence` of each, for those of `rows` that are like somebody who opens to `by`, and
    of whom nobody has said that it is another. What `by` may not see is not asked about: it would tell where somebody is.

    `rows`: (person to be written, keys said to be another's, [(Known, why)] who wait, [(Member, why)]).
    """
    rows, asked = list(rows), []
    seen = _within_reach(by, [those for _, _, those, _ in rows], [these for *_, these in rows])
    for (person, said, _, _), (those, these) in zip(rows, seen, strict=True):
        keys = [key_of_candidate(known.last.candidate_id) for known, _ in those]
        keys += [duplicates.key_of_member(member.pk) for member, _ in these]
        if not all(key in said for key in keys):
            asked.append((person, those, these))
    if asked:
        likenesses = [likeness for row in asked for likeness in _described(*row)]
        _tell_apart(likenesses, by)
        raise PerhapsKnown([sentence(*row) for row in asked], likenesses)


def _within_reach(user, waiting, members):
    """[([(Known, why)], [(Member, why)])] of each person, without those who do not open to `user`."""
    waits = {known.last.candidate_id for those in waiting for known, _ in those}
    written = {member.pk for these in members for member, _ in these}
    open_ = candidates_open_to_writer(user, waits)
    whole = open_to_writer(user, written) if written else ()
    return [
        (
            [pair for pair in those if pair[0].last.candidate_id in open_],
            [pair for pair in these if pair[0].pk in whole],
        )
        for those, these in zip(waiting, members, strict=True)
    ]


def _refuse_named_twice(keyed):
    """`keyed`: (person, what no two of those written together have in common)."""
    seen = set()
    for person, key in keyed:
        if key in seen:
            raise Refused(f"{person}, sinh {person.born}, được ghi hai lần.")
        seen.add(key)


def _on_entry(person, waiting, members):
    ways = ["ghi trên hồ sơ đã có"] if members else []
    ways += ["chọn người ấy trong nguồn"] if waiting else []
    return _question(person, waiting, members, " hoặc ".join(ways))


def on_amendment(person, waiting, members):
    ways = ["gộp hai hồ sơ"] if members else []
    ways += ["đưa ra khỏi nguồn kết nạp trước"] if waiting else []
    return _question(person, waiting, members, " hoặc ".join(ways))


def _question(person, waiting, members, way):
    records = [f"hồ sơ số {member.pk} ({why})" for member, why in members]
    records += [f"trong nguồn kết nạp của {known.last.organization.code} ({why})" for known, why in waiting]
    return (
        f"{person}, sinh {person.born}, có thể đã được ghi: {'; '.join(records)}. Hãy xem lại: nếu là một người thì {way}; "
        "nếu là người khác thì xác nhận như vậy rồi ghi lại."
    )


def _on_recommendation(person, waiting, members):
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
    spells = Membership.objects.standing().filter(member__in=[m.pk for m, _ in members])
    return [spell for spell in spells.select_related("organization") if spell.is_open] if members else []


def _described(person, waiting, members):
    """[WaitingLikeness or Likeness] of those like `person`."""
    names = lineage.labels_at((k.last.organization_id, k.last.on) for k, _ in waiting)
    likenesses = [
        WaitingLikeness(
            known,
            why,
            duplicates.differences(person, known.record),
            [
                f"Trong nguồn kết nạp của {names[known.last.organization_id, known.last.on]}: "
                f"{within_sentence(known.last.get_stage_display())}, ngày {day_in_words(known.last.on)}"
            ],
        )
        for known, why in waiting
    ]
    return likenesses + duplicates.described((member, why, person) for member, why in members)


def told_alike(people, user):
    """[[Likeness or WaitingLikeness]] of those like each of `people`, as far as `user` sees."""
    seen = _within_reach(user, waiting_alike(people), duplicates.alike(people))
    told = [_described(person, *alike) if any(alike) else [] for person, alike in zip(people, seen, strict=True)]
    _tell_apart([likeness for likenesses in told for likeness in likenesses], user)
    return told


def _tell_apart(found, user, beside=()):
    """Names each of the Likenesses and WaitingLikenesses `found` so that it is clear which one is meant; `beside`: records
    of candidates named on the same page.
    """
    waiting = [likeness.person for likeness in found if isinstance(likeness, WaitingLikeness)]
    tell_candidates_apart([*beside, *waiting])
    members = [likeness.person for likeness in found if not isinstance(likeness, WaitingLikeness)]
    tell_apart(members, user, born_shown=True)


def to_compare(user, records):
    """{candidate id: (record, [(Known, why)], [(Member, why)])} of those of the standing `records` of candidates who may
    be somebody written already, as far as `user` sees. As many queries for many as for one.
    """
    records = list(records)
    others = [
        [pair for pair in waiting if pair[0].last.candidate_id != record.candidate_id]
        for record, waiting in zip(records, waiting_alike(records), strict=True)
    ]
    seen = _within_reach(user, others, duplicates.alike(records))
    return {r.candidate_id: (r, *alike) for r, alike in zip(records, seen, strict=True) if any(alike)}


def shown_to(user, record):
    """[Likeness or WaitingLikeness] of those whom the candidate of `record` may be, as far as `user` sees, each and the
    record itself told from the others.
    """
    likenesses = [likeness for row in to_compare(user, [record]).values() for likeness in _described(*row)]
    _tell_apart(likenesses, user, [record])
    return likenesses
