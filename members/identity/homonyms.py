"""What tells people of one name apart wherever somebody is picked or signed for: the one label of a person there."""

from collections import Counter, defaultdict

from ledger.numbers import day_in_words
from ledger.text import search_key
from members.models import Admission, CandidateStep, Member, Membership, Stage
from members.visibility import known_whole, within_reach


def tell_apart(members, user, *, born_shown=False):
    """Gives each of `members` that has a namesake among them what `called` adds to the name. Returns the list.

    The date of birth where the page does not show it (`born_shown`); where that is one as well, the card number if
    `user` may see it, else the day of the ceremony, else the number of the record. No query without such a pair.
    """
    members = list(members)
    for person in members:
        person.apart = ""
    twins = []
    for namesakes in _alike(members, lambda m: search_key(m.full_name)):
        if not born_shown:
            for person in namesakes:
                person.apart = f"sinh {person.born}"
        twins += _alike(namesakes, lambda m: m.born)
    _mark(members, twins, lambda people: _marks(people, user))
    return members


def tell_candidates_apart(records):
    """As `tell_apart`, of standing CandidateRecords where births and cells are shown: by the day they were recommended,
    else by their number in the pipeline. One query where there is such a pair.
    """
    records = list(records)
    for record in records:
        record.apart = ""
    twins = _alike(records, lambda record: (search_key(record.full_name), record.birth_date))
    _mark(records, twins, _marks_of_candidates)
    return records


def tell_from_twins(person, user):
    """As `tell_apart`, of one whom a page is about, from whoever else has that name and birth date within the reach of
    `user`: a mark would tell that there is somebody beyond it.
    """
    others = Member.objects.standing().filter(sort_key=person.sort_key, birth_date=person.birth_date)
    tell_apart([person, *within_reach(others.exclude(pk=person.pk), user)], user, born_shown=True)
    return person


def _alike(members, key):
    """[[Member]]: those of one `key`, more than one person."""
    groups = defaultdict(list)
    for person in members:
        groups[key(person)].append(person)
    return [group for group in groups.values() if len({m.pk for m in group}) > 1]


def _mark(people, twins, marks_of):
    """Adds to those of `people` who stand in one of the groups `twins` the first mark that is theirs alone in it."""
    if not twins:
        return
    marks = marks_of([person for group in twins for person in group])
    for group in twins:
        for pk, words in _first_that_differ({person.pk: marks[person.pk] for person in group}).items():
            _add(people, pk, words)


def _add(members, pk, words):
    for person in members:
        if person.pk == pk:
            person.apart = ", ".join(filter(None, (person.apart, words)))


def _first_that_differ(marks):
    """{id: the first of its `marks` that nobody else bears}; the last is each one's own."""
    step = dict.fromkeys(marks, 0)
    while True:
        now = {pk: marks[pk][at] for pk, at in step.items()}
        borne = Counter(now.values())
        again = [pk for pk, words in now.items() if borne[words] > 1]
        if not again:
            return now
        for pk in again:
            step[pk] += 1


def _marks(members, user):
    """{id: [words], the number of the record last}. Two queries."""
    ids = {person.pk for person in members}
    seen = Membership.objects.standing().filter(member__in=ids)
    whole = known_whole(user)
    opened = set((seen if whole is None else seen.filter(whole)).values_list("member_id", flat=True))
    came = Admission.objects.standing().filter(member__in=ids).exclude(kind=Admission.Kind.RESTORED)
    ceremonies = dict(came.order_by("ceremony").values_list("member_id", "ceremony"))
    words = {}
    for person in members:
        card = person.card_number if person.pk in opened else ""
        day = ceremonies.get(person.pk)
        words[person.pk] = [
            *([f"số thẻ {card}"] if card else []),
            *([f"vào Đảng {day_in_words(day)}"] if day else []),
            f"hồ sơ số {person.pk}",
        ]
    return words


def _marks_of_candidates(records):
    """As `_marks`, of CandidateRecords."""
    steps = CandidateStep.objects.standing().filter(stage=Stage.RECOMMENDED, passed=False)
    days = dict(steps.filter(candidate__in={r.candidate_id for r in records}).values_list("candidate", "on"))
    return {
        record.pk: [
            *([f"giới thiệu {day_in_words(days[record.candidate_id])}"] if record.candidate_id in days else []),
            f"số {record.candidate_id} trong nguồn kết nạp",
        ]
        for record in records
    }
