"""Every URL × every role × own and foreign organization (design §7): the rows of all apps, and the address of each."""

from django.urls import reverse
from django.urls.resolvers import URLPattern

from inspections.models import InspectionSubject, Letter
from ledger.models import Document
from members.models import CandidateStep, Membership
from organizations.models import OrganizationSpell, SizeRule
from tests.access.tables import (
    imports,
    indicators,
    inspections,
    khoi_ccq,
    members,
    organizations,
    ratings,
    reorganizations,
)

ROLES = ["anonymous", "nobody", "secretary", "committee", "organization", "inspection", "leader", "administrator"]
OFFICES = {
    "secretary": ("SECRETARY", "DB01-01"),
    "committee": ("COMMITTEE", "DB01"),
    "organization": ("ORGANIZATION", "K"),
    "inspection": ("INSPECTION", "K"),
    "leader": ("LEADER", "K"),
}
HEAD = """\
url                   method place    anonymous  nobody    secretary committee organization inspection leader    administrator
"""
# An answer: status, or status>name of the URL it leads to.
TABLE = HEAD + "".join(
    app.ROWS for app in (khoi_ccq, organizations, members, inspections, ratings, indicators, reorganizations, imports)
)
ROWS = [line.split() for line in TABLE.strip().splitlines()[1:]]
# "own" of whom: what each role stands for. The bloc's roles have no foreign organization; they are held to another.
OWN = {"secretary": "DB01-01", "committee": "DB01", "nobody": "DB01", "anonymous": "DB01"}
PLACES = {
    "own": lambda role: OWN.get(role, "K"),
    "below": lambda role: "DB01-01",
    "beside": lambda role: "DB02" if role == "committee" else "DB01-02",
    "above": lambda role: "DB01" if role == "secretary" else "K",
    "unknown": lambda role: "DB99",
}
MEMBER_OF = {"own": "DB01-01", "beside": "DB02-01", "K2": "DB90-01", "DB90": "DB90-01", "DB90-01": "DB90-01"}


def patterns(resolver, namespace=""):
    """(full name, pattern) of every named URL."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield namespace + (entry.name or ""), entry
        else:
            yield from patterns(entry, f"{entry.namespace}:" if entry.namespace else namespace)


def address(name, place, role):
    """`place`: one of PLACES, "-" for none, or a code of the second bloc (tests/access/test_blocs.py)."""
    code = PLACES.get(place, lambda role: place if place != "-" else "")(role)
    if name == "admin:*":
        return reverse("admin:index")
    if name in ("member", "member_ratings", "errand", "take_back", "record", "merge_records"):
        someone = Membership.objects.filter(organization__code=MEMBER_OF.get(place)).order_by("pk").first()
        more = {"errand": ["mien"], "take_back": [someone.added_id if someone else 1]}.get(name, [])
        return reverse(name, args=[someone.member_id if someone else 10**9, *more])
    if name == "find_paper":
        return reverse(name, args=[paper_of(MEMBER_OF.get(place))])
    if name == "help_chapter":
        return reverse(name, args=["xem-so-lieu"])
    if name == "candidate":
        step = CandidateStep.objects.filter(organization__code=MEMBER_OF.get(place)).first()
        return reverse(name, args=[step.candidate_id if step else 10**9])
    of_group = dict.fromkeys(("indicator", "group_part", "group_indicator"), [code, 2017, "DV-HTT"])
    args = {**of_group, "enter": [code, 2017, "ket-nap"]}.get(name, [code, 2017])
    if name in ("inspection", "letter"):
        return reverse(name, args=[{"inspection": inspected, "letter": written_of}[name](place)])
    if name == "approve_size":
        kind = "CBTT" if "-" in code else "KHOI" if code in ("K", "K2") else "DBCS"
        return reverse(name, args=[code, SizeRule.objects.get(kind=kind, official=kind != "DBCS").pk])
    if name in ("reorganize", "office"):
        return reverse(name, args=[code])
    if name == "reorganize_act":
        return reverse(name, args=[code, "doi-ten"])
    if name == "reorganize_undo":
        foundings = (
            OrganizationSpell.objects.filter(organization__code=code).order_by("pk").values_list("added", flat=True)
        )
        return reverse(name, args=[code, foundings.first() or 1])
    if name.startswith("import_example"):
        return reverse(name, args=["02-to-chuc"] if name == "import_example" else [])
    if name.startswith("import_"):
        return reverse(name, args=["dang-vien" if name == "import_template" else 10**9])
    if name.startswith("rating"):
        args = [code, (2018, None)]
    return reverse(name, args=args if code else [])


def paper_of(code):
    """Id of a document on which alone the cell `code` rests: made for it, its member's status rests on it."""
    place = Membership.objects.standing().filter(organization__code=code).order_by("pk").first()
    if place is None:
        return 10**9
    paper, _ = Document.objects.get_or_create(number=f"9-QĐ/{code}", date=place.starts, issuer="Đảng ủy")
    Membership.objects.filter(pk=place.pk).update(decision=paper)
    return paper.pk


def inspected(place):
    """Id of an inspection of DB01-01 by DB01 (`own`), of CB01 by the bloc (`beside`), of one of the second bloc, or of none."""
    second = {"K2": ("K2", "CB90"), "DB90": ("DB90", "DB90-01"), "DB90-01": ("DB90", "DB90-01")}
    looked = ({"own": ("DB01", "DB01-01"), "beside": ("K", "CB01")} | second).get(place, ("", ""))
    rows = InspectionSubject.objects.filter(
        inspection__conductor__code=looked[0],
        organization__code=looked[1],
        inspection__kind__in=["INSPECTION", "SUPERVISION"],
    )
    return next(iter(rows.values_list("inspection", flat=True)), 10**9)


def written_of(place):
    rows = Letter.objects.filter(
        organization__code={"own": "DB01-01", "beside": "CB01"}.get(place, MEMBER_OF.get(place, ""))
    )
    return next(iter(rows.values_list("file", flat=True)), 10**9)
