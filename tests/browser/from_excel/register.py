"""What a register says, as rows of text that another register can be held against: run by `manage.py shell` in either."""

import json
from io import StringIO

from django.core.management import call_command

from indicators.models import Target
from inspections.models import Conclusion, Forwarding, InspectionSubject, Letter, Outcome
from members.models import Admission, Member, Membership, Officialization, Post, Status
from organizations.models import Appointment, OrganizationSpell, StaffCount
from ratings.models import MemberRating, OrganizationRating

YEARS = range(2013, 2018)
RECORDED = {"id", "added", "voided", "ethnic_group", "religion"}


def figures():
    """{year and form: what `manage.py figures` prints}"""
    told = {}
    for year in YEARS:
        for form in ("text", "json"):
            call_command("figures", year=year, format=form, stdout=(out := StringIO()))
            told[f"{year} {form}"] = out.getvalue()
    return told


def rows():
    """{what: sorted rows of text}"""
    person = ("member__full_name", "member__birth_date", "member__card_number")
    columns = [f.name for f in Member._meta.concrete_fields if f.name not in RECORDED]
    rated = {"period__year__in": YEARS, "on_roll": True}
    found = {
        "people": _of(Member, *columns, "ethnic_group__name", "religion__name"),
        "memberships": _of(Membership, *person, "organization__code", "starts", "ends", "entry", "exit"),
        "admissions": _of(
            Admission, *person, "organization__code", "kind", "decided", "ceremony", "youth", "outside_since"
        ),
        "officializations": _of(Officialization, *person, "on"),
        "statuses": _of(Status, *person, "kind", "starts", "ends", "host__code", "host_name"),
        "posts": _of(Post, *person, "kind", "organization__code", "starts", "ends"),
        "tree": _of(
            OrganizationSpell, "organization__code", "name", "kind", "parent__code", "position", "starts", "ends"
        ),
        "inspections": _of(
            InspectionSubject,
            *(f"inspection__{name}" for name in ("year", "kind", "title", "conductor__code")),
            *("organization__code", "planned", "done_on"),
        ),
        "conclusions": _of(Conclusion, "inspection__title", "organization__code", "on", "text"),
        "letters": _of(
            Letter, "number", "organization__code", "received_on", "accepted_on", "due_on", "resolved_on", "place__code"
        ),
        "outcomes": _of(Outcome, "file__versions__number", "result__name"),
        "forwardings": _of(Forwarding, "file__versions__number", "to", "on"),
        "staff": _of(
            StaffCount,
            *("organization__code", "year", "civil_servants", "public_employees", "workers", "total", "at_least"),
        ),
        "targets": _of(Target, "organization__code", "indicator__group__year", "indicator__code", "value"),
        "ratings": _of(MemberRating, *person, "organization__code", "period__year", "decided", "reason__code", **rated),
        "organizations rated": _of(
            OrganizationRating,
            *("organization__code", "period__year", "tier", "level", "exemplary", "reason__code", "task"),
            period__year__in=YEARS,
        ),
        "offices": _of(Appointment, "user__username", "user__display_name", "role", "organization__code", "starts"),
    }
    return {what: sorted(" | ".join(map(str, row)) for row in of) for what, of in found.items()}


def _of(model, *columns, **which):
    return model.objects.standing().filter(**which).values_list(*columns)


def told():
    print(json.dumps({"figures": figures(), "rows": rows()}, ensure_ascii=False))
