"""The acts since a closing as one reader may be told them, at one organization: what, by which paper, about whom."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.text import capfirst

from indicators.measures import LETTERS, MEMBERS, ORGANIZATIONS, SUBJECTS
from ledger.undo import told_as
from members.identity.homonyms import tell_apart
from members.models import Member
from members.visibility import open_members
from organizations import lineage

MANY = 12  # so many rows an act are named on the page; the others are counted


@dataclass(frozen=True)
class MovedRow:
    """One row that came in or went out. `member`: id of the person whose record the reader may open, None else."""

    words: str
    member: int | None = None


@dataclass(frozen=True)
class Side:
    """ "thêm 2" or "bớt 1" of one measure, with its first rows; `more`: how many are not named."""

    word: str
    count: int
    rows: tuple
    more: int


@dataclass(frozen=True)
class ToldSince:
    """One act. `openly`: whether its paper and reason may be read; else `verb` gives discreet words.

    `effects`: [(name of the measure, [Side])] at the organization; `beside`: as of Named, here.
    """

    change: object
    verb: str
    openly: bool
    effects: tuple
    beside: bool


def told(since, page, *, day, letters):
    """([ToldSince], how many acts more that are not told here): who looks after the whole bloc is told all, others what is theirs.

    `page`: the Frame that is read; `letters`: whether the figures of letters are told here. Number of queries: constant.
    """
    code = page.organization.code
    discreet = {} if page.sees_letters else told_as(named.change.pk for named in since.named)
    seen = [(named, _effects(named, code, letters)) for named in since.named]
    mine = [(named, effects) for named, effects in seen if effects or code in named.beside]
    if page.of_the_whole:
        mine = [(n, effects) for n, effects in seen if effects or code in n.beside or not n.at(code)]
    rows = _Rows(page.user, day, page.sees_letters, [effect for _, effects in mine for effect in effects])
    acts = []
    for named, effects in mine:
        words = ", ".join(sorted(discreet.get(named.change.pk, ())))
        verb = capfirst(words) or named.change.words
        sides = tuple((effect.measure.name, rows.sides(effect)) for effect in effects)
        acts.append(ToldSince(named.change, verb, not words, sides, code in named.beside))
    return acts, len(since.named) - len(acts)


def _effects(named, code, letters):
    return [effect for effect in named.at(code) if letters or effect.measure.facts is not LETTERS]


class _Rows:
    """What to call the rows of `effects`, read in one query a family of facts."""

    def __init__(self, user, day, letters, effects):
        self.day, self.letters, self.people = day, letters, []
        ids = defaultdict(set)
        for effect in effects:
            ids[effect.measure.facts] |= {*effect.came[:MANY], *effect.went[:MANY]}
        self.found = {facts: self._read(facts, wanted) for facts, wanted in ids.items()}
        self.called = {person.pk: person.called for person in tell_apart(self.people, user)}
        self.opens = open_members(user, sorted(self.called)) if self.called else set()

    def sides(self, effect):
        return tuple(
            self._side(word, effect.measure.facts, ids)
            for word, ids in (("thêm", effect.came), ("bớt", effect.went))
            if ids
        )

    def _side(self, word, facts, ids):
        rows = [self.found[facts][pk] for pk in ids[:MANY] if pk in self.found[facts]]
        rows = [MovedRow(self.called.get(row.member, row.words), row.member) for row in rows]
        rows = [row if row.member in self.opens else MovedRow(row.words) for row in rows]
        return Side(word, len(ids), tuple(sorted(rows, key=lambda row: row.words)), len(ids) - len(rows))

    def _read(self, facts, ids):
        if facts is MEMBERS:
            return self._named({member.pk: member for member in Member.objects.filter(pk__in=ids)})
        if facts is ORGANIZATIONS:
            return {pk: MovedRow(words) for pk, words in lineage.labels(ids, self.day).items()}
        if facts is LETTERS and not self.letters:
            return {}
        rows = facts.rows(None).model._base_manager.filter(pk__in=ids)
        if facts.person:
            return self._named({row.pk: row.member for row in rows.select_related("member")})
        names = lineage.labels(set(rows.values_list("organization", flat=True)), self.day)
        before = {SUBJECTS: "inspection__title", LETTERS: "number"}.get(facts)
        told = rows.values_list("pk", "organization", *([before] if before else []))
        return {pk: MovedRow(", ".join(filter(None, (*words, names.get(place))))) for pk, place, *words in told}

    def _named(self, members):
        """{id of a row: Row} of {id of a row: its Member}."""
        self.people += members.values()
        return {pk: MovedRow(member.full_name, member.pk) for pk, member in members.items()}
