"""Letters of denunciation: a row is one letter, from its receipt to its resolution. Told to those alone who keep them."""

from collections.abc import Sequence
from copy import copy
from datetime import date

from imports.columns import cells
from imports.columns.cells import CellFault
from imports.columns.column import FileRow, ImportColumn, RowOutcome, RowQuestion, loose_key
from imports.columns.places import PlacesInTime
from imports.verbs import ImportVerb
from inspections import undoing
from inspections.letters import letters as verbs
from inspections.letters.rules import ReceivedLetter, check_not_passed, faults_of, forwarding_faults
from inspections.models import Letter, Result
from ledger import clock
from ledger.acts import Refused
from ledger.models import Change, User
from ledger.numbers import day_in_words
from organizations import access, lineage
from organizations.access import Keep

from .asking import ask_about_newer
from .kind import ImportKind, Job, why_not
from .letter_rows import DAYS, KnownLetters, LetterChange, LetterRow, NewLetterRow, Sent, differences
from .members import LATER
from .who_is_who import NEW, SKIP


class LettersImport(ImportKind):
    code, title = "don-thu", "Đơn thư tố cáo"
    help = (
        "Mỗi dòng một đơn. Đơn đã có trong sổ (cùng số, tổ chức và ngày nhận) được ghi tiếp: thụ lý, hạn, giải quyết xong, "
        "kết quả, chuyển đi. Không ghi tên người tố cáo, người bị tố cáo."
    )
    verb, keep, chunk, confidential = ImportVerb.LETTERS, Keep.LETTERS, None, True
    columns = (
        ImportColumn(
            name="so_don",
            label="Số đơn",
            read=cells.code_at_most(40),
            headings=("Số", "Đơn số", "Số, ký hiệu đơn", "Số đơn thư", "Ký hiệu"),
            needed=True,
            example="01/ĐT-2018",
        ),
        ImportColumn(
            name="to_chuc",
            label="Tổ chức có đảng viên bị tố cáo",
            read=cells.text,
            headings=("Tổ chức", "Tổ chức đảng", "Về tổ chức", "Đơn vị", "Tổ chức bị tố cáo", "Nơi sinh hoạt"),
            needed=True,
            example="DB05",
            note="Mã, hoặc tên.",
        ),
        ImportColumn(
            name="dang_bo",
            label="Đảng bộ của tổ chức",
            read=cells.text,
            headings=("Đảng bộ", "Đảng bộ cơ sở", "TCCSĐ", "Trực thuộc"),
            note="Chỉ cần khi nhiều tổ chức cùng tên.",
        ),
        ImportColumn(
            name="nhan_ngay",
            label="Nhận ngày",
            read=cells.day,
            headings=("Ngày nhận", "Ngày nhận đơn", "Ngày tiếp nhận", "Tiếp nhận", "Ngày đến"),
            needed=True,
            example="01/03/2018",
        ),
        ImportColumn(
            name="thu_ly",
            label="Thụ lý ngày",
            read=cells.day,
            headings=("Ngày thụ lý", "Thụ lý"),
            example="08/03/2018",
        ),
        ImportColumn(
            name="han",
            label="Hạn giải quyết",
            read=cells.day,
            headings=("Hạn", "Thời hạn", "Thời hạn giải quyết", "Hạn xử lý", "Ngày đến hạn"),
            example="06/06/2018",
        ),
        ImportColumn(
            name="giai_quyet",
            label="Giải quyết xong ngày",
            read=cells.day,
            headings=("Ngày giải quyết", "Ngày giải quyết xong", "Giải quyết xong", "Giải quyết", "Ngày kết luận"),
            example="05/05/2018",
        ),
        ImportColumn(
            name="ket_qua",
            label="Kết quả",
            read=cells.text,
            headings=("Kết quả giải quyết", "Kết luận"),
            options=lambda: list(Result.objects.values_list("name", flat=True)),
        ),
        ImportColumn(
            name="chuyen_den",
            label="Chuyển đến",
            read=cells.at_most(200),
            headings=("Nơi chuyển đến", "Chuyển cơ quan", "Chuyển nơi khác"),
            example="Ủy ban Kiểm tra Tỉnh ủy",
            note="Chỉ cho đơn chưa thụ lý, đã chuyển nơi khác giải quyết.",
        ),
        ImportColumn(
            name="chuyen_ngay", label="Chuyển ngày", read=cells.day, headings=("Ngày chuyển", "Ngày chuyển đơn")
        ),
    )

    def __init__(self, job: Job) -> None:
        super().__init__(job)
        self.places, self.above = PlacesInTime(job.user), lineage.climb()
        self.written: dict[int, int] = {}  # {file id of a letter: number of the row about it}
        self.blocs = access.letters_open_to(job.user, to_write=True)
        self.results = {loose_key(word): row for row in Result.objects.all() for word in (row.name, row.code)}

    def _kept(self, organization: int, day: date) -> bool:
        """Whether letters that lay with `organization` (an id) since `day` are the user's to keep."""
        return not self.blocs.isdisjoint(self.above(organization, day))

    def judge(self, lines: Sequence[FileRow]) -> None:
        rows = [row for line in lines if (row := self._understood(line))]
        known, seen = KnownLetters(rows, self._kept), dict[tuple[str, int, date], int]()
        for row in rows:
            first = seen.setdefault(row.what, row.line.number)
            if first != row.line.number:
                row.line.refuse(f"Đơn này đã ghi ở dòng {first}. Hãy bỏ một dòng, hoặc xem lại số đơn.")
            letter = known.letters.get(row.what)
            own = letter is not None and letter.pk in known.own
            if not own and not self._kept(row.organization.pk, row.received_on):
                where = self.places.label(row.organization, row.received_on)
                row.line.refuse(why_not(Keep.LETTERS, where), self.column("to_chuc"))
            elif letter and not own:
                row.line.refuse("Đơn này đã bàn giao cho nơi khác. Nơi đang giữ đơn ghi tiếp.")
            elif row.line.is_open and self.job.answers.get(row.line.number) == SKIP:
                row.line.outcome = RowOutcome.SKIP
            else:
                self._judge(row, letter, known)

    def _understood(self, line: FileRow) -> LetterRow | None:
        line.told = f"Đơn {line.texts['so_don']} về {line.texts['to_chuc']}"
        self._find_result(line)
        number, said, received = line.get("so_don"), line.get("to_chuc"), line.get("nhan_ngay")
        if not (number and said and received):
            return None
        try:
            organization = self.places.find(said, received, above=line.get("dang_bo") or "")
        except CellFault as fault:
            line.refuse(str(fault), self.column("to_chuc"))
            return None
        return LetterRow(line, number, organization, received)

    def _find_result(self, line: FileRow) -> None:
        if not (said := line.get("ket_qua")):
            return
        line.values["ket_qua"] = self.results.get(loose_key(said))
        if line.values["ket_qua"] is None:
            names = ", ".join(dict.fromkeys(row.name for row in self.results.values()))
            line.refuse(
                f"Không có “{said}” trong danh mục kết quả giải quyết đơn. Chỉ hiểu: {names}.", self.column("ket_qua")
            )

    def _judge(self, row: LetterRow, letter: Letter | None, known: KnownLetters) -> None:
        if letter is None and (like := known.like(row)):
            answer = self.job.answers.get(row.line.number)
            letter = next((one for one in like if str(one.file_id) == answer), None)
            if letter is None and answer != NEW and row.line.is_open:
                self._ask(row, like)
                return
        if letter and (before := self.written.setdefault(letter.file_id, row.line.number)) != row.line.number:
            row.line.refuse(f"Đơn {letter.number} đã ghi ở dòng {before}. Hãy giữ một dòng cho mỗi đơn.")
        sent = self._sent(row, letter, known)
        if letter is None:
            self._judge_new(row, sent)
        else:
            self._judge_known(row, letter, sent, known)

    def _ask(self, row: LetterRow, like: Sequence[Letter]) -> None:
        days = {one.pk: day_in_words(one.received_on) for one in like}
        options = [
            (str(o.file_id), f"Là đơn {o.number} về {o.organization.code}, nhận ngày {days[o.pk]}: sửa theo tệp")
            for o in like
        ]
        options += [(NEW, "Là đơn khác, chưa có trong sổ"), (SKIP, "Bỏ qua dòng này")]
        row.line.ask(RowQuestion(f"Đơn {row.number} có thể đã có trong sổ.", tuple(options)))

    def _sent(self, row: LetterRow, letter: Letter | None, known: KnownLetters) -> Sent | None:
        """To whom the row says that it was passed on; None where it says nothing, or what stands."""
        to, day = row.line.get("chuyen_den"), row.line.get("chuyen_ngay")
        if not to and not day:
            return None
        if not (to and day):
            row.line.refuse(
                "Đơn đã chuyển cần có cả nơi chuyển đến và ngày chuyển.",
                self.column("chuyen_ngay" if to else "chuyen_den"),
            )
            return None
        gone = known.passed.get(letter.file_id) if letter else None
        if gone is None:
            return to, day
        if (loose_key(gone.to), gone.on) != (loose_key(to), day):
            row.line.refuse(
                f"Sổ ghi đơn đã chuyển đến {gone.to} ngày {day_in_words(gone.on)}. Hãy sửa ô này; nếu sổ sai, hãy hủy việc chuyển "
                "ở trang của đơn rồi nhập lại.",
                self.column("chuyen_den"),
            )
        return None

    def _judge_new(self, row: LetterRow, sent: Sent | None) -> None:
        line = row.line
        if line.get("han") is None:
            line.refuse("Đơn chưa có trong sổ cần có hạn giải quyết.", self.column("han"))
            return
        values = {column: line.get(name) for column, (name, _) in DAYS.items()}
        letter = ReceivedLetter(number=row.number, organization=row.organization, result=line.get("ket_qua"), **values)
        for sentence in faults_of(letter):
            line.refuse(sentence)
        for sentence in forwarding_faults(letter, *sent) if sent else ():
            line.refuse(sentence, self.column("chuyen_ngay"))
        if line.is_open:
            line.outcome, line.aim, line.told = RowOutcome.CREATE, NewLetterRow(letter, sent), self._told(row)

    def _judge_known(self, row: LetterRow, letter: Letter, sent: Sent | None, known: KnownLetters) -> None:
        line, new, before = row.line, copy(letter), known.outcomes.get(letter.file_id)
        values = {
            column: said
            for column, (name, _) in DAYS.items()
            if (said := line.get(name)) is not None and said != getattr(letter, column)
        }
        if row.organization.pk != letter.organization_id:
            values["organization"] = row.organization
        result = line.get("ket_qua")
        result = None if before and before.result == result else result
        for column, value in values.items():
            setattr(new, column, value)
        for sentence in faults_of(new):
            line.refuse(sentence)
        if result and not new.resolved_on:
            line.refuse("Đơn có kết quả mà chưa giải quyết xong.", self.column("ket_qua"))
        for sentence in forwarding_faults(new, *sent) if sent else ():
            line.refuse(sentence, self.column("chuyen_ngay"))
        if values.get("accepted_on"):
            self._refuse_passed(line, letter, known)
        if not line.is_open:
            return
        line.changes, line.told = list(differences(letter, values, before, result, sent)), self._told(row)
        newer = [letter.added] if any(getattr(letter, column) for column in values) else []
        newer += [before.added] if result and before else []
        later = max((change.on for change in newer), default=self.job.on)
        if later > self.job.on and self.job.answers.get(line.number) != LATER:
            ask_about_newer(line, f"Sổ đã ghi đơn này ngày {day_in_words(later)}, sau ngày của tệp.")
            return
        line.aim = LetterChange(letter, values, result, sent)
        line.outcome = RowOutcome.CHANGE if line.changes else RowOutcome.SAME

    def _refuse_passed(self, line: FileRow, letter: Letter, known: KnownLetters) -> None:
        try:
            check_not_passed(letter, known.passed)
        except Refused as refused:
            line.refuse(" ".join(refused.messages), self.column("thu_ly"))

    def _told(self, row: LetterRow) -> str:
        where = self.places.label(row.organization, row.received_on)
        return f"Đơn {row.number} về {where}, nhận ngày {day_in_words(row.received_on)}"

    @classmethod
    def take_back(cls, change: Change, *, by: User, reason: str) -> None:
        undoing.take_back(by, change, clock.today(), reason)

    def write(self, lines: Sequence[FileRow], change: Change) -> None:
        new = [line.aim for line in lines if line.outcome == RowOutcome.CREATE]
        changed = [line.aim for line in lines if line.outcome == RowOutcome.CHANGE]
        made = verbs.register_within([row.letter for row in new], change)
        sent = {letter: row.sent for letter, row in zip(made, new, strict=True) if row.sent}
        verbs.forward_within(sent | {row.letter: row.sent for row in changed if row.sent}, change)
        results = {row.letter: row.result for row in changed if row.result}
        verbs.amend_within({row.letter: row.values for row in changed}, change, results=results)
