"""The way of a period and its sheets: open, rate, submit, endorse, decide, accept, send back, lock (design §6).

Locks are always taken in one order: change (shared), roof rows, sheets, lines. Each verb takes many sheets.
"""

from collections import Counter, defaultdict
from datetime import date

from django.db.models import F
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from ledger.acts import Refused, act, void
from ledger.numbers import day as in_words
from members.models import Membership
from organizations import lineage
from organizations.models import CELLS, GRASSROOTS, Kind

from .caps import over_cap
from .models import MemberRating, OrganizationRating, Period, Reason, Scheme, Sheet, State


def open_period(year, *, by, on, document=None, reason=""):
    """Opens the year: its scheme, deadlines, a sheet for each cell and a row for each organization rated."""
    scheme = Scheme.objects.filter(first_year__lte=year).order_by("-first_year").first()
    if scheme is None:
        raise Refused(f"Chưa có lược đồ xếp loại cho năm {year}. Quản trị cần thêm lược đồ trước.")
    with act(f"Mở kỳ xếp loại năm {year}", by=by, on=on, document=document, reason=reason) as change:
        period = Period.objects.create(
            year=year,
            starts=date(year, 1, 1),
            cutoff=date(year, 12, 31),
            scheme=scheme,
            cell_due=date(year, 12, 20),
            committee_due=date(year, 12, 28),
            bloc_due=date(year + 1, 1, 15),
            added=change,
        )
        _complete(period, change, min(on, period.cutoff))
        return period


def _complete(period, change, day):
    """Gives a sheet and a row to what stands on `day` and has none; takes back those of what no longer stands."""
    spells = list(lineage.places(day).filter(kind__in={*CELLS, *GRASSROOTS}))
    cells = {s.organization_id for s in spells if s.kind in CELLS}
    rated = {s.organization_id: s for s in spells}
    for model, wanted in ((Sheet, cells), (OrganizationRating, rated.keys())):
        rows = model.objects.filter(period=period, voided__isnull=True)
        void(rows.exclude(organization__in=wanted), change)
    void(MemberRating.objects.filter(period=period, voided__isnull=True).exclude(organization__in=cells), change)
    have = set(Sheet.objects.filter(period=period, voided__isnull=True).values_list("organization_id", flat=True))
    Sheet.objects.bulk_create(Sheet(period=period, organization_id=pk, added=change) for pk in sorted(cells - have))
    rows = OrganizationRating.objects.filter(period=period, voided__isnull=True)
    have = set(rows.values_list("organization_id", flat=True))
    tiers = OrganizationRating.Tier
    missing = [
        OrganizationRating(
            period=period,
            organization_id=pk,
            tier=tiers.GRASSROOTS if Kind(rated[pk].kind).is_grassroots else tiers.CELL,
            added=change,
        )
        for pk in sorted(rated.keys() - have)
    ]
    bulk_create_with_history(missing, OrganizationRating, default_user=change.by)


def _locked_rows(sheets):
    """The sheets, fresh and locked after their roofs; Refused when their period is locked."""
    if not sheets:
        raise Refused("Chưa chọn phiếu nào.")
    periods = {s.period_id for s in sheets}
    if Period.objects.filter(pk__in=periods, locked__isnull=False).exists():
        raise Refused("Kỳ xếp loại đã khóa; chỉ còn ghi điều chỉnh bổ sung.")
    cells = {s.organization_id for s in sheets}
    roofs = OrganizationRating.objects.filter(
        period__in=periods,
        voided__isnull=True,
        tier=OrganizationRating.Tier.GRASSROOTS,
        organization__descent__organization__in=cells,
    ).values("pk")
    list(OrganizationRating.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=roofs).order_by("pk"))
    ids = [s.pk for s in sheets]
    rows = Sheet.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=ids, voided__isnull=True)
    fresh = list(rows.select_related("organization").order_by("pk"))
    if len(fresh) != len(set(ids)):
        raise Refused("Có phiếu không còn hiệu lực vì chi bộ đã kết thúc.")
    return fresh


def _roll(sheets, day):
    """{cell id: {member id}} on `day`."""
    found = defaultdict(set)
    rows = Membership.objects.on(day).filter(organization__in=[s.organization_id for s in sheets])
    for cell, member in rows.values_list("organization_id", "member_id"):
        found[cell].add(member)
    return found


