"""One member's record: who they are, where they belonged, what was decided about them, and the acts behind it."""

from dataclasses import dataclass

from ledger import clock
from ledger.numbers import day_in_words
from members import rights
from members.actions.page import offered
from members.badges.page import of_member
from members.merging.heirs import of_record
from members.models import (
    Admission,
    Discipline,
    Entry,
    Exit,
    Officialization,
    Post,
    Status,
    TransferOffer,
    age_on,
)
from members.records.history import JOINED, inline, names_of, offer_in_words, rows_of, spells_in_words, told
from members.roll.probation_path import paths
from members.visibility import may_keep_record
from organizations import lineage


@dataclass(frozen=True)
class PlaceHeld:
    name: str
    starts: object
    ends: object
    entry: str
    exit: str
    papers: tuple[object, ...]


def page_of(seen):
    """Context of templates/members/profile/member.html for a Sight."""
    member, today = seen.member, clock.today()
    whole, last = seen.whole, seen.spells[-1]
    context = {
        "member": member,
        "whole": whole,
        "age": age_on(member.birth_date, member.birth_precision, last.ends if last.exit == Exit.DIED else today),
        "places": _places(seen),
        "gone": _gone(seen),
        "tab": "record",
    }
    if not whole:
        return seen.context() | context
    rows = rows_of(member)
    standing = {model: [row for row in of_model if row.voided_id is None] for model, of_model in rows.items()}
    names = names_of(rows)
    history = told(rows, names)
    return (
        seen.context()
        | context
        | {
            "admissions": [(*JOINED[row.kind], row) for row in standing[Admission]],
            "officials": standing[Officialization],
            "spells": [*spells_in_words(standing[Status], names), *spells_in_words(standing[Post], names)],
            "disciplines": _punishments(standing[Discipline], seen.spells),
            "history": history,
            "offer": next((offer_in_words(row, names) for row in standing[TransferOffer] if not row.answer), ""),
            "probation_ends": probation_ends(seen),
            "may_undo": rights.may_be_taken_back(seen.user, [one.change for one in history]),
            "offered": offered(seen),
            "mergers": of_record(member),
            "may_record": may_keep_record(seen.user, seen),
        }
        | of_member(member.pk)
    )


def _punishments(disciplines, spells):
    """Sentences, in order of time: discipline, and expulsion, which is a way off the roll (domain §4.4)."""
    sentences = [(row.on, f"{row.get_kind_display()}, ngày {day_in_words(row.on)}") for row in disciplines]
    for spell, then in zip(spells, [*spells[1:], None], strict=True):
        if spell.exit == Exit.EXPELLED:
            back = then is not None and then.entry == Entry.RESTORED
            later = f"; đã phục hồi đảng tịch, sinh hoạt lại từ {day_in_words(then.starts)}" if back else ""
            sentences.append((spell.ends, f"{Exit.EXPELLED.label} từ {day_in_words(spell.ends)}{later}"))
    return [sentence for _, sentence in sorted(sentences)]


def _gone(seen):
    """How and when who is on no roll left it: "Xóa tên từ 01/03/2018"; "" for who is on one, or left where not seen."""
    spell = seen.spells[-1]
    if spell.is_open or not (seen.whole or spell.organization_id in seen.visible):
        return ""
    return f"{Exit(spell.exit).label} từ {day_in_words(spell.ends)}"


def probation_ends(seen):
    """The day on which the probation of someone on the roll ends; None for who is not on probation."""
    path, today = paths([seen.member.pk])[seen.member.pk], clock.today()
    on_roll = seen.spells[-1].ends > today
    return path.until(today) if on_roll and path.since(today) else None


def _places(seen):
    """[PlaceHeld] latest first, each by its name of that time; of those the user may see."""
    shown = seen.spells if seen.whole else [s for s in seen.spells if s.organization_id in seen.visible]
    names = lineage.labels_at((spell.organization_id, spell.starts) for spell in shown)
    return [
        PlaceHeld(
            names[spell.organization_id, spell.starts],
            spell.starts,
            spell.ends,
            Entry(spell.entry).label,
            inline(Exit(spell.exit).label) if spell.exit else "",
            tuple(filter(None, (spell.decision, spell.exit_decision))) if seen.whole else (),
        )
        for spell in reversed(shown)
    ]
