"""What a rehearsal shows, as the page says it. Pure: a Rehearsal in, sentences and rows out."""

from collections import defaultdict
from dataclasses import dataclass

from indicators import wording
from indicators.results import Verdict
from ledger.numbers import group
from ledger.text import within_sentence
from organizations.models import GRASSROOTS
from ratings.models import State

from .rehearsal import touched


@dataclass(frozen=True)
class TreeTurn:
    """What becomes of one organization. `code`; `name` as it is called afterwards, or was; `sentences`."""

    code: str
    name: str
    sentences: list


@dataclass(frozen=True)
class Bunch:
    """Many organizations of which the same becomes. `names`: "DB01 · Đảng bộ Sở Y tế"."""

    sentence: str
    names: list


MANY = 8  # so many of which the same is said are told as one


@dataclass(frozen=True)
class PeopleMove:
    """People who go from one cell to another; "" where they come from, or go, outside the bloc."""

    source: str
    target: str
    names: list


@dataclass(frozen=True)
class PeopleHead:
    code: str
    name: str
    before: int | None  # None where it does not stand
    after: int | None


@dataclass(frozen=True)
class FigureMove:
    """One indicator at one organization, before and after, each as (figure, target, verdict); None where absent.

    The verdict is "" where the figure says it already, and while the year is provisional.
    """

    code: str
    name: str
    indicator: str
    before: tuple | None
    after: tuple | None
    is_whole: bool = False  # of a bloc, not of an organization below it


@dataclass(frozen=True)
class FiguresOfYear:
    """`figures`: those that differ; `same`: how many do not."""

    year: int
    figures: list
    same: int

    @property
    def of_blocs(self):
        return [figure for figure in self.figures if figure.is_whole]

    @property
    def below(self):
        return [figure for figure in self.figures if not figure.is_whole]


def told(found, *, came="Thành lập", went="Kết thúc hoạt động"):
    """Context of templates/reorganizations/rehearsal.html for a Rehearsal. `came`, `went`: words for what begins and ends."""
    moves = moves_of(found)
    bunches, turns = bunched(turns_of(found, came, went))
    return {
        "day": found.day,
        "turns": turns,
        "bunches": bunches,
        "moves": moves,
        "moved": sum(len(move.names) for move in moves),
        "heads": heads_of(found),
        "years": figures_of(found),
        "sheets": sheets_of(found),
        "warnings": found.warnings,
    }


def _in_order(found, ids):
    """Spells of `ids`, as they stand afterwards or else stood before, by code."""
    places = [found.after.places.get(pk) or found.before.places[pk] for pk in ids]
    return sorted(places, key=lambda spell: spell.organization.code)


def turns_of(found, came, went):
    """[TreeTurn] of the organizations founded, ended, renamed, moved or of another kind, by code."""
    rows = [(spell, _sentences(found, spell.organization_id, came, went)) for spell in _in_order(found, _all(found))]
    return [TreeTurn(spell.organization.code, spell.name, sentences) for spell, sentences in rows if sentences]


def bunched(turns):
    """([Bunch] of the sentences that alone are said of many, [TreeTurn] of all others)"""
    alike = defaultdict(list)
    for turn in turns:
        if len(turn.sentences) == 1:
            alike[turn.sentences[0]].append(turn)
    many = {sentence: mine for sentence, mine in alike.items() if len(mine) >= MANY}
    bunches = [Bunch(sentence, [f"{turn.code} · {turn.name}" for turn in mine]) for sentence, mine in many.items()]
    return bunches, [turn for turn in turns if turn.sentences[0] not in many or len(turn.sentences) > 1]


def _all(found):
    return found.before.places.keys() | found.after.places.keys()


def _sentences(found, pk, came, went):
    old, new = found.before.places.get(pk), found.after.places.get(pk)
    if old is None:
        above = found.after.label(new.parent_id)
        return [f"{came}, {within_sentence(new.get_kind_display())}" + (f" trực thuộc {above}" if above else "")]
    if new is None:
        return [went]
    said = []
    if old.name != new.name:
        said.append(f"Đổi tên từ {old.name}")
    if old.kind != new.kind:
        said.append(
            f"Chuyển từ {within_sentence(old.get_kind_display())} thành {within_sentence(new.get_kind_display())}"
        )
    if old.parent_id != new.parent_id:
        said.append(f"Chuyển trực thuộc từ {found.before.label(old.parent_id)} sang {found.after.label(new.parent_id)}")
    return said


def moves_of(found):
    """[PeopleMove], each with the names in the order of the register."""
    pairs = defaultdict(list)
    for pk, member in found.people.items():
        pairs[found.before.cells.get(pk), found.after.cells.get(pk)].append(member)
    moves = [
        PeopleMove(
            found.before.label(old),
            found.after.label(new),
            [member.called for member in sorted(members, key=lambda m: (m.sort_key, m.pk))],
        )
        for (old, new), members in pairs.items()
    ]
    return sorted(moves, key=lambda move: (move.source, move.target))


