"""What kinds have in common whose rows bring somebody onto the roll: whom of the register and of the pipeline of admissions a
row is about, into which cell, and what is asked where that is not clear.

Two questions may be asked of one row, so that an answer has two parts: who of the register it is, and who of the pipeline.
"""

from abc import abstractmethod
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, ClassVar

from imports.columns.cells import CellFault
from imports.columns.column import FileRow, RowOutcome, RowQuestion
from imports.columns.row_numbers import RowNumbers
from ledger.acts import Refused
from ledger.numbers import day_in_words
from ledger.text import search_key
from members.candidates_visibility import candidates_open_to_writer
from members.identity.alike import WaitingLikeness, key_of_candidate, waiting_alike
from members.identity.likeness import ANYBODY, SAME_NAME_AND_BIRTH, PerhapsKnown
from members.models import Member
from members.register.arriving import Arrival
from members.standing_candidates import StandingCandidate
from organizations.models import Organization

from .kind import ImportKind, Job, Rights
from .persons import Catalogues, person_of, told_name
from .who_is_who import NEW, SKIP, WhoIsWho

AND = "+"  # between the parts of an answer
PASS_OVER = "Bỏ qua dòng này"
Waiting = tuple[StandingCandidate, str]


class ArrivalsImport(ImportKind):
    """`earlier`: whether who was once in the cell of the row is found there, or who is there now.

    While a chunk is judged, `who` and `waiting` ({row number: [(StandingCandidate, why)]}) know whom its rows may be about,
    `cells_of` ({row number: cell}) where they bring them.
    """

    earlier: ClassVar[bool] = False
    who: WhoIsWho
    waiting: dict[int, list[Waiting]]
    cells_of: dict[int, Organization | None]
    _coming: dict[Hashable, int]  # {person: number of the row of the chunk that brings them}

    def __init__(self, job: Job) -> None:
        super().__init__(job)
        self.rights, self.catalogues = Rights(job.user), Catalogues()
        self._brought: list[tuple[Member, int]] = []  # by chunks before, each with the number of their row
        self._written = RowNumbers()  # of each the first row that writes of them, or says what stands

    @abstractmethod
    def find_cell(self, said: str, above: str, line: FileRow) -> Organization | None:
        """The cell that the row names; None where the row does not say when. CellFault for none."""

    @abstractmethod
    def judge_new(self, line: FileRow, person: Member, cell: Organization | None) -> None:
        """Judges a row about somebody whom the register does not know. `person`: not saved."""

    @abstractmethod
    def judge_known(self, line: FileRow, member: Member, cell: Organization | None) -> None:
        """Judges a row about somebody of the register."""

    def read_beside(self) -> None:
        """Reads, once for a chunk, what else is asked about those of `who`."""

    def judge(self, lines: Sequence[FileRow]) -> None:
        people: list[tuple[FileRow, Member]] = []
        self.cells_of, self._coming = {}, {}
        for person, number in self._brought:
            if person.pk:
                self._written.first(person.pk, number)
        self._brought.clear()
        for line in lines:
            self.catalogues.resolve(line, self.columns)
            self.cells_of[line.number] = self._cell(line)
            if line.is_open:
                people.append((line, person_of(line)))
        self.rights.at(cell for cell in self.cells_of.values() if cell)
        self.who, self.waiting = WhoIsWho(self.job.user, people), self._waiting(people)
        self.read_beside()
        for line, person in people:
            cell = self.cells_of[line.number]
            member = self.who.settle(line, person, cell and cell.pk, self.said(line)[0], earlier=self.earlier)
            if not line.is_open:
                continue
            if member is None:
                self.judge_new(line, person, cell)
            else:
                self.judge_known(line, member, cell)
                self._refuse_second(line, member)

    def _refuse_second(self, line: FileRow, member: Member) -> None:
        """Of two rows that say otherwise of one person none is known to be the right one, also when the first stands already."""
        if line.outcome not in (RowOutcome.CHANGE, RowOutcome.SAME):
            return
        before = self._written.first(member.pk, line.number)
        if before != line.number and line.outcome == RowOutcome.CHANGE:
            line.refuse(f"{told_name(member)}, đã ghi ở dòng {before}. Hãy giữ một dòng cho mỗi người.")
            line.refuse_written()

    def _cell(self, line: FileRow) -> Organization | None:
        if not (said := line.get("chi_bo")):
            return None
        try:
            return self.find_cell(said, line.get("dang_bo") or "", line)
        except CellFault as fault:
            line.refuse(str(fault), self.column("chi_bo"))
            return None

    def _waiting(self, people: Iterable[tuple[FileRow, Member]]) -> dict[int, list[Waiting]]:
        """{row number: those of the pipeline, within reach, whom the row may be about}"""
        born = [(line, person) for line, person in people if person.birth_date]
        told = waiting_alike([person for _, person in born])
        open_ = candidates_open_to_writer(
            self.job.user, {known.record.candidate_id for row in told for known, _ in row}
        )
        return {
            line.number: [pair for pair in pairs if pair[0].record.candidate_id in open_]
            for (line, _), pairs in zip(born, told, strict=True)
        }

    def said(self, line: FileRow) -> tuple[str, str]:
        """What was answered about a row: who of the register it is, who of the pipeline."""
        first, _, second = self.job.answers.get(line.number, "").partition(AND)
        return first, second

    def others(self, line: FileRow) -> frozenset[str]:
        """Keys of those whom the person of a row is said not to be."""
        return ANYBODY if NEW in self.said(line) else frozenset()

    def candidate_of(self, line: FileRow, cell: Organization | None, *, unasked: bool = False) -> int | None:
        """The id of whom of the pipeline the row is about; None for none, and where it is asked.

        `unasked`: whether the same name and day of birth in the same cell is enough.
        """
        pairs = self.waiting.get(line.number, [])
        _, said = self.said(line)
        if not pairs or said == NEW:
            return None
        if chosen := [k.record.candidate_id for k, _ in pairs if key_of_candidate(k.record.candidate_id) == said]:
            return chosen[0]
        same = [known for known, why in pairs if why == SAME_NAME_AND_BIRTH and cell and _cell_of(known) == cell.pk]
        if unasked and len(same) == len(pairs) == 1:
            return same[0].record.candidate_id
        self._ask_of_pipeline(
            line, [(key_of_candidate(k.record.candidate_id), _in_pipeline(k, why)) for k, why in pairs]
        )
        return None

    def _ask_of_pipeline(self, line: FileRow, options: Iterable[tuple[str, str]]) -> None:
        first, _ = self.said(line)
        asked = [(f"{first}{AND}{key}", words) for key, words in options]
        others = (f"{first}{AND}{NEW}", "Là người khác với người trong nguồn kết nạp")
        line.ask(RowQuestion(f"{line.get('ho_ten')} có thể đang ở nguồn kết nạp.", (*asked, others, (SKIP, PASS_OVER))))

    @staticmethod
    def holds(line: FileRow, check: Callable[[], Any]) -> bool:
        """Whether `check()` passes; the row is refused with what it says otherwise."""
        try:
            check()
        except Refused as refused:
            for sentence in refused.messages:
                line.refuse(sentence)
        return line.is_open

    def arrives(self, line: FileRow, arrival: Arrival, told: str) -> None:
        """The row is to be written; asked where one before it brings the same person."""
        person = arrival.member
        who = person.pk or (search_key(person.full_name), person.birth_date)
        before = self._coming.setdefault(who, line.number)
        if before != line.number and NEW not in self.said(line):
            self._ask_about_twin(line, f"Dòng {before} ghi cùng họ tên, ngày sinh với dòng này.")
            return
        line.outcome, line.aim, line.told = RowOutcome.CREATE, arrival, told
        self._brought.append((person, line.number))
        if arrival.candidate:
            line.notes.append("Ra khỏi nguồn kết nạp")
        if arrival.official is None:
            line.notes.append("Còn dự bị, vì không có ngày chính thức")

    def refused(self, line: FileRow, why: Refused) -> None:
        """Asked where it may be somebody written already: then somebody of this file, written just before."""
        if not isinstance(why, PerhapsKnown):
            super().refused(line, why)
            return
        waiting = [like for like in why.alike if isinstance(like, WaitingLikeness)]
        if waiting:
            self._ask_of_pipeline(line, [(like.key, _in_pipeline(like.known, like.why)) for like in waiting])
            return
        self._ask_about_twin(line, " ".join(why.messages))

    @staticmethod
    def _ask_about_twin(line: FileRow, why: str) -> None:
        line.ask(RowQuestion(why, ((NEW, "Là người khác"), (SKIP, PASS_OVER))))


def _cell_of(known: StandingCandidate) -> int:
    return int(known.last.organization_id)


def _in_pipeline(known: StandingCandidate, why: str) -> str:
    last = known.last
    where = (
        f"trong nguồn kết nạp của {last.organization.code}, bước “{last.get_stage_display()}” {day_in_words(last.on)}"
    )
    return f"Là {known.record}, sinh {known.record.born}, {where} ({why}); ra khỏi nguồn"