def rate(entries, *, by, on, document=None, reason=""):
    """Types lines of draft sheets. `entries`: {Sheet: {member id: rank 1–4, or Reason}}."""
    with act("Nhập xếp loại đảng viên", by=by, on=on, document=document, reason=reason) as change:
        sheets = {s.pk: s for s in _locked_rows(list(entries))}
        period = Period.objects.select_related("scheme").get(pk=next(iter(sheets.values())).period_id)
        rolls = _roll(sheets.values(), min(on, period.cutoff))
        stored = {
            (line.sheet_id, line.member_id): line
            for line in MemberRating.objects.filter(sheet__in=sheets, voided__isnull=True)
        }
        new, changed = [], []
        for sheet, lines in entries.items():
            sheet = sheets[sheet.pk]
            if sheet.state != State.DRAFT:
                raise Refused(
                    f"Phiếu của chi bộ {sheet.organization.code} {State(sheet.state).label}, không còn sửa được."
                )
            for member, entry in lines.items():
                _check_entry(entry, period.scheme, member in rolls[sheet.organization_id], sheet)
                line = stored.get((sheet.pk, member)) or MemberRating(
                    period=period, sheet=sheet, organization=sheet.organization, member_id=member, added=change
                )
                line.reason = entry if isinstance(entry, Reason) else None
                line.proposed = None if isinstance(entry, Reason) else entry
                line.version += 1
                (changed if line.pk else new).append(line)
        bulk_create_with_history(new, MemberRating, default_user=by)
        if changed:
            bulk_update_with_history(changed, MemberRating, ["proposed", "reason", "version"], default_user=by)
        Sheet.objects.filter(pk__in=sheets).update(version=F("version") + 1)


def _check_entry(entry, scheme, on_roll, sheet):
    if not on_roll:
        raise Refused(f"Phiếu của chi bộ {sheet.organization.code}: có người không còn trong danh sách đảng viên.")
    if isinstance(entry, Reason):
        if entry.scheme_id != scheme.pk or entry.kind == Reason.Kind.CEILING or entry.of_organizations:
            raise Refused(f"Lý do “{entry}” không dùng để không xếp loại đảng viên theo {scheme.name}.")
    elif entry not in (1, 2, 3, 4):
        raise Refused("Mức xếp loại phải là một trong bốn mức của lược đồ.")


def submit(sheets, *, by, on, document=None, reason=""):
    """The cell hands in its sheet: every member of the roll has a line."""
    return _step("Nộp phiếu xếp loại", sheets, (State.DRAFT,), State.SUBMITTED, by, on, document, reason)


def endorse(sheets, *, by, on, document=None, reason=""):
    return _step("Thẩm định phiếu", sheets, (State.SUBMITTED,), State.ENDORSED, by, on, document, reason)


def accept(sheets, *, by, on, document=None, reason=""):
    return _step("Tiếp nhận phiếu", sheets, (State.DECIDED,), State.ACCEPTED, by, on, document, reason)


def _step(verb, sheets, before, after, by, on, document, reason):
    with act(verb, by=by, on=on, document=document, reason=reason):
        fresh = _locked_rows(list(sheets))
        _check_step(fresh, before, on)
        Sheet.objects.filter(pk__in=[s.pk for s in fresh]).update(state=after, version=F("version") + 1)


def _check_step(sheets, before, on):
    for sheet in sheets:
        if sheet.state not in before:
            wanted = " hoặc ".join(State(s).label for s in before)
            raise Refused(
                f"Phiếu của chi bộ {sheet.organization.code} {State(sheet.state).label}; việc này cần phiếu {wanted}."
            )
    period = Period.objects.get(pk=sheets[0].period_id)
    reconcile(sheets, min(on, period.cutoff))


def reconcile(sheets, day):
    """Holds the stored lines against the roll of `day`: marks who went; Refused when someone has no line yet."""
    rolls = _roll(sheets, day)
    lines = defaultdict(dict)
    for pk, cell, member, on_roll in MemberRating.objects.filter(
        sheet__in=[s.pk for s in sheets], voided__isnull=True
    ).values_list("pk", "organization_id", "member_id", "on_roll"):
        lines[cell][member] = (pk, on_roll)
    gone, back = [], []
    for sheet in sheets:
        cell = sheet.organization_id
        if missing := rolls[cell] - lines[cell].keys():
            raise Refused(
                f"Phiếu của chi bộ {sheet.organization.code} còn {len(missing)} đảng viên chưa xếp loại "
                f"tính đến ngày {in_words(day)}."
            )
        gone += [pk for member, (pk, on) in lines[cell].items() if on and member not in rolls[cell]]
        back += [pk for member, (pk, on) in lines[cell].items() if not on and member in rolls[cell]]
    MemberRating.objects.filter(pk__in=gone).update(on_roll=False)
    MemberRating.objects.filter(pk__in=back).update(on_roll=True)