def heads_of(found):
    """[PeopleHead] of every organization touched, by code."""
    was, now = found.before.headcounts(), found.after.headcounts()

    def count(look, counts, pk):
        return counts[pk] if pk in look.places else None

    return [
        PeopleHead(
            spell.organization.code,
            spell.name,
            count(found.before, was, spell.organization_id),
            count(found.after, now, spell.organization_id),
        )
        for spell in _in_order(found, touched(found.before, found.after))
    ]


def figures_of(found):
    """[FiguresOfYear]: the figures of the roots and of the grassroots organizations touched, an heir without people included."""
    changed = touched(found.before, found.after) | _judged_anew(found)
    ids = {s.organization_id for s in _in_order(found, _all(found)) if _judged(s, changed)}
    years = []
    for year in found.years:
        keys = [key for key in found.before.lines.keys() | found.after.lines.keys() if key[0] == year and key[2] in ids]
        keys = [key for key in keys if _says_something(found.before.lines.get(key), found.after.lines.get(key))]
        figures = [figure for key in keys if (figure := _figure(found, key))]
        figures.sort(key=lambda pair: pair[0])
        years.append(FiguresOfYear(year, [figure for _, figure in figures], len(keys) - len(figures)))
    return years


def _judged_anew(found):
    """Ids of the organizations of which a figure, its target or its verdict differs."""
    old, new = found.before.lines, found.after.lines
    return {key[2] for key in old.keys() | new.keys() if not _alike(old.get(key), new.get(key))}


def _judged(spell, changed):
    return spell.is_whole or (spell.kind in GRASSROOTS and spell.organization_id in changed)


def _says_something(old, new):
    """Whether there is anything to compare: an organization that stands on one side only is silent where it has nothing."""
    if old and new:
        return True
    line = old or new
    state = line.state is not None and line.state.good is not None
    return state or line.result.value is not None or line.result.target is not None


def _figure(found, key):
    """(sort key, Figure), or None where nothing differs."""
    old, new = found.before.lines.get(key), found.after.lines.get(key)
    if _alike(old, new):
        return None
    line = new or old
    spell = found.after.places.get(line.node) or found.before.places[line.node]
    figure = FigureMove(
        spell.organization.code, spell.name, _named(line), old and _words(old), new and _words(new), spell.is_whole
    )
    place = (not spell.is_whole, spell.organization.code)
    return (*place, line.group.order, not line.indicator.headline, line.indicator.code), figure


def _alike(old, new):
    return old and new and _seen(old) == _seen(new)


def _seen(line):
    return line.shown, line.result.target, line.verdict


def _named(line):
    name = line.indicator.name
    return name if line.indicator.headline else f"{line.group.name}, trong đó {name}"


def _words(line):
    result, verdict = line.result, wording.verdict(line)
    if (line.state and result.target is None) or result.value is None:
        return verdict, wording.target(line), ""
    value = wording.value(line)
    if wording.is_ratio(line):
        value = f"{value} ({group(result.numerator)}/{group(result.denominator)})"
    quiet = line.verdict in (Verdict.PROVISIONAL, Verdict.NO_TARGET)
    return value, wording.target(line), "" if quiet else within_sentence(verdict)


@dataclass(frozen=True)
class SheetTurn:
    period: str
    name: str
    words: str


def sheets_of(found):
    """[SheetTurn]: what becomes of the sheets of the periods still open."""
    came, went = defaultdict(int), defaultdict(int)
    for pk in found.people:
        went[found.before.cells.get(pk)] += 1
        came[found.after.cells.get(pk)] += 1
    rows = []
    for period, cell in found.before.sheets.keys() | found.after.sheets.keys():
        if words := _sheet(found, period, cell, came[cell], went[cell]):
            spell = found.after.places.get(cell) or found.before.places[cell]
            name = found.after.label(cell) or found.before.label(cell)
            row = SheetTurn(found.periods[period].inline, name, words)
            rows.append((found.periods[period].starts, period, spell.organization.code, row))
    return _counted([row for *_, row in sorted(rows, key=lambda row: row[:3])])


def _counted(turns):
    """`turns`, those of one period that say the same counted where they are many."""
    alike = defaultdict(list)
    for turn in turns:
        alike[turn.period, turn.words].append(turn)
    summary = []
    for (period, words), mine in alike.items():
        summary += mine if len(mine) < MANY else [SheetTurn(period, f"{group(len(mine))} chi bộ", words)]
    return summary


def _sheet(found, period, cell, came, went):
    old, new = found.before.sheets.get((period, cell)), found.after.sheets.get((period, cell))
    if old is None:
        return "có phiếu mới"
    if new is None:
        return f"thôi phiếu ({State(old.state).label})"
    parts = [f"{n} người {words}" for n, words in ((came, "vào"), (went, "ra")) if n]
    return f"danh sách đổi: {', '.join(parts)} (phiếu {State(new.state).label})" if parts else ""
