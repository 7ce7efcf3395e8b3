"""What kinds of import about ratings share: their period, what its words mean, whose right it is."""

from collections.abc import Iterable, Mapping
from datetime import date

from imports.columns.column import FileRow, ImportColumn, loose_key
from imports.models import OtherSpelling
from ledger import clock
from ledger.models import User
from organizations import access
from organizations.access import Act
from organizations.models import Organization
from ratings.judging.rules import RuleBook
from ratings.models import Level, Reason
from ratings.sheets import vocabulary

SPELLINGS = OtherSpelling.Of.LEVEL, OtherSpelling.Of.REASON
ASKS_WHY = "Hãy ghi vào cột “{}” của dòng này rồi nhập lại."


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


def may_at(user: User, act: Act, organizations: Iterable[Organization], day: date) -> dict[int, bool]:
    """{organization id: whether `user` may do `act` there, as the tree stood on `day`}"""
    held = access.capacities_of(user, organizations, day)
    return {pk: access.may(act, capacities) for pk, capacities in held.items()}
