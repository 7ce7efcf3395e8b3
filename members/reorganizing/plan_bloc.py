"""Plans of what befalls a whole bloc: its end, with all that is done on the way; organizations that come and go.

Several Plans become one, so that a reorganization of many parts is one act, judged whole (members/reorganizing/outcome.py).
"""

from collections import Counter, defaultdict
from dataclasses import replace

from organizations.verbs import TreeVerb

from .plan import Plan


def together(verb, plans):
    """The one Plan that does all of `plans`, under the words `verb`. Where two disagree about one, it says so."""
    joint_plan, torn = Plan(verb=verb), []
    changed = defaultdict(dict)
    for plan in plans:
        for code, differences in plan.changed.items():
            torn += [code for name, new in differences.items() if changed[code].get(name, new) != new]
            changed[code] |= differences
    mappings = {}
    for name in ("people", "persons", "leaving", "successors", "origins", "received", "sent", "formerly", "arriving"):
        mappings[name] = {}
        for plan in plans:
            more = getattr(plan, name)
            torn += [key for key, value in more.items() if mappings[name].get(key, value) != value]
            mappings[name] |= more
    return replace(
        joint_plan,
        founded=tuple(row for plan in plans for row in plan.founded),
        changed=dict(changed),
        ended=tuple(dict.fromkeys(code for plan in plans for code in plan.ended)),
        torn=tuple(dict.fromkeys([*(key for plan in plans for key in plan.torn), *torn])),
        **mappings,
    )


def ending(blocs, parents, *, founded=(), along=(), successors=(), verb=TreeVerb.END_BLOC):
    """The end of `blocs` (codes), whose organizations go each to its receiver.

    `parents`: {code of one below: code of its receiver}; `founded`: Foundings of receivers; `along`: Plans carried out on
    the way by the same act, what they found told its receiver as its parent. `successors`: codes, the principal first;
    unless told, the receivers, first the one that receives most.
    """
    heirs = tuple(successors) or _receivers(parents, founded, along)
    own = Plan(
        verb=verb,
        founded=tuple(founded),
        changed={code: {"parent": parent} for code, parent in parents.items()},
        ended=tuple(blocs),
        successors=dict.fromkeys(blocs, heirs) if heirs else {},
    )
    return together(verb, [own, *along])


def _receivers(parents, founded, along):
    """Codes of all that receive something, first the one that receives most, then in the order in which they are told."""
    new = {row.code for plan in along for row in plan.founded}
    received = Counter(parents.values())
    received += Counter(row.parent for plan in along for row in plan.founded if row.parent not in new)
    told = list(dict.fromkeys([*(row.code for row in founded), *received]))
    return tuple(sorted((code for code in told if received[code]), key=lambda code: -received[code]))


def receiving(founded, elsewhere, arriving, *, formerly=None):
    """Organizations come from outside this register, with their people.

    `founded`: Foundings, as they stand here; `elsewhere`: from where, in words; `arriving`: {code of a cell: (Arrival, …)},
    whose organization the cell is; `formerly`: as in Plan.
    """
    return Plan(
        verb=TreeVerb.RECEIVE,
        founded=tuple(founded),
        received={row.code: elsewhere for row in founded},
        formerly=formerly or {},
        arriving={code: tuple(rows) for code, rows in arriving.items()},
    )


def sending_away(forest, places):
    """Organizations go out of this register with all below them and their people. `places`: {code: to where, in words}."""
    sent = {}
    for code, elsewhere in places.items():
        sent |= dict.fromkeys(forest.below(code) if code in forest else [code], elsewhere)
    return Plan(verb=TreeVerb.SEND_AWAY, ended=tuple(sent), sent=sent)
