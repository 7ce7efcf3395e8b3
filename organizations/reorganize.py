"""Verbs that change who exists and under whom: found, rename, move, dissolve (domain §3.2).

Each takes many, judges each by the same rule, writes in bulk and rebuilds the lineage in the same transaction.
What must move people as well (merge) is members/reorganize.py. A reorganization waits until no other verb is writing:
who is admitted into a cell, or founded under a committee, must not meet its end halfway.
"""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Q

from ledger.acts import Refused, act, close
from ledger.spells import FOREVER
from ledger.text import clean

from . import lineage
from .models import PARENTS, Kind, Organization, OrganizationSpell, Succession

# Asked before an organization ends: each gives sentences that forbid it. Higher floors add theirs.
GUARDS = set()
# Told when the tree has changed, inside the act that changed it. Higher floors add theirs.
FOLLOWERS = set()


@dataclass(frozen=True, kw_only=True)
class Founding:
    code: str
    name: str
    kind: str
    parent: str | None = None  # code
    position: int = 0


def found(rows, *, by, on, document=None, reason=""):
    """Founds organizations, parents before children or together with them. Returns {code: Organization}."""
    rows = list(rows)
    with act("Thành lập tổ chức", by=by, on=on, document=document, reason=reason, alone=True, undoable=True) as change:
        return _found(rows, change, on)


def _found(rows, change, on):
    for row in rows:
        _check_code(row.code)
        if not clean(row.name):
            raise Refused(f"Tổ chức {row.code} chưa có tên.")
    parents = {row.parent for row in rows if row.parent}
    above = list(Organization.objects.filter(voided__isnull=True, code__in=parents - {row.code for row in rows}))
    spells = standing(above, on)
    kinds = {o.code: spells[o.pk].kind for o in above} | {row.code: row.kind for row in rows}
    for row in rows:
        _check_parent(row.name, row.kind, row.parent and kinds.get(row.parent, "absent"))
    Organization.objects.bulk_create([Organization(code=row.code, added=change) for row in rows])
    codes = parents | {row.code for row in rows}
    found_ = {
        organization.code: organization
        for organization in Organization.objects.filter(voided__isnull=True, code__in=codes)
    }
    OrganizationSpell.objects.bulk_create(
        [
            OrganizationSpell(
                organization=found_[row.code],
                name=row.name,
                kind=row.kind,
                parent=found_[row.parent] if row.parent else None,
                position=row.position,
                starts=on,
                added=change,
            )
            for row in rows
        ]
    )
    _settle(change)
    return {row.code: found_[row.code] for row in rows}


def _settle(change):
    lineage.rebuild(change)
    for follow in FOLLOWERS:
        follow(change)


def settle_undone(undone, undoing):
    """Follower of ledger/undo.py: an act about the tree was taken back."""
    if OrganizationSpell.objects.filter(Q(added=undone) | Q(voided=undone)).exists():
        _settle(undoing)


def _check_code(code):
    try:
        Organization._meta.get_field("code").clean(code, None)
    except ValidationError as error:
        raise Refused(f"Mã “{code}” không hợp lệ. {' '.join(error.messages)}") from error


def _check_parent(name, kind, parent_kind):
    allowed = PARENTS[Kind(kind)]
    if parent_kind == "absent":
        raise Refused(f"{name}: cấp trên chưa thành lập hoặc đã kết thúc vào ngày này.")
    if not allowed and parent_kind:
        raise Refused(f"{name}: {Kind(kind).label} không trực thuộc tổ chức nào ở đây.")
    if allowed and parent_kind not in allowed:
        raise Refused(f"{name}: {Kind(kind).label} phải trực thuộc {' hoặc '.join(k.label for k in allowed)}.")


def standing(organizations, on):
    """Locks the organizations in order of id and returns {id: last spell}, which must hold on `on`.

    Raises Refused for one that does not stand, or whose latest change lies after `on`.
    """
    ids = sorted(organization.pk for organization in organizations)
    list(Organization.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=ids).order_by("pk"))
    spells = {s.organization_id: s for s in lineage.places(on).filter(organization__in=ids)}
    for organization in organizations:
        spell = spells.get(organization.pk)
        if spell is None:
            raise Refused(f"Tổ chức {organization.code} không tồn tại vào ngày {on:%d/%m/%Y}.")
        if spell.ends != FOREVER:
            raise Refused(
                f"{spell.name} đã có thay đổi sau ngày {on:%d/%m/%Y}; hãy ghi các thay đổi theo thứ tự thời gian."
            )
    return spells


def _succeed(spells, change, on, differences):
    """Closes each spell on `on` and opens its successor with the differences given for its organization."""
    rows = [spells[pk] for pk in differences]
    close(rows, change, on)
    OrganizationSpell.objects.bulk_create(
        [
            OrganizationSpell(
                **{
                    "organization_id": row.organization_id,
                    "name": row.name,
                    "kind": row.kind,
                    "parent_id": row.parent_id,
                    "position": row.position,
                    **differences[row.organization_id],
                },
                starts=on,
                added=change,
            )
            for row in rows
        ]
    )
    _settle(change)


def rename(names, *, by, on, document=None, reason=""):
    """`names`: {Organization: new name}."""
    with act("Đổi tên tổ chức", by=by, on=on, document=document, reason=reason, alone=True, undoable=True) as change:
        spells = standing(list(names), on)
        differences = {o.pk: {"name": clean(name)} for o, name in names.items()}
        if not all(d["name"] for d in differences.values()):
            raise Refused("Tên mới còn để trống.")
        _succeed(spells, change, on, differences)


def move(parents, *, by, on, document=None, reason=""):
    """`parents`: {Organization: its new parent Organization}. All below goes along without a word in its history."""
    with act("Chuyển trực thuộc", by=by, on=on, document=document, reason=reason, alone=True, undoable=True) as change:
        spells = standing(list(parents), on)
        above = standing(list(set(parents.values())), on)
        for organization, parent in parents.items():
            spell = spells[organization.pk]
            if parent.pk == spell.parent_id:
                raise Refused(f"{spell.name} đang trực thuộc {above[parent.pk].name}.")
            _check_parent(spell.name, spell.kind, above[parent.pk].kind)
        _succeed(spells, change, on, {o.pk: {"parent_id": p.pk} for o, p in parents.items()})


def adopt(organizations, parent, change, on):
    """Hangs organizations under `parent` inside another verb's act."""
    spells, above = standing(organizations, on), standing([parent], on)
    for spell in spells.values():
        _check_parent(spell.name, spell.kind, above[parent.pk].kind)
    _succeed(spells, change, on, {o.pk: {"parent_id": parent.pk} for o in organizations})


def dissolve(organizations, *, change, on, successor=None):
    """Ends organizations inside another verb's act (members/reorganize.py moves the people first)."""
    organizations = list(organizations)
    spells = standing(organizations, on)
    left = OrganizationSpell.objects.current().filter(parent__in=organizations, ends__gt=on)
    if under := left.exclude(organization__in=organizations).first():
        raise Refused(f"{under.name} còn trực thuộc tổ chức sắp kết thúc. Hãy chỉ định nơi tiếp nhận.")
    _guard(organizations, on)
    close(spells.values(), change, on)
    if successor:
        Succession.objects.bulk_create(
            [Succession(predecessor=o, successor=successor, on=on, added=change) for o in organizations]
        )
    _settle(change)


def _guard(organizations, on):
    sentences = sorted({sentence for guard in GUARDS for sentence in guard(organizations, on)})
    if sentences:
        raise Refused(sentences)
