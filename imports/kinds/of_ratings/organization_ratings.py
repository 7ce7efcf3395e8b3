"""What was decided of organizations in a period: level or reason, exemplary or not, and the result of the political task."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from imports.columns import cells
from imports.columns.cells import CellFault
from imports.columns.column import Difference, FileRow, ImportColumn, RowOutcome, loose_key
from imports.kinds.kind import Job, twice
from imports.kinds.paper_columns import PAPER, by_paper, paper_of_row, recorded
from imports.kinds.person_columns import CELL
from imports.verbs import ImportVerb
from ledger.acts import Refused
from ledger.documents import key_of
from ledger.models import Change
from ledger.numbers import group
from ratings.judging.rules import NeedsReason, RuleBook
from ratings.models import OrganizationRating
from ratings.verdicts import verdicts
from ratings.verdicts.verdicts import OrganizationVerdict

from .rating_columns import LEVEL, REASON, organization_levels, organization_reasons
from .rating_period import DecidedImport, Spoken

Task = OrganizationRating.Task
TASKS: dict[str, object] = {word: task for task in Task for word in (task.label, task.value)}
TASKS |= {"vượt mức": Task.EXCEEDED, "hoàn thành nhiệm vụ": Task.COMPLETED, "không": Task.FAILED, "có": Task.COMPLETED}
EXEMPLARY = "tieu bieu"
NO_TASK = "chưa có kết quả"


@dataclass(frozen=True)
class BroughtVerdict:
    """What a row brings of an organization; None for what it does not."""

    verdict: OrganizationVerdict | None
    task: Task | None
    stands: OrganizationRating


class OrganizationRatingsImport(DecidedImport):
    code, title = "xep-loai-to-chuc", "Xếp loại tổ chức của một kỳ"
    help = (
        "Kết quả đã quyết định của đảng bộ, chi bộ cơ sở, đảng bộ bộ phận và chi bộ trực thuộc trong một kỳ đang mở; kèm "
        "tiêu biểu và kết quả nhiệm vụ chính trị nếu có."
    )
    verb = ImportVerb.ORGANIZATION_RATINGS
    columns = (
        ImportColumn(
            name="to_chuc",
            label="Tổ chức",
            read=cells.text,
            headings=(
                "Mã tổ chức",
                "Tên tổ chức",
                "Tổ chức đảng",
                "Mã",
                "Tên đơn vị",
                "Đơn vị",
                "Chi bộ",
                "Tên chi bộ",
                "Tên chi, đảng bộ",
            ),
            needed=True,
            example="DB05",
            note="Mã, hoặc tên.",
        ),
        replace(CELL[1], label="Cấp trên"),
        replace(
            LEVEL,
            headings=(*LEVEL.headings, "Xếp loại tổ chức", "Phân loại tổ chức"),
            note="Tên mức, TSVM, HTXSNV, HTTNV, HTNV, KHTNV, hoặc 1 đến 4.",
            options=organization_levels,
        ),
        ImportColumn(
            name="tieu_bieu",
            label="Tiêu biểu",
            read=cells.yes,
            headings=("Trong sạch vững mạnh tiêu biểu", "TSVM tiêu biểu"),
            example="x",
            note="Chỉ trong số ở mức cao nhất.",
        ),
        replace(REASON, options=organization_reasons),
        ImportColumn(
            name="ly_do_khac",
            label="Lý do khác mức tự đề nghị",
            read=cells.at_most(300),
            headings=("Lý do khác",),
            note="Khi mức quyết định khác mức tổ chức đã tự đề nghị.",
        ),
        ImportColumn(
            name="nhiem_vu",
            label="Nhiệm vụ chính trị",
            read=cells.one_of(TASKS, spoken=f"Chỉ hiểu: {', '.join(Task.labels)}."),
            headings=("Kết quả nhiệm vụ chính trị", "NVCT", "Kết quả lãnh đạo nhiệm vụ chính trị", "Kết quả NVCT"),
            note="Chỉ của tổ chức cơ sở đảng.",
            options=lambda: Task.labels,
        ),
        *PAPER,
    )

    def __init__(self, job: Job) -> None:
        super().__init__(job)
        self.spoken = Spoken(RuleBook(self.period.scheme), of_organizations=True)
        rows = OrganizationRating.objects.standing().filter(period=self.period)
        self.ratings = {row.organization_id: row for row in rows.select_related("organization", "reason")}
        self.told: set[int] = set()

    def judge(self, lines: Sequence[FileRow]) -> None:
        if self.is_refused(lines):
            return
        for line in lines:
            if line.is_open:
                line.values["rating"] = self._rating(line)
        repeated = twice([line for line in lines if line.get("rating")], ("rating",))
        for line in lines:
            if line.number in repeated:
                line.refuse(
                    f"Tổ chức này đã ghi ở dòng {repeated[line.number]}. Hãy giữ một dòng.", self.column("to_chuc")
                )
            elif line.is_open:
                self._judge(line, line.get("rating"))

    def _rating(self, line: FileRow) -> OrganizationRating | None:
        try:
            place = self.places.find(line.get("to_chuc"), line.get("dang_bo") or "")
        except CellFault as fault:
            line.refuse(str(fault), self.column("to_chuc"))
            return None
        rating = self.ratings.get(place.organization_id)
        if rating is None:
            line.refuse(f"{place.name} không thuộc diện xếp loại trong {self.period.inline}.", self.column("to_chuc"))
        return rating

    def _judge(self, line: FileRow, stands: OrganizationRating) -> None:
        label = self.places.labels[stands.organization_id]
        line.told = label
        verdict, task = self._verdict(line, stands), line.get("nhiem_vu")
        if line.is_open and verdict is None and task is None:
            line.refuse(
                "Dòng này không có mức, lý do không xếp loại hay kết quả nhiệm vụ chính trị.", self.column("muc")
            )
        if task is not None and stands.tier != OrganizationRating.Tier.GRASSROOTS:
            line.refuse("Kết quả nhiệm vụ chính trị ghi cho tổ chức cơ sở đảng.", self.column("nhiem_vu"))
        if not line.is_open:
            return
        self.told.add(stands.organization_id)
        is_new = verdict is not None and not self._is_rated(stands)
        if verdict is not None and not is_new:
            verdict = None  # it says the same
        task = task if task != stands.task else None
        if verdict:
            said = OrganizationRating(level=verdict.level, reason=verdict.reason, exemplary=verdict.exemplary)
            line.told = f"{label}: {self.words.organization(said)}{by_paper(verdict.decision)}"
        if task:
            before = Task(stands.task).label if stands.task else NO_TASK
            line.changes = [Difference("Nhiệm vụ chính trị", before, Task(task).label)]
        line.outcome = RowOutcome.SAME
        if verdict or task:
            line.outcome = RowOutcome.CREATE if is_new or not stands.task else RowOutcome.CHANGE
        line.aim = BroughtVerdict(verdict, task, stands)

    def _verdict(self, line: FileRow, stands: OrganizationRating) -> OrganizationVerdict | None:
        """What the row decides; None, where it decides nothing, or is refused."""
        said, exemplary = line.get("muc") or "", line.get("tieu_bieu")
        if loose_key(said).endswith(f" {EXEMPLARY}"):
            line.values["muc"], exemplary = loose_key(said).removesuffix(EXEMPLARY), True
        level, reason = self.spoken.meanings_of(line, (self.column("muc"), self.column("ly_do_khong")))
        if not line.is_open or (level is None and reason is None):
            return None
        verdict = OrganizationVerdict(
            organization=stands.organization,
            level=level,
            reason=reason,
            exemplary=bool(exemplary),
            difference=line.get("ly_do_khac") or "",
            decision=paper_of_row(line, PAPER, self.job),
        )
        if not line.is_open:
            return None
        if self._is_rated(stands):
            same = (stands.level, stands.reason) == (level, reason) and exemplary in (None, stands.exemplary)
            if not same:
                line.refuse(
                    f"Đã quyết định {self.words.organization(stands)}. Muốn khác thì sửa ở trang xếp loại tổ chức.",
                    self.column("muc"),
                )
            return verdict
        try:
            verdicts.check_verdict(verdict, stands, verdict.difference, self.period)
        except Refused as why:
            for sentence in why.messages:
                line.refuse(sentence, self.column("muc"))
        return verdict

    @staticmethod
    def _is_rated(stands: OrganizationRating) -> bool:
        return stands.level is not None or stands.reason_id is not None

    def write(self, lines: Sequence[FileRow], change: Change) -> None:
        verdicts_brought = [line.aim.verdict for line in lines if line.aim.verdict]
        papers = recorded(verdict.decision for verdict in verdicts_brought)
        decided = [
            replace(verdict, decision=papers[key_of(verdict.decision)]) if verdict.decision else verdict
            for verdict in verdicts_brought
        ]
        tasks = {line.aim.stands.organization: line.aim.task for line in lines if line.aim.task}
        if decided:
            verdicts.rate_within(self.period, decided, change, answered=bool(self.job.given.get("ly_do")))
        if tasks:
            verdicts.record_within(self.period, tasks, change)

    def refused(self, line: FileRow, why: Refused) -> None:
        if isinstance(why, NeedsReason):
            hint = "Hãy ghi lý do vào ô Lý do, ghi chú của cả tệp rồi xem lại."
            why = Refused([f"{sentence} {hint}" for sentence in why.messages])
        super().refused(line, why)

    def remarks(self) -> Iterable[str]:
        left = [
            row.organization.code for pk, row in self.ratings.items() if pk not in self.told and not self._is_rated(row)
        ]
        if left:
            yield f"{group(len(left))} tổ chức chưa có mức và không có dòng nào ghi được trong tệp: {', '.join(sorted(left))}."
