"""People, where they belong and since when, how they came into the Party and how they left the roll."""

from .person import Catalogue, EthnicGroup, Member, Precision, Qualification, Religion, Sex, Theory, age_on
from .probation import Extension
from .roll import LEAVING, Admission, Entry, Exit, Membership, Officialization
from .states import Discipline, Post, Status
from .transfers import TransferOffer

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
    "Extension",
    "Discipline",
    "Post",
    "Status",
    "TransferOffer",
]
