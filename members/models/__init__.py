"""People, where they belong and since when, how they came into the Party and how they left the roll."""

from .badges import AwardDay, BadgeAward, BadgeLevel
from .candidates import ENDED, WAITING, Candidate, CandidateRecord, CandidateStep, Stage
from .person import Catalogue, EthnicGroup, Member, Precision, Qualification, Religion, Sex, Theory, age_on
from .roll import LEAVING, Admission, Entry, Exit, Membership, Officialization
from .states import Discipline, Post, Status

__all__ = [
    "Catalogue",
    "EthnicGroup",
    "Member",
    "Precision",
    "Qualification",
    "Religion",
    "Sex",
    "Theory",
    "age_on",
    "Admission",
    "Entry",
    "Exit",
    "LEAVING",
    "Membership",
    "Officialization",
    "Discipline",
    "Post",
    "Status",
    "Candidate",
    "CandidateRecord",
    "CandidateStep",
    "ENDED",
    "Stage",
    "WAITING",
    "AwardDay",
    "BadgeAward",
    "BadgeLevel",
]
