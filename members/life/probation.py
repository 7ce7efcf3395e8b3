"""Verbs of probation: recognised as an official member, kept on probation longer, or struck off (domain §4.3)."""

from collections.abc import Mapping
from datetime import date

from ledger.acts import Refused, act, require_past, require_possible
from ledger.models import Change, Document, User
from ledger.numbers import day_in_words
from members.models import Entry, Exit, Extension, Member, Officialization
from members.register.departures import depart
from members.register.places import Held, check_on_roll, lock
from members.register.ways_back import ADMITTED_BEFORE
from members.roll.probation_path import Path, a_year_after, paths
from members.verbs import MemberVerb

BEHIND_THEM = (*ADMITTED_BEFORE, Entry.RESTORED)


def make_official(
    rows: Mapping[Member, date], *, by: User, on: date, document: Document | None = None, reason: str = ""
) -> None:
    """`rows`: {member: day}, usually the day on which probation had run its twelve months, or its extension, however late
    it is decided (domain §4.3); earlier only by a document.
    """
    with act(MemberVerb.MAKE_OFFICIAL, by=by, on=on, document=document, reason=reason, undoable=True) as change:
        recognise(rows, change)


def recognise(rows: Mapping[Member, date], change: Change, papers: Mapping[Member, Document] | None = None) -> None:
    """What `make_official` does, inside another verb's act. `papers`: of those who have one of their own."""
    own = papers or {}
    memberships, ways = lock(rows), paths(rows)
    for member, day in rows.items():
        require_past(day, member)
        _check_here(memberships, member, day)
        may_be_recognised(member, ways[member.pk], day, own.get(member) or change.document)
    Officialization.objects.bulk_create(
        Officialization(member=member, on=day, decision=own.get(member), added=change) for member, day in rows.items()
    )


def _check_here(held: Held, member: Member, day: date) -> None:
    """Refused unless `member` is on the roll on `day`, or came onto it later with that probation behind them: from
    elsewhere, or restored, never having been outside.
    """
    if not any(spell.starts > day and spell.entry in BEHIND_THEM for spell in held.get(member.pk, ())):
        check_on_roll(held, member, day)


def may_be_recognised(member: Member, way: Path, day: date, document: Document | None) -> None:
    """Refused for whoever cannot become official on `day` on their `way`; too early only by a `document`."""
    since = _since(member, way, day)
    if later := [was for was in way.officials if was > day]:
        raise Refused(f"{member} đã được công nhận chính thức từ {day_in_words(later[0])}.")
    if day == since:
        raise Refused(f"{member}: ngày công nhận chính thức phải sau ngày kết nạp {day_in_words(since)}.")
    if document is None and way.is_early(day):
        raise Refused(
            f"{member} kết nạp ngày {day_in_words(since)}, đến {day_in_words(way.until(day))} mới hết thời gian dự bị. "
            "Muốn công nhận sớm hơn, hãy ghi số, ngày và cơ quan ban hành văn bản cho phép."
        )


def _since(member: Member, way: Path, day: date) -> date:
    since = way.since(day)
    if since is None:
        raise Refused(f"{member} không ở trong thời gian dự bị vào ngày {day_in_words(day)}.")
    return since


def extend_probation(
    rows: Mapping[Member, date], *, by: User, on: date, document: Document | None = None, reason: str = ""
) -> None:
    """Decides on `on` that probation lasts longer. `rows`: {member: the day until which}."""
    with act(MemberVerb.EXTEND_PROBATION, by=by, on=on, document=document, reason=reason, undoable=True) as change:
        memberships, ways = lock(rows), paths(rows)
        for member, until in rows.items():
            require_possible(until, member)
            check_on_roll(memberships, member, on)
            _may_be_extended(member, ways[member.pk], on, until)
        Extension.objects.bulk_create(
            Extension(member=member, on=on, until=until, added=change) for member, until in rows.items()
        )


def _may_be_extended(member: Member, way: Path, on: date, until: date) -> None:
    since = _since(member, way, on)
    if later := [was for was in way.officials if was > on]:
        raise Refused(f"{member} đã được công nhận chính thức từ {day_in_words(later[0])}; không gia hạn dự bị nữa.")
    if later := [day for day, _ in way.extensions if day >= on]:
        raise Refused(
            f"{member} đã có quyết định gia hạn dự bị ngày {day_in_words(later[-1])}; ngày gia hạn phải sau đó."
        )
    latest = way.until(on)
    if until <= latest:
        said = "đủ 12 tháng" if latest == a_year_after(since) else "được gia hạn"
        raise Refused(f"{member} dự bị đến {day_in_words(latest)} ({said}); ngày gia hạn đến phải sau ngày đó.")


def end_probation(
    rows: Mapping[Member, date], *, by: User, on: date, document: Document | None = None, reason: str = ""
) -> None:
    """Strikes off people on probation who are not recognised. `rows`: {member: day}."""
    if not reason:
        raise Refused("Không công nhận chính thức cần nêu lý do.")
    with act(MemberVerb.END_PROBATION, by=by, on=on, document=document, reason=reason, undoable=True) as change:
        memberships, ways = lock(rows), paths(rows)
        for member, day in rows.items():
            require_past(day, member)
            check_on_roll(memberships, member, day)
            _since(member, ways[member.pk], day)
        depart([(member, day, Exit.STRUCK) for member, day in rows.items()], change)
