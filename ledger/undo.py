"""The verb that takes a whole act back, while nothing rests on it: an import, a transfer, a merger entered in error.

What the act added is voided, what it voided stands again: an identity in place, a fact as a new row, so that what was
known before, between and after stays computable. What is derived is derived anew. Nothing is erased.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from simple_history.utils import bulk_create_with_history

from .acts import Refused, act, copies, void
from .hooks import Hook
from .models import Change, Recorded, User
from .numbers import day_in_words
from .soundness import Finding, outcomes, recorded_models
from .verbs import LedgerVerb

# Asked before an act is undone: each gives sentences that forbid it. Higher floors add theirs.
GUARDS: Hook[Callable[[Change], Iterable[str]]] = Hook("ledger.undo.GUARDS", "change")
# Told inside the act before anything is restored: what was written in place beside its rows is put back first.
PREPARERS: Hook[Callable[[Change, Change], object]] = Hook("ledger.undo.PREPARERS", "change, undoing")
# Told inside the act, in the order of the floors: (the act undone, the act that undoes it).
FOLLOWERS: Hook[Callable[[Change, Change], object]] = Hook("ledger.undo.FOLLOWERS", "change, undoing")


def undo(change: Change, *, by: User, on: date, reason: str, only_looking: bool = False) -> Change:
    """Takes `change` back whole. Refused, naming what rests on it, when it can no longer be; nothing is written then.

    `only_looking`: for who rolls it back. Other verbs need not wait, and the self-check, which reads everything, is left
    out: what has been looked at may still be refused when it is done.
    """
    if not reason:
        raise Refused("Hủy một việc đã ghi cần nêu lý do.")
    with act(LedgerVerb.UNDO, by=by, on=on, reason=reason, alone=not only_looking, detail=change.words) as undoing:
        change = Change.objects.select_for_update(of=("self",)).get(pk=change.pk)
        _may_be_undone(change)
        with transaction.atomic():
            _take_back(change, undoing)
            faults = [] if only_looking else _faults()
            transaction.set_rollback(bool(faults))
        if faults:
            _refuse_new(faults, change)
            _take_back(change, undoing)
        return undoing


def _take_back(change: Change, undoing: Change) -> None:
    for prepare in PREPARERS:
        prepare(change, undoing)
    for model in _models():
        _restore(model, change, undoing)
    Change.objects.filter(pk=change.pk).update(undone=undoing)
    for follow in FOLLOWERS:
        follow(change, undoing)


def _refuse_new(faults: list[Finding], change: Change) -> None:
    """Refused for those of `faults` that do not stand already; asked before `change` is undone."""
    before = set(_faults())
    if broken := [fault for fault in faults if fault not in before]:
        sentences = dict.fromkeys(_broken(fault, _open_to_who_undoes(change)) for fault in broken)
        raise Refused([f"Không hủy được, vì khi đó: {sentence}" for sentence in list(sentences)[:5]])


def _may_be_undone(change: Change) -> None:
    if not change.undoable:
        raise Refused(f"Việc “{change.words}” không hủy cả việc được; hãy ghi điều chỉnh.")
    if change.undone_id:
        raise Refused(f"Việc “{change.words}” đã được hủy ngày {day_in_words(change.undone.on)}.")
    if sentences := standing_in_the_way(change):
        raise Refused(sentences)


def standing_in_the_way(change: Change) -> list[str]:
    """Sentences, one an act or a rule, that keep `change` from being undone; none when it can be.

    Acts that are not named openly are one sentence, however many.
    """
    later = Change.objects.filter(pk__in=_acts_resting_on(change)).order_by("pk")
    known, discreetly = _open_to_who_undoes(change), told_as(c.pk for c in later)
    resting = [
        f"Sau đó đã có việc “{c.words}” (ghi ngày {day_in_words(c.at)}) dựa trên việc này. Hãy hủy việc đó trước."
        for c in later
        if discreetly[c.pk] <= known
    ]
    discreet = {words for told in discreetly.values() for words in told - known}
    resting += [f"Sau đó đã có {words} dựa trên việc này. Hãy hỏi nơi đã ghi." for words in sorted(discreet)]
    return resting + sorted({sentence for guard in GUARDS for sentence in guard(change)})


def _broken(finding: Finding, known: Collection[str]) -> str:
    if finding.told_as and finding.told_as not in known:
        return f"{finding.told_as} không còn đúng. Hãy hỏi nơi đã ghi."
    return finding.sentence


def told_as(acts: Iterable[int]) -> dict[int, set[str]]:
    """{act id: {how its rows are told of}} of the acts of which no row is told openly; an act that wrote other things, too,
    is told by its name.
    """
    words = defaultdict(set)
    acts = set(acts)
    for model in [m for m in _models() if m.told_as] if acts else ():
        for pk in _acts_of(model, acts):
            words[pk].add(model.told_as)
    for model in [m for m in _models() if not m.told_as] if words else ():
        for pk in _acts_of(model, words):
            words.pop(pk, None)
    return words


def _acts_of(model: type[Recorded], acts: Iterable[int]) -> set[int]:
    """Ids of those of `acts` that wrote or took back a row of `model`."""
    rows = model._base_manager.order_by()
    pairs = [rows.filter(**{f"{side}__in": list(acts)}).values_list(side, flat=True) for side in ("added", "voided")]
    return set(pairs[0].union(pairs[1]))


def _open_to_who_undoes(change: Change) -> set[str]:
    """Who may undo an act that wrote such rows may read of others."""
    return told_as([change.pk])[change.pk]


def _models() -> list[type[Recorded]]:
    return [model for model in recorded_models() if not model.is_derived]


def _acts_resting_on(change: Change) -> set[int]:
    """Ids of the later acts that voided a row of `change`, or point to an identity it brought."""
    acts = set()
    for model in _models():
        standing, resting = _offspring(model, change)
        acts |= resting
        if model.is_identity:
            acts |= _pointing_to(model, standing, change)
    return acts


def _offspring(model: type[Recorded], change: Change) -> tuple[set[int], set[int]]:
    """({ids of the rows of `change` as they stand now}, {ids of the acts that voided others}).

    A row that was voided by an act since undone lives on in the copy that the undoing made; one that an undoing voided,
    in what followed in its place.
    """
    standing, resting = set(), set()
    rows = list(model._base_manager.filter(added=change).exclude(voided=change).select_related("voided__undoes"))
    while rows:
        row = rows.pop()
        if row.voided_id is None:
            standing.add(row.pk)
            continue
        heirs = _heirs(row)
        rows += heirs
        if not heirs and row.voided.undone_id is None:
            resting.add(row.voided_id)
    return standing, resting


def _heirs(row: Recorded) -> list[Recorded]:
    """[the row that stands in the place of `row`, which was voided]: the copy of an undoing, or what followed; [] for none."""
    by, differing = row.voided.undone_id, {row._meta.pk.attname, "voided_id"}
    if by is None:
        if not row.follows or not hasattr(row.voided, "undoes"):
            return []
        by, differing = row.voided_id, differing | set(row.follows)
    columns = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.attname not in differing}
    rows = type(row)._base_manager.filter(**columns | {"added_id": by})
    return list(rows.select_related("voided__undoes")[:1])


def _pointing_to(model: type[Recorded], ids: set[int], change: Change) -> set[int]:
    acts = set()
    for relation in model._meta.related_objects:
        if relation.related_model in _models():
            rows = relation.related_model._base_manager.filter(
                **{f"{relation.field.name}__in": ids}, voided__isnull=True, added__gt=change
            )
            acts |= _first_brought(rows) - {change.pk}
    return acts


def _first_brought(rows: QuerySet[Recorded]) -> set[int]:
    """Ids of the acts that first brought `rows`; an act that was undone since gave some of them back as copies."""
    acts = set(rows.values_list("added", flat=True))
    undoing = dict(Change.objects.filter(undone__in=acts).values_list("undone", "pk"))
    first_acts, copied = acts - undoing.keys(), rows.filter(added__in=undoing.keys())
    for row in copied:
        first_acts |= _first_brought(_originals(row, undoing[row.added_id]))
    return first_acts


def _originals(copy: Recorded, undone: int) -> QuerySet[Recorded]:
    """The row that the act `undone` voided and whose undoing gave `copy` back."""
    columns = {f.attname: getattr(copy, f.attname) for f in copy._meta.concrete_fields}
    for name in (copy._meta.pk.attname, "added_id", "voided_id"):
        del columns[name]
    rows = type(copy)._base_manager.filter(**columns, voided=undone)
    return rows.filter(pk=rows.order_by("pk").values("pk")[:1])


def _restore(model: type[Recorded], change: Change, undoing: Change) -> None:
    gone = model._base_manager.filter(voided=change).exclude(added=change)  # what it wrote on the way never stood
    before = list(gone.order_by("pk"))
    standing, _ = _offspring(model, change)
    void(model._base_manager.filter(pk__in=standing), undoing)
    if model.is_identity:
        gone.update(voided=None)
        return
    rows = copies(before, undoing)
    if rows and hasattr(model, "history"):
        bulk_create_with_history(rows, model, default_user=undoing.by)
    else:
        model._base_manager.bulk_create(rows)


def _faults() -> list[Finding]:
    """What the self-check finds wrong with the rows themselves."""
    return [finding for outcome in outcomes(quick=True) if not outcome.sound for finding in outcome.findings]
