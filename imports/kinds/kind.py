"""What a kind of import is: its columns, whose it is, how its rows are judged and written."""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from imports.columns.column import FileRow, ImportColumn, RowFault
from imports.given import GivenForm
from imports.verbs import ImportVerb
from ledger import clock
from ledger.acts import Refused
from ledger.models import Change, Document, User
from ledger.undo import undo
from members.rights import keeps
from organizations import access
from organizations.access import Keep
from organizations.models import Organization

NOT_HIS = "Lần nhập này còn ghi cho nơi ngoài quyền của đồng chí hôm nay. Hãy nhờ nơi có quyền hủy."


@dataclass(frozen=True, kw_only=True)
class Job:
    """One file by one person. `given`: what was typed for the whole file (the kind's form, cleaned); `answers`: {row number:
    what was said about it}; `source`: the name of the file.
    """

    user: User
    on: date
    source: str
    document: Document | None = None
    reason: str = ""
    given: Mapping[str, Any] = field(default_factory=dict)
    answers: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class NextStep:
    """Where one goes on when a file is written: the name of its url, what the link says, the query string."""

    url_name: str
    words: str
    query: str = ""


class ImportKind(ABC):
    """Made anew for each going through; `__init__` reads what is read once for a file.

    `keep`: the right without which nobody comes so far, None where `is_open_to` asks for another; each row asks for its own.
    `chunk`: so many rows are judged and written together, None for all. Rows come in the order of the file, each chunk judged
    before it is written, after those before it were written. `confidential`: what its files are called, and any of their
    headings, is kept nowhere but with who brought them. `after`: where one goes on.
    """

    do_not_call_in_templates = True

    code: ClassVar[str]
    title: ClassVar[str]
    help: ClassVar[str]
    verb: ClassVar[ImportVerb]
    keep: ClassVar[Keep | None] = None
    columns: ClassVar[tuple[ImportColumn, ...]]
    form_class: ClassVar[type[GivenForm]] = GivenForm
    chunk: ClassVar[int | None] = 1000
    confidential: ClassVar[bool] = False
    after: ClassVar[NextStep | None] = None
    is_ready_made: ClassVar[bool] = False  # its files are made here, so that nobody need say what their columns are

    def __init__(self, job: Job) -> None:
        self.job = job

    @classmethod
    def is_open_to(cls, user: User) -> bool:
        """Whether `user` may keep what it brings anywhere."""
        return cls.keep is not None and keeps_somewhere(user, cls.keep)

    @abstractmethod
    def judge(self, lines: Sequence[FileRow]) -> None:
        """Says of each open FileRow of a chunk what it comes to, with all that is wrong with it."""

    def in_order(self, lines: Sequence[FileRow]) -> Sequence[FileRow]:
        """Rows of a chunk that are to be written, in the order in which they are: that of the file unless told."""
        return lines

    @abstractmethod
    def write(self, lines: Sequence[FileRow], change: Change) -> None:
        """Writes Lines that create or change, inside the act `change`. Refused when one of them cannot be written."""

    def remarks(self) -> Iterable[str]:
        """What is to be said of the file as a whole, once it was gone through."""
        return ()

    def refused(self, line: FileRow, why: Refused) -> None:
        """`line` alone was refused while it was written."""
        line.faults += [RowFault("", "", sentence) for sentence in why.messages]
        line.refuse_written()

    @classmethod
    def take_back(cls, change: Change, *, by: User, reason: str) -> None:
        """Undoes what a file wrote, whole. Refused, naming what rests on it, when it can no longer be; and where it is not all
        the user's any more.
        """
        if not cls.is_theirs(change, by):
            raise Refused(NOT_HIS)
        undo(change, by=by, on=clock.today(), reason=reason)

    @classmethod
    def is_theirs(cls, change: Change, user: User) -> bool:
        """Whether all that a file wrote is `user`'s to take back today; one who comes so far keeps such things somewhere."""
        return cls.verb.kept_by is None or bool(keeps(user, change, cls.verb.kept_by))

    def column(self, name: str) -> ImportColumn:
        return next(column for column in self.columns if column.name == name)


def keeps_somewhere(user: User, keep: Keep) -> bool:
    """Whether `user` may `keep` at one of the organizations of today's offices."""
    organizations = [a.organization for a in access.office_of(user).appointments]
    held = access.capacities_of(user, organizations, clock.today())
    return any(access.may_keep(keep, capacities) for capacities in held.values())


class Rights:
    """Where `user` may keep what, asked once for many organizations, as the tree stands today or stood on another day."""

    def __init__(self, user: User) -> None:
        self.user, self._today = user, clock.today()
        self._held: dict[tuple[int, date], set[access.Capacity]] = {}

    def at(self, organizations: Iterable[Organization], day: date | None = None) -> None:
        """Reads what is not known yet."""
        on = day or self._today
        new = {o.pk: o for o in organizations if (o.pk, on) not in self._held}
        if new:
            self._held |= {(pk, on): c for pk, c in access.capacities_of(self.user, new.values(), on).items()}

    def at_each(self, wanted: Iterable[tuple[Organization, date]]) -> None:
        """As `at`, for organizations each on a day of its own."""
        of_days: dict[date, list[Organization]] = defaultdict(list)
        for organization, day in wanted:
            of_days[day].append(organization)
        for day, organizations in of_days.items():
            self.at(organizations, day)

    def may(self, keep: Keep, organization: Organization, day: date | None = None) -> bool:
        self.at([organization], day)
        return access.may_keep(keep, self._held[organization.pk, day or self._today])


def why_not(keep: Keep, name: str) -> str:
    """The sentence for a row about an organization at which one may not `keep`."""
    return f"Đồng chí không có quyền {keep} ở {name}. Hãy bỏ dòng này, hoặc nhờ nơi có quyền nhập."


def twice(lines: Collection[FileRow], names: Sequence[str]) -> dict[int, int]:
    """{row number: the number of the row before it that says the same in the columns `names`}"""
    seen: dict[tuple[Any, ...], int] = {}
    repeated = {}
    for line in lines:
        key = tuple(line.get(name) for name in names)
        if key in seen:
            repeated[line.number] = seen[key]
        seen.setdefault(key, line.number)
    return repeated
