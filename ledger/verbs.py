"""What acts are called: a code that a Change keeps for ever, and the words that the screen has for it today.

Each app declares its own in `<app>/verbs.py`, with the right by which such an act may be taken back: correct a word here
and nothing that was recorded changes.
"""

from enum import StrEnum
from typing import Self

from .text import holds, search_key

KNOWN: dict[str, "Verb"] = {}  # {code: Verb} of every app that is loaded


class Verb(StrEnum):
    """One kind of act; its value is the code.

    `label`: its words, with {} where its Change has a detail to tell (a period, a year, another act).
    `kept_by`: what one must keep where it was done (organizations/rights.py: Keep) to take it back from the page of a
    person; None where such a page does not.
    `told_as`: as of ledger/models.py: Recorded.
    `rows_alone`: all that it writes are rows of acts, though it is not taken back whole.
    """

    label: str
    kept_by: object
    told_as: str
    rows_alone: bool

    def __new__(
        cls, code: str, label: str, kept_by: object = None, told_as: str = "", rows_alone: bool = False
    ) -> Self:
        if code in KNOWN:
            raise ValueError(f"two verbs have the code {code}")
        verb = str.__new__(cls, code)
        verb._value_ = code
        verb.label, verb.kept_by, verb.rows_alone, verb.told_as = label, kept_by, rows_alone, told_as
        KNOWN[code] = verb
        return verb

    def words(self, detail: str = "") -> str:
        return self.label.replace("{}", detail)


class LedgerVerb(Verb):
    TAKE_BACK = "ledger.take_back", "Hủy dòng đã ghi"
    UNDO = "ledger.undo", "Hủy việc: {}"
    OTHER = "ledger.other", "{}"  # recorded under words that no version of the site knows any more


def words(code: str, detail: str = "") -> str:
    """The words of an act; those that were kept with it where nobody declares its code any more."""
    verb = KNOWN.get(code)
    return verb.words(detail) if verb else detail or code


def told_as(code: str) -> str:
    verb = KNOWN.get(code)
    return verb.told_as if verb else ""


def codes_said(text: str) -> list[str]:
    """Codes whose words hold `text`, without regard to case or marks."""
    return [code for code, verb in KNOWN.items() if holds(search_key(verb.label), text)]
