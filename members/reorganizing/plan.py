"""What a reorganization is to do, whole: the tree, the people, who takes over. Carried out by members/reorganizing/carry_out.py.

Organizations are named by code, for some do not exist yet. The functions below make the Plan of each kind of act
(domain §3.2) out of what a form gathers and the Forest of the day; they judge nothing, `carry_out` does.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ledger.text import within_sentence
from organizations.models import Kind
from organizations.verbs import TreeVerb


@dataclass(frozen=True, kw_only=True)
class Plan:
    """`verb`: the words of the act. What is not named goes on as it is.

    `founded`: Foundings; `changed`: {code: {"name", "kind", "parent" (code), "position": new value}}; `ended`: codes.
    `people`: {code of a cell that ends or is no cell any more: code of the cell its people go to};
    `persons`: {member id: code of a cell}, exceptions from it, and who leaves a cell that goes on;
    `leaving`: {member id: Exit}, who goes off the roll that day.
    `successors`: {ended code: (code of the principal successor, *others)};
    `origins`: {founded code: code of what it was split off from, which goes on}.
    `received`, `sent`: {code founded, or ended: from where it comes, or to where it goes, outside this register};
    `formerly`: {code received: the code under which it was sent away before};
    the people of a cell that is sent go along, those of one that is received are `arriving`: {its code: (Arrival, …)}.
    `torn`: codes and member ids of which the parts of the Plan say different things.
    """

    verb: TreeVerb
    founded: tuple = ()
    changed: Mapping = field(default_factory=dict)
    ended: tuple = ()
    people: Mapping = field(default_factory=dict)
    persons: Mapping = field(default_factory=dict)
    leaving: Mapping = field(default_factory=dict)
    successors: Mapping = field(default_factory=dict)
    origins: Mapping = field(default_factory=dict)
    received: Mapping = field(default_factory=dict)
    sent: Mapping = field(default_factory=dict)
    formerly: Mapping = field(default_factory=dict)
    arriving: Mapping = field(default_factory=dict)
    torn: tuple = ()

    @property
    def short(self):
        """The act in the middle of a sentence: "sáp nhập"."""
        return within_sentence(self.verb.label.removesuffix(" tổ chức"))


def founding(rows, *, parents=None, persons=None):
    """`rows`: Foundings; `parents`: {code of one that goes on: code it stands under from now}; `persons` as in Plan."""
    return Plan(verb=TreeVerb.FOUND, founded=tuple(rows), changed=_under(parents), persons=persons or {})


def renaming(names):
    """`names`: {code: new name}."""
    return Plan(verb=TreeVerb.RENAME, changed={code: {"name": name} for code, name in names.items()})


def moving(parents):
    """`parents`: {code: code of the new parent}; all below goes along."""
    return Plan(verb=TreeVerb.MOVE, changed=_under(parents))


def merging(forest, ended, into, *, people=None, persons=None, leaving=None, parents=None, name=""):
    """A, B → B: `ended` (codes) end and `into`, which goes on, takes over what they had.

    A cell below them that `people` names ends too; other cells, and section committees, go on under `into`, or where
    `parents` says. `name`: the new name of `into`, if it takes one.
    """
    gone = _ending(ended, people)
    changed = _under(_adopted(forest, gone, into) | dict(parents or {}))
    if name:
        changed[into] = changed.get(into, {}) | {"name": name}
    act = Plan(verb=TreeVerb.MERGE, changed=changed, ended=gone, **_told(people, persons, leaving))
    return _succeeded(forest, act, ended, (into,))


def merging_anew(forest, ended, founded, *, people=None, persons=None, leaving=None, parents=None):
    """A, B → C: as `merging`, into the first of `founded` (Foundings); the others are founded below it."""
    into, gone = founded[0].code, _ending(ended, people)
    changed = _under(_adopted(forest, gone, into) | dict(parents or {}))
    told = _told(people, persons, leaving)
    act = Plan(verb=TreeVerb.UNITE, founded=tuple(founded), changed=changed, ended=gone, **told)
    return _succeeded(forest, act, ended, (into,))


def splitting(forest, code, founded, *, ends, parents=None, people=None, persons=None, leaving=None, principal=""):
    """A → A, B … or, when it `ends`, A → B, C …: `founded` (Foundings) are split off `code`.

    `parents`: {code of one below A: code it stands under from now}; cells that `people` names end. Of those founded
    at the top `principal` takes over, unless told the first.
    """
    own = {row.code for row in founded}
    heads = sorted((row.code for row in founded if row.parent not in own), key=lambda head: head != principal)
    gone = _ending((code,) if ends else (), people)
    told = _told(people, persons, leaving)
    act = Plan(verb=TreeVerb.SPLIT, founded=tuple(founded), changed=_under(parents), ended=gone, **told)
    if ends:
        return _succeeded(forest, act, (code,), heads)
    return replace(_succeeded(forest, act, (), ()), origins=dict.fromkeys(heads, code))


def dissolving(forest, code, *, parents=None, people=None, persons=None, leaving=None, successors=()):
    """`code` ends with all below it that is not given a place.

    `parents`: {code of one below it that goes on: code it stands under from now}; `successors`: codes, the principal
    first; none when nobody takes over.
    """
    kept = {c for top in parents or {} for c in (forest.below(top) if top in forest else ())}
    below = forest.below(code) if code in forest else [code]
    gone = _ending((c for c in below if c not in kept), people)
    act = Plan(verb=TreeVerb.DISSOLVE, changed=_under(parents), ended=gone, **_told(people, persons, leaving))
    return _succeeded(forest, act, (code,), successors)


def turning_into_committee(code, cells, *, into="", persons=None):
    """CBCS → DBCS: `cells` (Foundings) are founded below it; its people go to `into`, or where `persons` says."""
    return Plan(
        verb=TreeVerb.CHANGE_KIND,
        founded=tuple(cells),
        changed={code: {"kind": Kind.DBCS}},
        people={code: into} if into else {},
        persons=persons or {},
    )


def turning_into_cell(forest, code, *, persons=None, leaving=None):
    """DBCS → CBCS: all below it ends into it."""
    gone = tuple(c for c in forest.below(code) if c != code) if code in forest else ()
    people = {c: code for c in gone if forest[c].holds_members}
    return Plan(
        verb=TreeVerb.CHANGE_KIND,
        changed={code: {"kind": Kind.CBCS}},
        ended=gone,
        people=people,
        persons=persons or {},
        leaving=leaving or {},
        successors=dict.fromkeys(gone, (code,)),
    )


def regrading(code, kind, parent):
    """A cell becomes a grassroots cell (CBTT → CBCS) or the other way round; its people stay in it."""
    return Plan(verb=TreeVerb.CHANGE_KIND, changed={code: {"kind": kind, "parent": parent}})


def putting_section(section, below):
    """A section committee (a Founding) comes between a committee and those `below` (codes)."""
    changed = _under(dict.fromkeys(below, section.code))
    return Plan(verb=TreeVerb.PUT_SECTION, founded=(section,), changed=changed)


def lifting_section(forest, code):
    """A section committee ends; what stood below it stands under its parent."""
    above = forest[code].parent if code in forest else None
    below = forest.children(code)
    return Plan(
        verb=TreeVerb.LIFT_SECTION,
        changed=_under(dict.fromkeys(below, above)),
        ended=(code,),
        successors={code: (above,)} if above else {},
    )


def _under(parents):
    return {code: {"parent": parent} for code, parent in (parents or {}).items()}


def _ending(ended, people):
    """`ended` and the cells that give up their people, each once, in this order."""
    return tuple(dict.fromkeys([*ended, *(people or {})]))


def _adopted(forest, gone, into):
    """{code: into} of those directly below what ends that do not end themselves."""
    return {child: into for code in gone if code in forest for child in forest.children(code) if child not in gone}


def _told(people, persons, leaving):
    return {"people": people or {}, "persons": persons or {}, "leaving": leaving or {}}


def _succeeded(forest, act, subjects, heirs):
    """`act` with its successors. The heirs take over the `subjects`; a cell beneath them that gives its people away is
    taken over by the cell that receives them, and beside it by the heirs above that."""
    after = forest.after(founded=act.founded, changed=act.changed, ended=act.ended)
    successors_of = {}
    for code in act.ended:
        to = act.people.get(code)
        if to is None or code in subjects:
            successors_of[code] = tuple(heirs)
        else:
            successors_of[code] = (to, *(heir for heir in heirs if heir in after.above(to)))
    return replace(act, successors={code: successors for code, successors in successors_of.items() if successors})
