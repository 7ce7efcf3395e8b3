"""The tree in one file, its rows in any order: who is founded, and who is called or stands otherwise than written."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from imports.columns import cells
from imports.columns.cells import CellFault
from imports.columns.column import Difference, FileRow, ImportColumn, RowOutcome, loose_key
from imports.columns.places import NamedPlaces
from imports.verbs import ImportVerb
from ledger.models import Change
from ledger.numbers import day_in_words
from organizations.access import Keep
from organizations.forest import code_faults, next_code, parent_fault
from organizations.models import Kind as OrganizationKind
from organizations.models import Organization
from organizations.reorganize import Founding, reshape

from .kind import ImportKind, Job, Rights, why_not

KINDS = {kind.label: kind for kind in OrganizationKind} | {kind.value: kind for kind in OrganizationKind}
KINDS |= {"Đảng bộ cơ quan": OrganizationKind.DBCS, "Chi bộ": OrganizationKind.CBTT}
MOST_LEVELS = 20  # on the way up from a row
CIRCLE = "Cấp trên của dòng này, theo tệp, lại nằm dưới chính nó. Hãy xem lại cột cấp trên của các dòng ấy."
WHAT_KINDS = "Chỉ hiểu: " + ", ".join(kind.label for kind in OrganizationKind) + "."


@dataclass
class OrganizationPlan:
    """A row, understood. `code`: the one it bears or will bear; `parent`: code of the one above, None while it is unknown."""

    line: FileRow
    code: str
    kind: OrganizationKind | None
    parent: str | None
    since: date
    position: int


class OrganizationsImport(ImportKind):
    code, title = "to-chuc", "Tổ chức đảng"
    help = "Cả cây trong một tệp, thứ tự dòng nào cũng được. Mã để trống thì hệ thống đặt mã kế tiếp."
    verb, keep, chunk = ImportVerb.ORGANIZATIONS, Keep.TREE, None
    columns = (
        ImportColumn(
            name="ma",
            label="Mã tổ chức",
            read=cells.code,
            headings=("Mã", "Mã số", "Ký hiệu", "Mã chi bộ", "Mã đơn vị"),
            example="DB05-03",
            note="Để trống thì hệ thống đặt mã kế tiếp.",
        ),
        ImportColumn(
            name="ten",
            label="Tên tổ chức",
            read=cells.at_most(200),
            headings=("Tên", "Tên tổ chức đảng", "Tổ chức đảng", "Tên chi bộ", "Tên đơn vị", "Tên chi, đảng bộ"),
            needed=True,
            example="Chi bộ Văn phòng",
        ),
        ImportColumn(
            name="loai",
            label="Loại hình",
            read=cells.one_of(KINDS, spoken=WHAT_KINDS),
            headings=("Loại", "Loại tổ chức", "Loại hình tổ chức"),
            example="Chi bộ trực thuộc",
            options=lambda: [kind.label for kind in OrganizationKind],
        ),
        ImportColumn(
            name="cap_tren",
            label="Trực thuộc",
            read=cells.text,
            headings=("Cấp trên", "Cấp trên trực tiếp", "Đảng bộ", "Thuộc", "Trực thuộc đảng bộ", "Đảng bộ cơ sở"),
            example="DB05",
            note="Mã, hoặc tên, của tổ chức cấp trên; có thể nằm ở dòng khác của tệp.",
        ),
        ImportColumn(
            name="tu_ngay_lap",
            label="Ngày thành lập",
            read=cells.day,
            headings=("Có từ ngày", "Thành lập", "Ngày lập", "Từ ngày"),
            example="01/01/2012",
            note="Để trống thì lấy ngày của tệp.",
        ),
        ImportColumn(
            name="thu_tu", label="Thứ tự", read=cells.whole, headings=("Số thứ tự", "STT", "TT", "Xếp thứ"), example="3"
        ),
    )

    def __init__(self, job: Job) -> None:
        super().__init__(job)
        self.places, self.rights = NamedPlaces(job.user, job.on), Rights(job.user)
        self.taken = set(Organization.objects.standing().values_list("code", flat=True))
        self.climbed: list[int] = []  # numbers of the rows through which a way up is sought

    def judge(self, lines: Sequence[FileRow]) -> None:
        plans = [self._plan(line) for line in lines]
        self._give_codes(plans)
        self.used = frozenset(self.taken)
        self.taken |= {plan.code for plan in plans}
        self._find_parents(plans)
        self._give_new_codes(plans)
        by_code: dict[str, OrganizationPlan] = {}
        for plan in plans:
            first = by_code.setdefault(plan.code, plan) if plan.code else plan
            if first is not plan:
                plan.line.refuse(f"Mã {plan.code} đã ghi ở dòng {first.line.number}. Hãy cho mỗi tổ chức một mã.")
        self.rights.at(self._touched(plans))
        for plan in plans:
            self._judge(plan, by_code)
        self._refuse_below_refused(by_code)

    def _touched(self, plans: Iterable[OrganizationPlan]) -> Iterable[Organization]:
        """Those that stand which rows are about, or hang under."""
        codes = {code for plan in plans for code in (plan.code, plan.parent) if code in self.places.by_code}
        return [self.places.by_code[code].organization for code in codes]

    def _plan(self, line: FileRow) -> OrganizationPlan:
        since = line.get("tu_ngay_lap") or self.job.on
        return OrganizationPlan(line, line.get("ma") or "", line.get("loai"), None, since, line.get("thu_tu") or 0)

    def _give_codes(self, plans: Iterable[OrganizationPlan]) -> None:
        """Who bears no code in the file and stands already is found by name; what the parent is follows later."""
        for plan in plans:
            if plan.code:
                plan.code = plan.code.upper()
                continue
            try:
                spell = self.places.find(plan.line.get("ten") or "", plan.line.get("cap_tren") or "")
            except CellFault:
                continue
            plan.code = spell.organization.code

    def _find_parents(self, plans: Sequence[OrganizationPlan]) -> None:
        """The one above each: named by code or name, in the file or among those that stand; the only bloc unless told."""
        named = defaultdict(list)
        for plan in plans:
            for word in (plan.code, plan.line.get("ten")):
                if word:
                    named[loose_key(word)].append(plan)
        for plan in plans:
            plan.parent = self._parent(plan, named)

    def _parent(self, plan: OrganizationPlan, named: Mapping[str, Sequence[OrganizationPlan]]) -> str | None:
        said = plan.line.get("cap_tren")
        if not said:
            return self._usual_parent(plan)
        in_file = [other for other in named.get(loose_key(said), ()) if other is not plan]
        if len(in_file) > 1:
            plan.line.refuse(f"Tệp có {len(in_file)} tổ chức tên “{said}”. Hãy ghi mã.", self.column("cap_tren"))
            return None
        if in_file:
            if not in_file[0].code:
                in_file[0].code = self._next(in_file[0], named)
            return in_file[0].code
        try:
            return self.places.find(said).organization.code
        except CellFault as fault:
            plan.line.refuse(str(fault), self.column("cap_tren"))
            return None

    def _usual_parent(self, plan: OrganizationPlan) -> str | None:
        if plan.code in self.places.by_code:
            above = self.places.by_code[plan.code].parent
            return above.code if above else None
        blocs = [code for code, spell in self.places.by_code.items() if spell.kind == OrganizationKind.KHOI]
        if plan.kind in (OrganizationKind.DBCS, OrganizationKind.CBCS) and len(blocs) == 1:
            return blocs[0]
        return None

    def _next(self, plan: OrganizationPlan, named: Mapping[str, Sequence[OrganizationPlan]]) -> str:
        """The code of a row that others hang under and that has none; "" where no way leads up from it."""
        number = plan.line.number
        if number in self.climbed or len(self.climbed) == MOST_LEVELS:
            plan.line.refuse(CIRCLE, self.column("cap_tren"))
            return ""
        self.climbed.append(number)
        parent = self._parent(plan, named)
        self.climbed.pop()
        return self._new_code(plan, parent)

    def _new_code(self, plan: OrganizationPlan, parent: str | None) -> str:
        if plan.kind is None or (plan.kind == OrganizationKind.CBTT and not parent):
            return ""
        code = next_code(plan.kind, parent, self.taken)
        self.taken.add(code)
        return code

    def _give_new_codes(self, plans: Sequence[OrganizationPlan]) -> None:
        for plan in plans:
            plan.code = plan.code or self._new_code(plan, plan.parent)

    def _judge(self, plan: OrganizationPlan, by_code: Mapping[str, OrganizationPlan]) -> None:
        if not plan.line.is_open:
            return
        if plan.code in self.places.by_code:
            self._judge_known(plan, by_code)
        else:
            self._judge_new(plan, by_code)

    def _judge_new(self, plan: OrganizationPlan, by_code: Mapping[str, OrganizationPlan]) -> None:
        line = plan.line
        if plan.kind is None:
            line.refuse("Tổ chức mới cần có loại hình. " + WHAT_KINDS, self.column("loai"))
            return
        if plan.kind in (OrganizationKind.KHOI, OrganizationKind.TINH):
            line.refuse(f"{plan.kind.label} được thành lập ở trang riêng, không nhập từ tệp.", self.column("loai"))
            return
        if not plan.parent:
            line.refuse("Tổ chức mới cần có cấp trên. Hãy ghi mã hoặc tên cấp trên.", self.column("cap_tren"))
            return
        for sentence in code_faults(plan.code):
            line.refuse(sentence, self.column("ma"))
        if plan.code in self.used:
            line.refuse(f"Mã {plan.code} đã dùng cho một tổ chức khác. Hãy chọn mã khác.", self.column("ma"))
        self._judge_parent(plan, by_code)
        if not line.is_open:
            return
        line.outcome, line.aim = RowOutcome.CREATE, plan
        line.told = f"Thành lập {line.get('ten')}, mã {plan.code}, từ {day_in_words(plan.since)}"

    def _judge_parent(self, plan: OrganizationPlan, by_code: Mapping[str, OrganizationPlan]) -> None:
        line, above = plan.line, by_code.get(plan.parent or "")
        spell = self.places.by_code.get(plan.parent or "")
        kind = above.kind if above and above.kind else spell.kind if spell else "absent"
        if fault := parent_fault(line.get("ten"), plan.kind or kind, kind):
            line.refuse(fault, self.column("cap_tren"))
        if above and not spell and above.since > plan.since:
            line.refuse(
                f"Cấp trên (dòng {above.line.number}) thành lập ngày {day_in_words(above.since)}, sau ngày của dòng này.",
                self.column("tu_ngay_lap"),
            )
        if (root := self._standing_above(plan, by_code)) and not self.rights.may(Keep.TREE, root):
            line.refuse(why_not(Keep.TREE, root.code))

    def _standing_above(self, plan: OrganizationPlan, by_code: Mapping[str, OrganizationPlan]) -> Organization | None:
        seen: set[str] = set()
        code = plan.parent
        while code and code not in self.places.by_code and code in by_code and code not in seen:
            seen.add(code)
            code = by_code[code].parent
        spell = self.places.by_code.get(code or "")
        return spell.organization if spell else None

    def _judge_known(self, plan: OrganizationPlan, by_code: Mapping[str, OrganizationPlan]) -> None:
        line, spell = plan.line, self.places.by_code[plan.code]
        parent = spell.parent.code if spell.parent else None
        wanted: dict[str, tuple[str, Any, Any]] = {"name": ("Tên", spell.name, line.get("ten"))}
        if plan.kind and plan.kind != spell.kind:
            line.refuse(
                f"{spell.name} là {OrganizationKind(spell.kind).label}. Chuyển loại hình ghi ở trang Sắp xếp tổ chức.",
                self.column("loai"),
            )
        if line.get("cap_tren") and plan.parent:
            wanted["parent"] = ("Trực thuộc", parent, plan.parent)
        if line.get("thu_tu") is not None:
            wanted["position"] = ("Thứ tự", spell.position, plan.position)
        differing = {name: words for name, words in wanted.items() if words[1] != words[2]}
        if not self.rights.may(Keep.TREE, spell.organization) and differing:
            line.refuse(why_not(Keep.TREE, spell.name))
        if not line.is_open:
            return
        line.changes = [Difference(label, f"{old or ''}", f"{new}") for label, old, new in differing.values()]
        line.outcome = RowOutcome.CHANGE if differing else RowOutcome.SAME
        line.told = f"Sửa {spell.name} từ {day_in_words(self.job.on)}" if differing else spell.name
        plan.since = self.job.on
        line.aim = plan, {name: new for name, (_, _, new) in differing.items()}

    @staticmethod
    def _refuse_below_refused(by_code: Mapping[str, OrganizationPlan]) -> None:
        """What hangs under a row that is refused is refused with it, however deep."""
        while stranded := [
            plan
            for plan in by_code.values()
            if plan.line.outcome == RowOutcome.CREATE
            and (above := by_code.get(plan.parent or ""))
            and above.line.outcome == RowOutcome.REFUSE
        ]:
            for plan in stranded:
                number = by_code[plan.parent or ""].line.number
                plan.line.refuse(f"Cấp trên ở dòng {number} không ghi được. Sửa dòng đó rồi nhập lại cả hai.")

    def write(self, lines: Sequence[FileRow], change: Change) -> None:
        founded: dict[date, list[Founding]] = defaultdict(list)
        changed: dict[str, dict[str, Any]] = {}
        for line in lines:
            if line.outcome == RowOutcome.CREATE:
                plan = line.aim
                founded[plan.since].append(
                    Founding(
                        code=plan.code,
                        name=line.get("ten"),
                        kind=plan.kind,
                        parent=plan.parent,
                        position=plan.position,
                    )
                )
            else:
                plan, differences = line.aim
                changed[plan.code] = differences
        for day in sorted(founded):
            reshape(change, day, founded=founded[day])
        if changed:
            reshape(change, self.job.on, changed=changed)
