"""What kinds of import about ratings share: their period, what its words mean, whose right it is."""

from collections.abc import Iterable, Mapping

from imports.columns.column import FileRow, ImportColumn, loose_key
from imports.columns.places import NamedPlaces
from imports.given import DecidedGivenForm
from imports.kinds.kind import ImportKind, Job
from imports.models import OtherSpelling
from ledger import clock
from ledger.acts import Refused
from ledger.models import User
from organizations import access
from organizations.access import Act
from ratings.judging.rules import NeedsReason, RuleBook
from ratings.judging.words import Words
from ratings.models import Level, Period, Reason
from ratings.sheets import vocabulary

SPELLINGS = OtherSpelling.Of.LEVEL, OtherSpelling.Of.REASON


def may_somewhere(user: User, act: Act) -> bool:
    """Whether `user` may do `act` at one of the organizations of today's offices."""
    organizations = [a.organization for a in access.office_of(user).appointments]
    held = access.capacities_of(user, organizations, clock.today())
    return any(access.may(act, capacities) for capacities in held.values())


class Spoken:
    """What the words of a file mean under a scheme: levels and reasons, of members or of organizations."""

    def __init__(self, book: RuleBook, *, of_organizations: bool = False) -> None:
        self.of_organizations = of_organizations
        meanings = vocabulary.of_organizations if of_organizations else vocabulary.of_members
        self._meanings = {loose_key(key): value for key, value in meanings(book.levels, book.reasons).items()}
        reasons = {reason.code: reason for reason in book.reasons if reason.of_organizations == of_organizations}
        for row in OtherSpelling.objects.filter(of__in=SPELLINGS):
            meaning = _rank(row.code, book.levels) if row.of == SPELLINGS[0] else reasons.get(row.code)
            if meaning is not None:
                self._meanings[loose_key(row.text)] = meaning

    def meaning(self, said: str) -> int | Reason | None:
        """A rank, a Reason, or None where the words stand for neither."""
        return self._meanings.get(loose_key(said))

    def meanings_of(self, line: FileRow, columns: Iterable[ImportColumn]) -> tuple[int | None, Reason | None]:
        """(rank, Reason) of what the `columns` of the line say; refuses the line for words that mean nothing."""
        rank, reason = None, None
        for column in columns:
            if not (said := line.get(column.name)):
                continue
            meaning = self.meaning(said)
            if meaning is None:
                line.refuse(
                    f"Không hiểu “{said}”. Hãy ghi mức hoặc lý do như trong mẫu, hoặc ghi cách viết ấy vào mục "
                    "Cách viết khác của danh mục ở trang quản trị.",
                    column,
                )
            elif isinstance(meaning, Reason):
                reason = meaning
            else:
                rank = meaning
        return rank, reason


def _rank(code: str, levels: Mapping[int, Level]) -> int | None:
    return int(code) if code.isdecimal() and int(code) in levels else None


class DecidedImport(ImportKind):
    """What was decided in an open period, brought by the department of its bloc: whoever opens and locks a period answers for
    what was decided before there was a system in which cells and committees could write it themselves.
    """

    form_class, chunk = DecidedGivenForm, None

    def __init__(self, job: Job) -> None:
        super().__init__(job)
        self.period: Period = job.given["ky"]
        self.day = min(job.on, self.period.cutoff)
        self.places, self.words = NamedPlaces(job.user, self.day), Words(self.period.scheme)

    @classmethod
    def is_open_to(cls, user: User) -> bool:
        return may_somewhere(user, Act.MANAGE)

    def is_refused(self, lines: Iterable[FileRow]) -> bool:
        """Whether the period is not the user's to fill: then all `lines` are refused."""
        bloc = self.period.bloc
        if access.may(Act.MANAGE, access.capacities(self.job.user, bloc, self.day)):
            return False
        for line in lines:
            line.refuse(f"Nhập kết quả của kỳ {self.period.of_its_bloc} là việc của Ban Tổ chức của đảng bộ ấy.")
        return True


def with_hint(why: Refused, column: ImportColumn) -> Refused:
    """`why`, saying of what wants a written reason where it is written."""
    if not isinstance(why, NeedsReason):
        return why
    return Refused(
        [f"{sentence} Hãy ghi vào cột “{column.label}” của dòng này rồi nhập lại." for sentence in why.messages]
    )
