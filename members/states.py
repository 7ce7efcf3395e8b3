"""Verbs about who stays on the roll: statuses, discipline, posts (domain §4.4)."""

from collections import defaultdict

from ledger.acts import Refused, act, close, not_ahead
from ledger.numbers import day as in_words
from ledger.spells import FOREVER
from organizations import lineage

from .models import Discipline, Officialization, Post, Status
from .register import check_on_roll, lock


def set_status(members, kind, *, by, on, until=FOREVER, document=None, reason=""):
    """Exempts, suspends, records sickness or a temporary transfer from `on`; each must be on the roll that day."""
    members = list(members)
    with act(Status.Kind(kind).label, by=by, on=on, document=document, reason=reason, undoable=True) as change:
        held = lock(members)
        for member in members:
            check_on_roll(held, member, on)
        Status.objects.bulk_create(
            Status(member=member, kind=kind, starts=on, ends=until, added=change) for member in members
        )


def exempt(members, **act_):
    set_status(members, Status.Kind.EXEMPT, **act_)


def suspend(members, **act_):
    set_status(members, Status.Kind.SUSPENDED, **act_)


def lift_status(members, kind, *, by, on, document=None, reason=""):
    """Ends the open status `kind` of each member on `on`."""
    members = list(members)
    with act(
        "Thôi: " + Status.Kind(kind).label, by=by, on=on, document=document, reason=reason, undoable=True
    ) as change:
        lock(members)
        spells = list(Status.objects.on(on).filter(member__in=members, kind=kind))
        missing = {m.pk for m in members} - {spell.member_id for spell in spells}
        for member in members:
            if member.pk in missing:
                raise Refused(f"{member} không ở trạng thái này vào ngày {in_words(on)}.")
        close(spells, change, on)


def discipline(rows, *, by, on, document=None, reason=""):
    """Records disciplinary decisions. `rows`: [(member, Discipline.Kind, day)]; on probation no removal (domain §4.4)."""
    rows = list(rows)
    with act("Kỷ luật đảng viên", by=by, on=on, document=document, reason=reason, undoable=True) as change:
        members = [member for member, _, _ in rows]
        held = lock(members)
        official = defaultdict(list)
        for pk, day in Officialization.objects.filter(voided__isnull=True, member__in=members).values_list(
            "member_id", "on"
        ):
            official[pk].append(day)
        for member, kind, day in rows:
            not_ahead(day, member)
            check_on_roll(held, member, day)
            if kind == Discipline.Kind.REMOVAL and not any(was <= day for was in official[member.pk]):
                raise Refused(f"{member} đang dự bị; đảng viên dự bị chỉ bị khiển trách hoặc cảnh cáo.")
        Discipline.objects.bulk_create(
            Discipline(member=member, kind=kind, on=day, added=change) for member, kind, day in rows
        )


def post(rows, *, by, on, document=None, reason=""):
    """Gives posts. `rows`: [(member, organization, Post.Kind)]; a post is held in the line above one's own cell."""
    rows = list(rows)
    with act("Giữ chức vụ đảng", by=by, on=on, document=document, reason=reason, undoable=True) as change:
        held = lock([member for member, _, _ in rows])
        above = lineage.ancestors(on)
        for member, organization, _ in rows:
            check_on_roll(held, member, on)
            cell = next(s.organization_id for s in held[member.pk] if s.starts <= on < s.ends)
            if organization.pk not in above[cell]:
                raise Refused(f"{member} không sinh hoạt trong tổ chức {organization.code} vào ngày {in_words(on)}.")
        Post.objects.bulk_create(
            Post(member=m, organization=o, kind=kind, starts=on, added=change) for m, o, kind in rows
        )
