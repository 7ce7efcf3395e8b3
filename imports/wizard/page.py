"""The pages of an import: choosing a file, and the way of one file from its columns to what was written."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, QueryDict

from imports.columns import headings
from imports.columns.cells import shown
from imports.columns.column import RowOutcome
from imports.columns.layout import Layout
from imports.kinds.kind import Job
from imports.kinds.registry import KINDS, kind_of
from imports.models import ImportRun, RunState
from imports.reading.book import Book
from imports.runs import store
from imports.runs.going_through import ChangedSince
from imports.runs.report import ORDER, summary
from imports.workbooks.examples import examples
from ledger.acts import Refused
from ledger.models import User
from ledger.web.forms import attempt

from .forms import HeaderForm, LayoutForm, UploadForm
from .open_kinds import require_imports, require_kind

SAMPLE_ROWS = 4
MOST_ASKED = 100  # questions on one page; the next come when these are answered
MOST_SHOWN = 100
LOOK_ELSEWHERE, LOOK, ANSWER, WRITE, DROP, COLUMNS = "doc-lai", "xem", "tra-loi", "ghi", "bo", "cot"
ASK_ANEW = "hoi-lai"
TAKE_BACK = "huy"


class ImportsPage:
    """Where a file is chosen; with the files that `user` brought before."""

    def __init__(self, user: User, data: Any = None, files: Any = None, kind: str = "") -> None:
        self.user, self.kinds = user, require_imports(user)
        choices = [(kind.code, kind.title) for kind in self.kinds]
        files = None if data is None else files  # a form that is given files takes itself for one that was sent
        self.form = UploadForm(data, files, kinds=choices, initial={"loai": kind})

    def take(self) -> ImportRun | None:
        """The run that was opened; None when the file was refused, which the form then says."""
        opened: list[ImportRun] = []
        attempt(self.form, lambda: opened.append(self._open()))
        return opened[0] if opened else None

    def _open(self) -> ImportRun:
        data = self.form.cleaned_data
        kind = kind_of(data["loai"])
        if sent := data["tep"]:
            most = store.limits().megabytes
            if sent.size > most * 2**20:
                raise Refused(f"Tệp nặng hơn {most} MB. Hãy tách thành nhiều tệp nhỏ hơn.")
            run = store.open_run(kind, sent.name, sent.chunks(), by=self.user)
        else:
            run = store.open_pasted_run(kind, data["dan"], by=self.user)
        if kind.is_ready_made:
            store.look_at_once(run)
        return run

    def context(self) -> dict[str, Any]:
        runs = ImportRun.objects.filter(by=self.user).order_by("-pk")[:30]
        titles = {kind.code: kind.title for kind in KINDS.values()}
        with_examples = {one.kind for one in examples()}
        return {
            "form": self.form,
            "kinds": [(kind, kind.code in with_examples) for kind in self.kinds],
            "runs": [(run, titles.get(run.kind, run.kind), summary(run)) for run in runs],
        }


@dataclass(frozen=True)
class ColumnChoice:
    """A column of the file as it is looked at: what it may be, how it is written, what its first cells say both ways."""

    field: Any
    encoding: Any
    heading: str
    cells: list[tuple[str, str]]

    @property
    def differs(self) -> bool:
        return any(raw != read for raw, read in self.cells)

    @property
    def sample(self) -> str:
        return " · ".join(read for _, read in self.cells if read) or "–"

    @property
    def raw(self) -> str:
        return " · ".join(raw for raw, _ in self.cells if raw)


@dataclass(frozen=True)
class OutcomeGroup:
    outcome: RowOutcome
    count: int
    rows: list[dict[str, Any]]

    @property
    def hidden(self) -> int:
        return self.count - len(self.rows)


class RunPage:
    """One file. `sent`: what was sent, None on opening; `asked`: the query string."""

    def __init__(self, user: User, pk: int, sent: QueryDict | None, asked: Any) -> None:
        run = ImportRun.objects.filter(pk=pk, by=user).first()
        if run is None:
            raise Http404("Không có tệp nhập này trong những tệp của đồng chí.")
        self.user, self.run, self.kind, self.sent = user, run, require_kind(user, run.kind), sent
        self.layout, self.error = Layout.stored(run.layout), ""
        self.step = sent.get("buoc", "") if sent is not None else ""
        self.reason = sent.get("ly_do", "") if sent is not None and self.step == TAKE_BACK else ""
        looks = run.state == RunState.READ or (run.state == RunState.JUDGED and asked.get("buoc") == COLUMNS)
        self.chooses = (looks and self.step not in (WRITE, ANSWER, ASK_ANEW)) or self.step in (LOOK, LOOK_ELSEWHERE)
        self.book: Book | None = None
        if self.chooses and run.state in (RunState.READ, RunState.JUDGED):
            self._lay_out()

    def _lay_out(self) -> None:
        try:
            self.book = store.book_of(self.run)
        except Refused as refused:
            self.error, self.chooses = " ".join(refused.messages), False
            return
        looking = self.sent if self.step == LOOK else None
        self.form = LayoutForm(looking, columns=self.kind.columns, layout=self.layout, sheets=self.book.labels)
        self.given = self.kind.form_class(looking, initial=self.run.given)

    def take(self) -> str:
        """Does what was sent; the sentence that says it is done, "" when something is to be looked at first."""
        try:
            return self._do()
        except Refused as refused:
            self.error = " ".join(refused.messages)
            self.run.refresh_from_db()
            self.chooses = isinstance(refused, ChangedSince) and self.chooses
            return ""

    def _do(self) -> str:
        if self.step == DROP:
            store.drop(self.run)
            return f"Đã bỏ tệp {self.run.name}; không có gì được ghi."
        if self.step == TAKE_BACK:
            store.take_back(self.run, by=self.user, reason=self.reason)
            return f"Đã hủy cả lần nhập {self.run.name}."
        if self.step in (LOOK, LOOK_ELSEWHERE) and self.book is None:
            raise Refused(self.error or store.GONE)
        if self.step == LOOK_ELSEWHERE:
            return self._look_elsewhere()
        if self.step == LOOK:
            return self._look()
        if self.step == ANSWER or (self.step == WRITE and self._says_more()):
            store.answer(self.run, self._answers())
            store.look(self.run, self.job())
            return "Đã xem lại với các câu trả lời. Chưa có gì được ghi."
        if self.step == ASK_ANEW:
            store.ask_anew(self.run)
            store.look(self.run, self.job())
            return "Đã bỏ các câu trả lời. Những dòng cần trả lời hiện lại bên dưới."
        if self.step == WRITE:
            done = store.write(self.run, self.job())
            return f"Đã ghi tệp {done.name}: {summary(done)}."
        return ""

    def _look_elsewhere(self) -> str:
        assert self.sent is not None and self.book is not None
        form = HeaderForm(self.sent, layout=self.layout, sheets=self.book.labels)
        if not form.is_valid():
            raise Refused([f"{form.fields[name].label}: {errors[0]}" for name, errors in form.errors.items()])
        data = form.cleaned_data
        where = {"sheet": data["trang"], "header": data["dong"], "header_rows": data["so_dong"]}
        store.look_elsewhere(self.run, **where, given=self._typed())
        return "Đã đọc lại tiêu đề."

    def _look(self) -> str:
        valid = self.form.is_valid()
        if not (self.given.is_valid() and valid):
            return ""
        if self.form.moves_header():
            return self._look_elsewhere()
        store.lay_out(self.run, self.form.wanted(), self._typed())
        store.look(self.run, self.job())
        return "Đã xem thử. Chưa có gì được ghi."

    def _typed(self) -> dict[str, str]:
        """What was typed for the whole file, as it was typed."""
        assert self.sent is not None
        return {name: self.sent.get(name, "") for name in self.given.fields}

    def _answers(self) -> dict[str, str]:
        assert self.sent is not None
        return {name[4:]: ",".join(said) for name, said in self.sent.lists() if name.startswith("hoi_")}

    def _says_more(self) -> bool:
        """Whether a row is answered otherwise than when it was looked at: then it is to be looked at again before it is written."""
        return any(said and self.run.answers.get(row) != said for row, said in self._answers().items())

    def job(self) -> Job:
        return store.job_of(self.run, self.kind, self.user)

    def context(self) -> dict[str, Any]:
        context: dict[str, Any] = {
            "run": self.run,
            "kind": self.kind,
            "error": self.error,
            "chooses": self.chooses and self.book is not None,
        }
        if context["chooses"]:
            return context | {
                "form": self.form,
                "given": self.given,
                "choices": self._choices(),
                "blanks": [self.form[f"trong_{column.name}"] for column in self.kind.columns],
                "encoding": getattr(self.book, "encoding", ""),
            }
        groups = list(self._groups())
        return context | {
            "groups": groups,
            "writes": sum(g.count for g in groups if g.outcome in (RowOutcome.CREATE, RowOutcome.CHANGE)),
            "refused": self.run.report.get("faults", 0),
            "asked": any(g.outcome == RowOutcome.ASK for g in groups),
            "answered": bool(self.run.answers) and self.run.state == RunState.JUDGED,
            "undone": self.run.change.undone if self.run.change else None,
            "reason": self.reason,
        }

    def _choices(self) -> list[ColumnChoice]:
        assert self.book is not None
        start = self.layout.header - 1 + self.layout.header_rows if self.layout.header else 0
        rows = [row for row in headings.top(self.book, self.layout.sheet, start + 40)[start:] if any(map(shown, row))]
        rows = rows[:SAMPLE_ROWS]
        return [
            ColumnChoice(
                self.form[f"cot_{n}"],
                self.form[f"phong_{n}"],
                heading or f"Cột {n + 1}",
                [(shown(cell), shown(self.layout.unicode(n, cell))) for row in rows for cell in [_cell(row, n)]],
            )
            for n, heading in enumerate(self.layout.headings)
        ]

    def _groups(self) -> Iterable[OutcomeGroup]:
        counts = self.run.report.get("counts", {})
        for outcome in ORDER:
            if counts.get(outcome):
                rows = [_with_what_it_says(row) for row in self.run.report["rows"] if row["outcome"] == outcome]
                yield OutcomeGroup(
                    outcome, counts[outcome], rows[: MOST_ASKED if outcome == RowOutcome.ASK else MOST_SHOWN]
                )


def _with_what_it_says(row: dict[str, Any]) -> dict[str, Any]:
    """A row as the page shows it where nothing else tells whom it is about."""
    return row | {"said": " · ".join(filter(None, row.get("texts", {}).values()))}


def _cell(row: tuple[Any, ...], n: int) -> Any:
    return row[n] if n < len(row) else None
