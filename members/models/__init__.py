"""People, where they belong and since when, how they came into the Party and how they left the roll."""

from .badges import AwardDay, BadgeAward, BadgeLevel
from .candidates import ENDED, WAITING, Candidate, CandidateRecord, CandidateStep, Stage
from .consent import ConsentRule
from .person import (
    CARD_NUMBER,
    Catalogue,
    EthnicGroup,
    Member,
    Precision,
    Qualification,
    Religion,
    Sex,
    Theory,
    age_on,
    born_text,
)
from .probation import Extension
from .record import Amendment, Merger
from .roll import LEAVING, Admission, Entry, Exit, Membership, Officialization, counted_from
from .saved import SavedView
from .states import Discipline, Post, Status
from .transfers import TransferOffer

__all__ = [
    "CARD_NUMBER",
    "Catalogue",
    "EthnicGroup",
    "Member",
    "Precision",
    "Qualification",
    "Religion",
    "Sex",
    "Theory",
    "age_on",
    "born_text",
    "Admission",
    "Entry",
    "Exit",
    "LEAVING",
    "Membership",
    "Officialization",
    "counted_from",
    "Extension",
    "Discipline",
    "Post",
    "Status",
    "TransferOffer",
    "Amendment",
    "Merger",
    "SavedView",
    "Candidate",
    "CandidateRecord",
    "CandidateStep",
    "ENDED",
    "Stage",
    "WAITING",
    "AwardDay",
    "BadgeAward",
    "BadgeLevel",
    "ConsentRule",
]