def decide(sheets, *, by, on, document, reason="", levels=None):
    """Decides the sheets as proposed, but for `levels`: {(cell id, member id): (rank, why it differs)}.

    A cell that is itself a grassroots organization decides straight from its draft. Over the cap only with `reason`.
    """
    if document is None:
        raise Refused("Quyết định xếp loại cần số, ngày và cơ quan ban hành.")
    levels = levels or {}
    with act("Quyết định xếp loại đảng viên", by=by, on=on, document=document, reason=reason):
        fresh = _locked_rows(list(sheets))
        day = min(on, Period.objects.get(pk=fresh[0].period_id).cutoff)
        kinds = {s.organization_id: s.kind for s in lineage.places(day).filter(organization__in=_cells(fresh))}
        own = [s for s in fresh if kinds.get(s.organization_id) == Kind.CBCS]
        others = [s for s in fresh if kinds.get(s.organization_id) != Kind.CBCS]
        if own:
            _check_step(own, (State.DRAFT, State.SUBMITTED, State.ENDORSED), on)
        if others:
            _check_step(others, (State.SUBMITTED, State.ENDORSED), on)
        lines = list(MemberRating.objects.filter(sheet__in=[s.pk for s in fresh], voided__isnull=True))
        _write_decisions(lines, levels, by)
        Sheet.objects.filter(pk__in=[s.pk for s in fresh]).update(
            state=State.DECIDED, decision=document, version=F("version") + 1
        )
        if not reason and (full := over_cap(fresh[0].period_id, _cells(fresh), day)):
            raise Refused(full)


def _write_decisions(lines, levels, by):
    changed = defaultdict(list)
    if unknown := levels.keys() - {(line.organization_id, line.member_id) for line in lines if line.proposed}:
        raise Refused(f"Có {len(unknown)} mức quyết định cho người không được đề nghị trong các phiếu này.")
    for line in lines:
        rank, why = levels.get((line.organization_id, line.member_id), (line.proposed, ""))
        if rank not in (None, 1, 2, 3, 4):
            raise Refused("Mức xếp loại phải là một trong bốn mức của lược đồ.")
        if rank != line.proposed and not why:
            raise Refused("Mức quyết định khác mức chi bộ đề nghị cần ghi lý do.")
        if (line.decided, line.note) != (rank, why):
            line.decided, line.note = rank, why
            changed[rank, why].append(line)
    for (rank, why), same in changed.items():
        MemberRating.objects.filter(pk__in=[line.pk for line in same]).update(decided=rank, note=why)
        MemberRating.history.bulk_history_create(same, update=True, default_user=by, batch_size=1000)


def _cells(sheets):
    return [s.organization_id for s in sheets]


def send_back(sheets, *, by, on, reason, document=None):
    """Returns sheets to their cells as drafts, with the reason."""
    if not reason:
        raise Refused("Trả lại phiếu cần nêu lý do để chi bộ biết phải sửa gì.")
    with act("Trả lại phiếu", by=by, on=on, document=document, reason=reason):
        fresh = _locked_rows(list(sheets))
        for sheet in fresh:
            if sheet.state == State.DRAFT:
                raise Refused(f"Phiếu của chi bộ {sheet.organization.code} đang là nháp.")
        lines = list(
            MemberRating.objects.filter(sheet__in=[s.pk for s in fresh], voided__isnull=True, decided__isnull=False)
        )
        for line in lines:
            line.decided = None
        MemberRating.objects.filter(pk__in=[line.pk for line in lines]).update(decided=None)
        MemberRating.history.bulk_history_create(lines, update=True, default_user=by, batch_size=1000)
        Sheet.objects.filter(pk__in=[s.pk for s in fresh]).update(
            state=State.DRAFT, returned_because=reason, version=F("version") + 1
        )


def lock(period, *, by, on, document=None, reason=""):
    """Closes the period to writing: every sheet accepted, every organization rated or with its reason."""
    with act(f"Khóa kỳ {period}", by=by, on=on, document=document, reason=reason, alone=True) as change:
        period = Period.objects.select_for_update(no_key=True, of=("self",)).get(pk=period.pk)
        if period.locked_id:
            raise Refused(f"{period} đã khóa.")
        if on <= period.cutoff:
            raise Refused(f"Chỉ khóa kỳ sau ngày chốt {in_words(period.cutoff)}.")
        _complete(period, change, period.cutoff)
        sheets = list(Sheet.objects.filter(period=period, voided__isnull=True).select_related("organization"))
        sheets.sort(key=lambda s: s.organization.code)
        waiting = Counter(State(s.state).label for s in sheets if s.state != State.ACCEPTED)
        if waiting:
            raise Refused(f"Còn phiếu chưa tiếp nhận: {', '.join(f'{n} {label}' for label, n in waiting.items())}.")
        reconcile(sheets, period.cutoff)
        open_rows = OrganizationRating.objects.filter(
            period=period, voided__isnull=True, level__isnull=True, reason__isnull=True
        )
        if n := open_rows.count():
            raise Refused(f"Còn {n} tổ chức chưa có mức xếp loại hoặc lý do, ví dụ {open_rows[0].organization.code}.")
        Sheet.objects.filter(pk__in=[s.pk for s in sheets]).update(state=State.LOCKED, version=F("version") + 1)
        Period.objects.filter(pk=period.pk).update(locked=change)
