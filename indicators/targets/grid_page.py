"""The page on which the targets of all organizations of a bloc are set, as a table."""

from dataclasses import dataclass
from decimal import Decimal

from django.http import Http404

from indicators import wording
from indicators.board import standing_targets
from indicators.models import Indicator
from indicators.results import Verdict
from ledger.acts import Refused
from ledger.numbers import read_number
from ledger.text import as_id
from ledger.web.forms import attempt
from organizations import access
from organizations.access import Keep

from . import pasting
from .forms import TargetCell, TargetsForm
from .grid import SUMS, summed, target_grid
from .targets import fault_of
from .typed import plain

READ, FILL = "doc", "dien"  # what the form may ask for beside being written
MOST_CELLS = (
    8000  # beyond so many the table is only read, and the page says so: each sends two fields of the 20.000 of a form
)


@dataclass(frozen=True)
class ShownCell:
    """A cell as the table shows it. `text`: what is typed in it; `inherited`: what holds where it is empty; `last`: of the year
    before, (target, result).
    """

    cell: TargetCell
    text: str
    opened: str
    errors: list[str]
    is_renewed: bool
    inherited: str
    last: tuple[str, str] | None


class TargetsGridPage:
    """`page`: the Frame of a bloc. `sent`: what was typed, with `viec`: doc reads what was pasted, dien fills it in."""

    def __init__(self, user, page, sent=None):
        if not page.is_bloc:
            raise Http404(
                "Bảng này giao chỉ tiêu cho mọi tổ chức của một đảng bộ Khối. Hãy mở từ trang của đảng bộ đó."
            )
        self.user, self.page, self.sent = user, page, sent
        self.grid = target_grid(page.organization, page.year)
        self.cells = {
            (indicator.pk, place.organization_id): self._cell(place, indicator)
            for place in self.grid.places
            for indicator in self.grid.indicators
        }
        self.form, self.table, self.filled = None, None, {}
        self.problems, self.note = [], ""

    def _cell(self, place, indicator):
        return TargetCell(
            indicator=indicator,
            organization=place.organization,
            standing=self.grid.targets.get((indicator.pk, place.organization_id)),
            key=f"{indicator.pk}_{place.organization_id}",
            label=f"{place.name}, {indicator.name}",
        )

    # What was sent

    @property
    def only_asked(self):
        """Whether what was sent wrote nothing because it only asked for what was pasted, and was answered."""
        return self.form is None and not self.problems

    def take(self):
        """Does what was sent; the sentence that says it is done, or ""."""
        access.require_keep(self.user, Keep.TARGETS, self.page.organization, self.page.day)
        if self.sent.get("viec") in (READ, FILL):
            self._read()
            return ""
        self.form = TargetsForm(self.sent, cells=list(self.cells.values()))
        if not attempt(self.form, lambda: self.form.set_them(self.user)):
            return ""
        changed = {cell.organization for cell in self.form.changed()}
        return " ".join([f"Đã ghi chỉ tiêu giao cho {len(changed)} tổ chức.", *self._since_opened()])

    def _since_opened(self):
        """Sentences about what others did while the table was open."""
        if renewed := len(self.form.renewed):
            yield f"{renewed} ô người khác vừa đặt, đồng chí không gõ vào, giữ như người đó đặt."
        if gone := len(self._typed_for_none()):
            yield f"{gone} ô đã gõ là của tổ chức hoặc chỉ tiêu không còn trên bảng, nên không ghi."

    def _typed_for_none(self):
        """Names of cells typed over whose organization or indicator has gone since."""
        known = {cell.name for cell in self.cells.values()}
        typed = {name for name in self.sent if name.startswith("chi_tieu_")} - known
        return {name for name in typed if self.sent[name] != self.sent.get(name.replace("chi_tieu", "cu", 1), "")}

    def warnings(self):
        """Sentences about counts whose parts do not make the bloc's own target, as they stand now."""
        counts = [i for i in self.grid.indicators if i.kind == Indicator.Kind.COUNT]
        nodes = [place.organization_id for place in self.grid.places]
        targets = standing_targets(counts, nodes)
        for indicator in counts:
            values = (targets.get((indicator.pk, node)) for node in nodes)
            tone, words = summed(values, self.grid.given(indicator))
            if tone in ("short", "over"):
                yield f"{indicator.name}: {words}."

    def _read(self):
        try:
            self.table = pasting.read(self.sent.get("dan", ""), self.grid.places, self.grid.indicators)
        except Refused as refused:
            self.problems = refused.messages
            return
        if not self.table.rows:
            self.table = None
            self.problems = ["Không đọc được dòng nào. Mỗi dòng một tổ chức: mã hoặc tên, rồi mức ở cột bên cạnh."]
        elif self.sent["viec"] == FILL:
            self._fill()
        elif self.table.lines > pasting.MOST_LINES:
            self.problems = [f"Đã dán {self.table.lines} dòng, chỉ đọc {pasting.MOST_LINES} dòng đầu."]

    def _fill(self):
        self._pick()
        picked = [column.picked for column in self.table.columns if column.picked]
        if any(column.picked is None for column in self.table.columns):
            self.problems = ["Hãy chọn từng cột số là mức của chỉ tiêu nào, hoặc bỏ qua cột đó."]
        elif len(picked) > len(set(picked)):
            self.problems = ["Hai cột được chọn cho cùng một chỉ tiêu. Hãy bỏ qua một cột."]
        elif not picked:
            self.problems = ["Mọi cột số đều bỏ qua, nên không có gì để điền."]
        else:
            self._fill_cells()

    def _pick(self):
        known = {indicator.pk for indicator in self.grid.indicators} | {0}
        for column in self.table.columns:
            chosen = as_id(self.sent.get(f"cot_{column.place}", ""))
            column.picked = chosen if chosen in known else None
        for row in self.table.rows:
            row.picked, row.skipped = as_id(self.sent.get(f"to_chuc_{row.number}", "")), f"bo_{row.number}" in self.sent

    def _fill_cells(self):
        taken, waiting = {}, 0
        for row in self.table.rows:
            place = next((one for one in row.candidates if one.pk == row.picked), None)
            if not row.is_open:
                continue
            if place is None:
                waiting += 1
            elif place.pk in taken:
                row.problem = f"Trùng với dòng {taken[place.pk]}, không điền dòng này."
            else:
                taken[place.pk] = row.number
                self._fill_row(row, place)
        self.note = f"Đã điền {len(self.filled)} ô từ bảng dán, chưa ghi. Hãy xem lại bảng, rồi ghi cùng văn bản."
        if waiting:
            self.problems = [f"Còn {waiting} dòng chưa chọn tổ chức: hãy chọn, hoặc đánh dấu bỏ qua."]
        elif not any(row.problem and not row.skipped for row in self.table.rows):
            self.table = None

    def _fill_row(self, row, place):
        for column in self.table.columns:
            if column.picked and column.place in row.values:
                self.filled[self.cells[column.picked, place.organization_id].name] = row.values[column.place]

    # What is shown

    @property
    def is_too_large(self):
        return len(self.cells) > MOST_CELLS

    def context(self):
        may = self.page.may(Keep.TARGETS) and not self.is_too_large
        typed = self.sent.dict() if self.sent and may else {}
        form = self.form or TargetsForm(None, cells=list(self.cells.values()), initial=typed | self.filled)
        rows = [self._row(place, form) for place in self.grid.places]
        return self.page.context() | {
            "grid": self.grid,
            "form": form,
            "may": may,
            "is_too_large": self.page.may(Keep.TARGETS) and self.is_too_large,
            "rows": rows,
            "last_year": self.page.year - 1,
            "columns": [self._column(n, indicator, rows) for n, indicator in enumerate(self.grid.indicators)],
            "last_is_moving": any(line.verdict is Verdict.PROVISIONAL for line in self.grid.last.values()),
            "table": self.table,
            "pasted": "" if self.filled and not self.table else typed.get("dan", ""),
            "problems": self.problems,
            "note": self.note or " ".join(self._since_opened() if self.form else ()),
            "paper": [form[name] for name in form.PAPER],
        }

    def _row(self, place, form):
        return place, [self._shown(self.cells[i.pk, place.organization_id], form) for i in self.grid.indicators]

    def _shown(self, cell, form):
        return ShownCell(
            cell=cell,
            text=form[cell.name].value() or "",
            opened=form[cell.opened_name].value() or "",
            errors=form.errors.get(cell.name, []),
            is_renewed=cell.name in form.renewed,
            inherited=self._inherited(cell.indicator),
            last=self._last(cell),
        )

    def _inherited(self, indicator):
        """What holds for an organization that has no target of its own, as it is typed; "" where nothing does."""
        return plain(self.grid.given(indicator)) if indicator.below == Indicator.Below.INHERIT else ""

    def _last(self, cell):
        line = self.grid.last.get((cell.indicator.code, cell.organization.pk))
        if line is None or line.indicator.kind != cell.indicator.kind:
            return None
        return wording.target(line) or "–", wording.value(line)

    def _column(self, number, indicator, rows):
        given = self.grid.given(indicator)
        column = {"indicator": indicator, "given": plain(given), "inherits": self._inherited(indicator)}
        if indicator.kind == Indicator.Kind.COUNT:
            tone, words = summed((_whole(indicator, cells[number].text) for _, cells in rows), given)
            column["sum"] = {"tone": tone, "words": words, "all": SUMS}
        return column


def _whole(indicator, text) -> Decimal | None:
    """The target that `text` types, None where it types none."""
    try:
        value = read_number(text)
    except ValueError:
        return None
    return None if value is None or fault_of(indicator, value) else value
