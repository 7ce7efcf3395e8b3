"""Every URL × every role × own and foreign organization (design §7). A URL without a row here fails.

Asked in the world of two blocs: whatever a page of the one answers, it names nothing of the other.
"""

import re
from datetime import date, timedelta
from http.cookies import SimpleCookie

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern

from inspections.models import InspectionSubject, Letter
from ledger.models import User
from members.models import CandidateStep, Membership
from organizations.models import OrganizationSpell, SizeRule
from tests.second_bloc import PEOPLE_OF_SECOND, SECOND, said_of, two_blocs
from tests.world import TODAY

pytestmark = pytest.mark.django_db

site = pytest.fixture(scope="module")(two_blocs)

ROLES = ["anonymous", "nobody", "secretary", "committee", "organization", "inspection", "leader", "administrator"]
OFFICES = {
    "secretary": ("SECRETARY", "DB01-01"),
    "committee": ("COMMITTEE", "DB01"),
    "organization": ("ORGANIZATION", "K"),
    "inspection": ("INSPECTION", "K"),
    "leader": ("LEADER", "K"),
}
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
# An answer: status, or status>name of the URL it leads to.
TABLE = """
url                   method place    anonymous  nobody    secretary committee organization inspection leader    administrator
login                 GET    -        200        302>home  302>home  302>home  302>home     302>home   302>home  302>home
login                 POST   -        200        302>home  302>home  302>home  302>home     302>home   302>home  302>home
logout                GET    -        302>login  405       405       405       405          405        405       405
logout                POST   -        302>login  302>login 302>login 302>login 302>login    302>login  302>login 302>login
password_change       GET    -        302>login  200       200       200       200          200        200       200
password_change       POST   -        302>login  200       200       200       200          200        200       200
password_change_done  GET    -        302>login  200       200       200       200          200        200       200
healthz               GET    -        200        200       200       200       200          200        200       200
home                  GET    -        302>login  200       302       302       302          302        302       200
home                  POST   -        302>login  405       405       405       405          405        405       405
choose                GET    own      302>login  404       302       302       302          302        302       302
choose                GET    beside   302>login  404       404       404       302          302        302       302
choose                GET    above    302>login  404       404       404       302          302        302       302
choose                GET    unknown  302>login  404       404       404       404          404        404       404
first_steps           GET    -        302>login  403       403       403       200          403        403       200
first_steps           POST   -        302>login  403       403       403       400          403        403       400
organization          GET    own      302>login  404       200       200       200          200        200       200
organization          GET    below    302>login  404       200       200       200          200        200       200
organization          GET    beside   302>login  404       404       404       200          200        200       200
organization          GET    above    302>login  404       404       404       200          200        200       200
organization          GET    unknown  302>login  404       404       404       404          404        404       404
people                GET    own      302>login  404       200       200       200          200        200       200
people                GET    below    302>login  404       200       200       200          200        200       200
people                GET    beside   302>login  404       404       404       200          200        200       200
people                GET    above    302>login  404       404       404       200          200        200       200
people                GET    unknown  302>login  404       404       404       404          404        404       404
dashboard             GET    own      302>login  404       200       200       200          200        200       200
dashboard             GET    below    302>login  404       200       200       200          200        200       200
dashboard             GET    beside   302>login  404       404       404       200          200        200       200
dashboard             GET    above    302>login  404       404       404       200          200        200       200
dashboard             GET    unknown  302>login  404       404       404       404          404        404       404
dashboard             POST   own      302>login  405       405       405       405          405        405       405
indicator             GET    own      302>login  404       200       200       200          200        200       200
indicator             GET    below    302>login  404       200       200       200          200        200       200
indicator             GET    beside   302>login  404       404       404       200          200        200       200
indicator             GET    above    302>login  404       404       404       200          200        200       200
indicator             GET    unknown  302>login  404       404       404       404          404        404       404
indicator             POST   own      302>login  405       405       405       405          405        405       405
targets               GET    own      302>login  404       200       200       200          200        200       200
targets               GET    below    302>login  404       200       200       200          200        200       200
targets               GET    beside   302>login  404       404       404       200          200        200       200
targets               GET    above    302>login  404       404       404       200          200        200       200
targets               GET    unknown  302>login  404       404       404       404          404        404       404
targets               POST   own      302>login  404       403       403       400          403        403       403
targets               POST   below    302>login  404       403       403       400          403        403       403
targets               POST   beside   302>login  404       404       404       400          403        403       403
targets               POST   unknown  302>login  404       404       404       404          404        404       404
closing               GET    own      302>login  404       200       200       200          200        200       200
closing               GET    below    302>login  404       200       200       200          200        200       200
closing               GET    beside   302>login  404       404       404       200          200        200       200
closing               GET    above    302>login  404       404       404       200          200        200       200
closing               GET    unknown  302>login  404       404       404       404          404        404       404
closing               POST   own      302>login  404       403       403       400          403        403       403
closing               POST   beside   302>login  404       404       404       400          403        403       403
self_check            GET    -        302>login  403       403       403       200          200        200       200
offices               GET    -        302>login  403       403       403       403          403        403       200
appointments          GET    -        302>login  403        403        403        403        200        200        200
appointments          POST   -        302>login  403        403        403        403        400        400        400
tasks                 GET    -        302>login  200        200        200        200        200        200        200
tasks                 POST   -        302>login  405        405        405        405        405        405        405
periods               GET    -        302>login  403        403        403        200        403        403        403
periods               POST   -        302>login  403        403        403        400        403        403        403
ratings               GET    own      302>login  404        200        200        200        200        200        200
ratings               GET    below    302>login  404        200        200        200        200        200        200
ratings               GET    beside   302>login  404        404        404        200        200        200        200
ratings               GET    above    302>login  404        404        404        200        200        200        200
ratings               GET    unknown  302>login  404        404        404        404        404        404        404
ratings               POST   own      302>login  404        409        405        405        405        405        405
ratings               POST   below    302>login  404        409        403        403        403        403        403
ratings               POST   beside   302>login  404        404        404        403        403        403        403
rating_line           GET    own      302>login  404        302         302         302         302         302         302
rating_line           GET    beside   302>login  404        404        404        302         302         302         302
rating_line           GET    above    302>login  404        404        404        302         302         302         302
rating_line           GET    unknown  302>login  404        404        404        404        404        404        404
rating_line           POST   own      302>login  404        403        404        404        404        404        404
rating_line           POST   beside   302>login  404        404        404        403        403        403        403
rating_line           POST   unknown  302>login  404        404        404        404        404        404        404
rating_paste          GET    own      302>login  404        403        404        404        404        404        404
rating_paste          GET    below    302>login  404        403        403        403        403        403        403
rating_paste          GET    beside   302>login  404        404        404        403        403        403        403
rating_paste          GET    above    302>login  404        404        404        404        404        404        404
rating_paste          GET    unknown  302>login  404        404        404        404        404        404        404
rating_paste          POST   own      302>login  404        403        404        404        404        404        404
rating_paste          POST   below    302>login  404        403        403        403        403        403        403
rating_paste          POST   beside   302>login  404        404        404        403        403        403        403
rating_paste          POST   unknown  302>login  404        404        404        404        404        404        404
rating_step           GET    own      302>login  404        302         302         302         302         302         302
rating_step           GET    beside   302>login  404        404        404        302         302         302         302
rating_step           GET    above    302>login  404        404        404        302         302         302         302
rating_step           GET    unknown  302>login  404        404        404        404        404        404        404
rating_step           POST   own      302>login  404        400        400        400        400        400        400
rating_step           POST   below    302>login  404        400        400        400        400        400        400
rating_step           POST   beside   302>login  404        404        404        400        400        400        400
rating_organizations  GET    own      302>login  404        200        200        200        200        200        200
rating_organizations  GET    below    302>login  404        200        200        200        200        200        200
rating_organizations  GET    beside   302>login  404        404        404        200        200        200        200
rating_organizations  GET    above    302>login  404        404        404        200        200        200        200
rating_organizations  GET    unknown  302>login  404        404        404        404        404        404        404
rating_organizations  POST   own      302>login  404        400        400        400        400        400        400
rating_organizations  POST   beside   302>login  404        404        404        400        400        400        400
rating_history        GET    own      302>login  404        200        200        200        200        200        200
rating_history        GET    below    302>login  404        200        200        200        200        200        200
rating_history        GET    beside   302>login  404        404        404        200        200        200        200
rating_history        GET    above    302>login  404        404        404        200        200        200        200
rating_history        GET    unknown  302>login  404        404        404        404        404        404        404
rating_correction     GET    own      302>login  404        403        403        200        403        403        403
rating_correction     GET    below    302>login  404        403        403        200        403        403        403
rating_correction     GET    beside   302>login  404        404        404        200        403        403        403
rating_correction     GET    above    302>login  404        404        404        200        403        403        403
rating_correction     GET    unknown  302>login  404        404        404        404        404        404        404
rating_correction     POST   own      302>login  404        403        403        400        403        403        403
balance               GET    own      302>login  404        200        200        200        200        200        200
balance               GET    below    302>login  404        200        200        200        200        200        200
balance               GET    beside   302>login  404        404        404        200        200        200        200
balance               GET    above    302>login  404        404        404        200        200        200        200
balance               GET    unknown  302>login  404        404        404        404        404        404        404
tree                  GET    own      302>login  404        200        200        200        200        200        200
tree                  GET    below    302>login  404        200        200        200        200        200        200
tree                  GET    beside   302>login  404        404        404        200        200        200        200
tree                  GET    above    302>login  404        404        404        200        200        200        200
tree                  GET    unknown  302>login  404        404        404        404        404        404        404
tree                  POST   own      302>login  405        405        405        405        405        405        405
reorganize            GET    own      302>login  404        403        403        200        403        403        403
reorganize            GET    below    302>login  404        403        403        200        403        403        403
reorganize            GET    beside   302>login  404        404        404        200        403        403        403
reorganize            GET    above    302>login  404        404        404        200        403        403        403
reorganize            GET    unknown  302>login  404        404        404        404        404        404        404
reorganize            POST   own      302>login  405        405        405        405        405        405        405
reorganize_act        GET    own      302>login  404        403        403        200        403        403        403
reorganize_act        GET    below    302>login  404        403        403        200        403        403        403
reorganize_act        GET    beside   302>login  404        404        404        200        403        403        403
reorganize_act        GET    above    302>login  404        404        404        200        403        403        403
reorganize_act        GET    unknown  302>login  404        404        404        404        404        404        404
reorganize_act        POST   own      302>login  404        403        403        400        403        403        403
reorganize_act        POST   beside   302>login  404        404        404        400        403        403        403
reorganize_undo       GET    own      302>login  404        403        403        200        403        403        403
reorganize_undo       GET    below    302>login  404        403        403        200        403        403        403
reorganize_undo       GET    beside   302>login  404        404        404        200        403        403        403
reorganize_undo       GET    above    302>login  404        404        404        200        403        403        403
reorganize_undo       GET    unknown  302>login  404        404        404        404        404        404        404
reorganize_undo       POST   own      302>login  404        403        403        400        403        403        403
reorganize_undo       POST   beside   302>login  404        404        404        400        403        403        403
approve_size          GET    own      302>login  404        403        403        404        403        403        403
approve_size          GET    below    302>login  404        403        403        200        403        403        403
approve_size          GET    beside   302>login  404        404        404        200        403        403        403
approve_size          GET    above    302>login  404        404        404        404        403        403        403
approve_size          GET    unknown  302>login  404        404        404        404        404        404        404
approve_size          POST   own      302>login  404        403        403        404        403        403        403
approve_size          POST   beside   302>login  404        404        404        400        403        403        403
member                GET    own      302>login  404        200        200        200        200        200        200
member                GET    beside   302>login  404        404        404        200        200        200        200
member                GET    unknown  302>login  404        404        404        404        404        404        404
member_ratings        GET    own      302>login  404        200        200        200        200        200        200
member_ratings        GET    beside   302>login  404        404        404        200        200        200        200
member_ratings        GET    unknown  302>login  404        404        404        404        404        404        404
errand                GET    own      302>login  404        403        200        200        403        403        403
errand                GET    beside   302>login  404        404        404        200        403        403        403
errand                GET    unknown  302>login  404        404        404        404        404        404        404
errand                POST   own      302>login  404        403        400        400        403        403        403
errand                POST   beside   302>login  404        404        404        400        403        403        403
take_back             GET    own      302>login  404        403        403        200        403        403        403
take_back             GET    beside   302>login  404        404        404        200        403        403        403
take_back             GET    unknown  302>login  404        404        404        404        404        404        404
take_back             POST   own      302>login  404        403        403        400        403        403        403
probation             GET    own      302>login  404        200        200        200        200        200        200
probation             GET    below    302>login  404        200        200        200        200        200        200
probation             GET    beside   302>login  404        404        404        200        200        200        200
probation             GET    above    302>login  404        404        404        200        200        200        200
probation             GET    unknown  302>login  404        404        404        404        404        404        404
probation             POST   own      302>login  404        403        403        400        403        403        403
probation             POST   beside   302>login  404        404        404        400        403        403        403
offers                GET    own      302>login  404        200        200        200        200        200        200
offers                GET    below    302>login  404        200        200        200        200        200        200
offers                GET    beside   302>login  404        404        404        200        200        200        200
offers                GET    above    302>login  404        404        404        200        200        200        200
offers                GET    unknown  302>login  404        404        404        404        404        404        404
offers                POST   own      302>login  404        404        404        404        404        404        404
offers                POST   beside   302>login  404        404        404        404        404        404        404
candidates            GET    own      302>login  404        200        200        200        200        200        200
candidates            GET    below    302>login  404        200        200        200        200        200        200
candidates            GET    beside   302>login  404        404        404        200        200        200        200
candidates            GET    above    302>login  404        404        404        200        200        200        200
candidates            GET    unknown  302>login  404        404        404        404        404        404        404
candidates            POST   own      302>login  404        400        400        400        403        403        403
candidates            POST   below    302>login  404        400        400        400        403        403        403
candidates            POST   beside   302>login  404        404        404        400        403        403        403
candidates            POST   above    302>login  404        404        404        400        403        403        403
candidate             GET    own      302>login  404        200        200        200        200        200        200
candidate             GET    beside   302>login  404        404        404        200        200        200        200
candidate             GET    unknown  302>login  404        404        404        404        404        404        404
candidate             POST   own      302>login  404        400        400        400        403        403        403
candidate             POST   beside   302>login  404        404        404        400        403        403        403
badges                GET    own      302>login  404        200        200        200        200        200        200
badges                GET    below    302>login  404        200        200        200        200        200        200
badges                GET    beside   302>login  404        404        404        200        200        200        200
badges                GET    above    302>login  404        404        404        200        200        200        200
badges                GET    unknown  302>login  404        404        404        404        404        404        404
badges                POST   own      302>login  404        403        403        400        403        403        403
badges                POST   below    302>login  404        403        403        400        403        403        403
badges                POST   beside   302>login  404        404        404        400        403        403        403
forecast              GET    own      302>login  404        200        200        200        200        200        200
forecast              GET    below    302>login  404        200        200        200        200        200        200
forecast              GET    beside   302>login  404        404        404        200        200        200        200
forecast              GET    above    302>login  404        404        404        200        200        200        200
forecast              GET    unknown  302>login  404        404        404        404        404        404        404
forecast              POST   own      302>login  405        405        405        405        405        405        405
record                GET    own      302>login  404       403       200       200          403        403       403
record                GET    beside   302>login  404       404       404       200          403        403       403
record                GET    unknown  302>login  404       404       404       404          404        404       404
record                POST   own      302>login  404       403       400       400          403        403       403
record                POST   beside   302>login  404       404       404       400          403        403       403
merge_records         GET    own      302>login  404       403       200       200          403        403       403
merge_records         GET    beside   302>login  404       404       404       200          403        403       403
merge_records         GET    unknown  302>login  404       404       404       404          404        404       404
merge_records         POST   own      302>login  404       403       400       400          403        403       403
merge_records         POST   beside   302>login  404       404       404       400          403        403       403
enter                 GET    own      302>login  404       403       403       200          403        403       403
enter                 GET    below    302>login  404       403       403       200          403        403       403
enter                 GET    beside   302>login  404       404       404       200          403        403       403
enter                 GET    above    302>login  404       404       404       200          403        403       403
enter                 GET    unknown  302>login  404       404       404       404          404        404       404
enter                 POST   own      302>login  404       403       403       400          403        403       403
enter                 POST   beside   302>login  404       404       404       400          403        403       403
people_selected       GET    own      302>login  404       200       200       200          200        200       200
people_selected       GET    below    302>login  404       200       200       200          200        200       200
people_selected       GET    beside   302>login  404       404       404       200          200        200       200
people_selected       GET    above    302>login  404       404       404       200          200        200       200
people_selected       GET    unknown  302>login  404       404       404       404          404        404       404
people_selected       POST   own      302>login  404       403       400       400          403        403       403
people_selected       POST   below    302>login  404       403       400       400          403        403       403
people_selected       POST   beside   302>login  404       404       404       400          403        403       403
saved_views           GET    own      302>login  404       200       200       200          200        200       200
saved_views           GET    below    302>login  404       200       200       200          200        200       200
saved_views           GET    beside   302>login  404       404       404       200          200        200       200
saved_views           GET    above    302>login  404       404       404       200          200        200       200
saved_views           GET    unknown  302>login  404       404       404       404          404        404       404
saved_views           POST   own      302>login  404       404       404       404          404        404       404
saved_views           POST   beside   302>login  404       404       404       404          404        404       404
inspections           GET    own      302>login  404        200        200        200        200        200        200
inspections           GET    below    302>login  404        200        200        200        200        200        200
inspections           GET    beside   302>login  404        404        404        200        200        200        200
inspections           GET    above    302>login  404        404        404        200        200        200        200
inspections           GET    unknown  302>login  404        404        404        404        404        404        404
inspections           POST   own      302>login  405        405        405        405        405        405        405
inspection_list       GET    own      302>login  404        200        200        200        200        200        200
inspection_list       GET    below    302>login  404        200        200        200        200        200        200
inspection_list       GET    beside   302>login  404        404        404        200        200        200        200
inspection_list       GET    above    302>login  404        404        404        200        200        200        200
inspection_list       GET    unknown  302>login  404        404        404        404        404        404        404
inspection_list       POST   own      302>login  405        405        405        405        405        405        405
inspection_plan       GET    own      302>login  404        403        200        403        200        403        403
inspection_plan       GET    below    302>login  404        403        200        403        200        403        403
inspection_plan       GET    beside   302>login  404        404        404        403        200        403        403
inspection_plan       GET    above    302>login  404        404        404        403        200        403        403
inspection_plan       GET    unknown  302>login  404        404        404        404        404        404        404
inspection_plan       POST   own      302>login  404        403        400        403        400        403        403
inspection_plan       POST   beside   302>login  404        404        404        403        400        403        403
inspection_plan       POST   unknown  302>login  404        404        404        404        404        404        404
handover              GET    own      302>login  404        403        200        403        200        403        403
handover              GET    below    302>login  404        403        200        403        200        403        403
handover              GET    beside   302>login  404        404        404        403        200        403        403
handover              GET    above    302>login  404        404        404        403        200        403        403
handover              GET    unknown  302>login  404        404        404        404        404        404        404
handover              POST   own      302>login  404        403        400        403        400        403        403
handover              POST   beside   302>login  404        404        404        403        400        403        403
handover              POST   unknown  302>login  404        404        404        404        404        404        404
inspection            GET    own      302>login  404        200        200        200        200        200        200
inspection            GET    beside   302>login  404        404        404        200        200        200        200
inspection            GET    unknown  302>login  404        404        404        404        404        404        404
inspection            POST   own      302>login  404        403        400        403        400        403        403
inspection            POST   beside   302>login  404        404        404        403        400        403        403
inspection            POST   unknown  302>login  404        404        404        404        404        404        404
letters               GET    own      302>login  404        403        403        403        200        200        403
letters               GET    below    302>login  404        403        403        403        200        200        403
letters               GET    beside   302>login  404        404        404        403        200        200        403
letters               GET    above    302>login  404        404        404        403        200        200        403
letters               GET    unknown  302>login  404        404        404        404        404        404        404
letters               POST   own      302>login  405        405        405        405        405        405        405
letter_new            GET    own      302>login  404        403        403        403        200        403        403
letter_new            GET    below    302>login  404        403        403        403        200        403        403
letter_new            GET    beside   302>login  404        404        404        403        200        403        403
letter_new            GET    above    302>login  404        404        404        403        200        403        403
letter_new            GET    unknown  302>login  404        404        404        404        404        404        404
letter_new            POST   own      302>login  404        403        403        403        400        403        403
letter                GET    own      302>login  403        403        403        403        200        200        403
letter                GET    beside   302>login  403        403        403        403        200        200        403
letter                GET    unknown  302>login  403        403        403        403        404        404        403
letter                POST   own      302>login  403        403        403        403        400        403        403
letter                POST   unknown  302>login  403        403        403        403        404        404        403
admin:*               GET    -        302>admin:login 302>admin:login 302>admin:login 302>admin:login 302>admin:login 302>admin:login 302>admin:login 200
"""
ROWS = [line.split() for line in TABLE.strip().splitlines()[1:]]


def patterns(resolver, namespace=""):
    """(full name, pattern) of every named URL."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield namespace + (entry.name or ""), entry
        else:
            yield from patterns(entry, f"{entry.namespace}:" if entry.namespace else namespace)


def address(name, place, role):
    """`place`: one of PLACES, "-" for none, or a code of the second bloc (tests/test_access_blocs.py)."""
    code = PLACES.get(place, lambda role: place if place != "-" else "")(role)
    if name == "choose":
        return reverse(name, query={"to_chuc": code, "nam": 2017})
    if name == "admin:*":
        return reverse("admin:index")
    if name in ("member", "member_ratings", "errand", "take_back", "record", "merge_records"):
        someone = Membership.objects.filter(organization__code=MEMBER_OF.get(place)).order_by("pk").first()
        more = {"errand": ["mien"], "take_back": [someone.added_id if someone else 1]}.get(name, [])
        return reverse(name, args=[someone.member_id if someone else 10**9, *more])
    if name == "candidate":
        step = CandidateStep.objects.filter(organization__code=MEMBER_OF.get(place)).first()
        return reverse(name, args=[step.candidate_id if step else 10**9])
    args = {"indicator": [code, 2017, "DV-HTT"], "enter": [code, 2017, "ket-nap"]}.get(name, [code, 2017])
    if name in ("inspection", "letter"):
        return reverse(name, args=[{"inspection": inspected, "letter": written_of}[name](place)])
    if name == "approve_size":
        kind = "CBTT" if "-" in code else "KHOI" if code in ("K", "K2") else "DBCS"
        return reverse(name, args=[code, SizeRule.objects.get(kind=kind, official=kind != "DBCS").pk])
    if name == "reorganize":
        return reverse(name, args=[code])
    if name == "reorganize_act":
        return reverse(name, args=[code, "doi-ten"])
    if name == "reorganize_undo":
        foundings = (
            OrganizationSpell.objects.filter(organization__code=code).order_by("pk").values_list("added", flat=True)
        )
        return reverse(name, args=[code, foundings.first() or 1])
    if name.startswith("rating"):
        args = [code, (2018, None)]
    return reverse(name, args=args if code else [])


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


@pytest.fixture(scope="module")
def browsers(site):
    """{role: (a signed-in browser, its cookies)}"""
    found = {role: site.as_(*office) for role, office in OFFICES.items()}
    found |= {"anonymous": Client(), "nobody": site.as_(), "administrator": site.as_administrator()}
    return {role: (client, client.cookies.output(header="", sep=";")) for role, client in found.items()}


@pytest.fixture
def browser_of(browsers):
    """A function: the browser of a role, signed in whatever it did before."""

    def give(role):
        client, cookies = browsers[role]
        client.cookies = SimpleCookie(cookies)
        return client

    return give


def test_every_url_has_a_row():
    named = {"admin:*" if name.startswith("admin:") else name for name, _ in patterns(get_resolver())}
    assert named == {row[0] for row in ROWS}


def test_the_table_has_a_column_for_every_role():
    assert TABLE.split()[3:11] == ROLES
    assert {len(row) for row in ROWS} == {11}


def test_every_page_of_an_organization_is_asked_of_ones_own_and_of_others():
    of_organizations = {name for name, entry in patterns(get_resolver()) if "code" in entry.pattern.converters}
    for name in {*of_organizations - {n for n in of_organizations if n.startswith("admin:")}, "choose"}:
        places = {row[2] for row in ROWS if row[0] == name and row[1] == "GET"}
        assert places >= {"own", "beside", "above", "unknown"}, name


@pytest.mark.parametrize("row", ROWS, ids=lambda row: "-".join(row[:3]))
def test_each_url_and_role(browser_of, row):
    name, method, place, *answers = row
    for role, answer in zip(ROLES, answers, strict=True):
        ask = browser_of(role)
        response = getattr(ask, method.lower())(address(name, place, role))
        status, _, onward = answer.partition(">")
        assert response.status_code == int(status), role
        if onward:
            assert response.url.split("?")[0] == reverse(onward), role
        if method == "GET" and role in OFFICES:
            assert not said_of(response, SECOND, PEOPLE_OF_SECOND), role


def test_the_administration_is_shut_to_all_but_administrators(browser_of):
    urls = []
    for name, entry in patterns(get_resolver()):
        if name.startswith("admin:") and name not in {"admin:login", "admin:logout", "admin:jsi18n", "admin:"}:
            known = {"app_label": "ledger"}
            named = entry.pattern.converters.keys() | entry.pattern.regex.groupindex.keys()
            args = [] if named else ["1"] * entry.pattern.regex.groups
            urls.append(reverse(name, args=args, kwargs={key: known.get(key, "1") for key in named}))
    assert len(urls) > 50
    for role in ("anonymous", "nobody", "leader", "organization"):
        ask = browser_of(role)
        for url in urls:
            response = ask.get(url)
            assert response.status_code == 302, (role, url)
            assert response.url.split("?")[0] in (reverse("login"), reverse("admin:login")), (role, url)


@pytest.mark.parametrize("name", ["organization", "people"])
def test_pages_that_are_only_read_refuse_to_be_sent_to(browser_of, name):
    assert browser_of("leader").post(reverse(name, args=["K", 2017])).status_code == 405


def get_dttc(ask, code, year=2017):
    return ask.get(reverse("indicator", args=[code, year, "DTTC"]))


@pytest.mark.parametrize(
    ("role", "at_the_bloc", "below"),
    [
        ("secretary", 404, {"DB01-01": 404}),
        ("committee", 404, {"DB01": 404, "DB01-01": 404}),
        ("organization", 200, {"DB01": 404, "DB01-01": 404, "CB01": 404}),
        ("administrator", 200, {"DB01": 404, "DB01-01": 404, "CB01": 404}),
        ("inspection", 200, {"DB01": 200, "DB01-01": 200, "CB01": 200}),
        ("leader", 200, {"DB01": 200, "DB01-01": 200, "CB01": 200}),
    ],
)
def test_letters_page(browser_of, role, at_the_bloc, below):
    ask = browser_of(role)
    page = get_dttc(ask, "K")
    assert page.status_code == at_the_bloc
    for code, status in below.items():
        assert get_dttc(ask, code).status_code == status, code
    if at_the_bloc == 200:
        for part in ("tu-so", "mau-so", "khong-tinh"):
            text = ask.get(reverse("indicator", args=["K", 2017, "DTTC"], query={"hang": part})).content.decode()
            sees_rows = role in ("inspection", "leader")
            assert ("Đơn-" in text) == sees_rows, part
            assert ("chỉ Ủy ban Kiểm tra và lãnh đạo Đảng ủy Khối được xem" in text) != sees_rows
            assert ('id="gop"' in text) == sees_rows


@pytest.mark.parametrize("role", ROLES[2:])
def test_letters_on_dashboards(browser_of, role):
    """Neither card nor cell, nor rank, nor anything else speaks of letters below the bloc."""
    ask, sees = browser_of(role), role in ("inspection", "leader")
    for code in {"secretary": ["DB01-01"], "committee": ["DB01"]}.get(role, ["DB01", "CB01"]):
        text = ask.get(reverse("dashboard", args=[code, 2017])).content.decode()
        assert ("/DTTC/" in text) == sees, code
        # The heat map names all groups of the year at the head of its columns.
        text = re.sub(r"(?s)<thead>.*?</thead>", "", text)
        assert ("đơn thư" in text.lower()) == sees, code
    if role not in ("secretary", "committee"):
        text = ask.get(reverse("dashboard", args=["K", 2017], query={"xep": "DTTC"})).content.decode()
        assert "/K/2017/DTTC/" in text
        assert bool(re.search(r"/(?!K/)[\w-]+/2017/DTTC/", text)) == sees
        assert ("xep-sort" in text) == sees  # the ranking on letters


def test_an_office_that_ended_yesterday_gives_nothing(site):
    user = site.user("LEADER", "K", since=date(2016, 1, 1))
    assert site.signed_in(user).get(reverse("dashboard", args=["K", 2017])).status_code == 200
    # An act dated D takes effect at the start of D: who is relieved today held the office until yesterday.
    site.dismiss(user, TODAY)
    ask = site.signed_in(User.objects.get(pk=user.pk))
    first = ask.get(reverse("home"))
    assert first.status_code == 200
    assert "Chưa được phân công" in first.content.decode()
    for year in (2016, 2017, 2018):
        for name in ("dashboard", "organization", "people", "targets"):
            assert ask.get(reverse(name, args=["K", year])).status_code == 404


def test_an_account_switched_off_is_signed_out(site):
    user = site.user("LEADER", "K")
    ask = site.signed_in(user)
    user.is_active = False
    user.save()
    assert ask.get(reverse("home")).url.startswith(reverse("login"))


@pytest.mark.parametrize("name", ["dashboard", "organization", "people", "targets"])
def test_a_past_year_follows_its_own_tree(site, name):
    """DB03-02 went from DB03 to DB02 on 01/03/2017; each committee sees it for the years it ended below it."""
    years = {"DB03": [2015, 2016], "DB02": [2017, 2018]}
    for committee, own in years.items():
        ask = site.as_("COMMITTEE", committee)
        seen = [y for y in range(2015, 2019) if ask.get(reverse(name, args=["DB03-02", y])).status_code == 200]
        assert seen == own, committee
    ask = site.as_("SECRETARY", "DB03-02")
    assert [ask.get(reverse(name, args=["DB03-02", y])).status_code for y in range(2014, 2019)] == [404] + [200] * 4


def test_a_link_to_above_is_not_shown_to_who_may_not_open_it(site):
    text = site.as_("COMMITTEE", "DB01").get(reverse("dashboard", args=["DB01-01", 2017])).content.decode()
    assert "/DB01/2017/" in text
    assert "/K/2017/" not in text
    text = site.as_("SECRETARY", "DB01-01").get(reverse("dashboard", args=["DB01-01", 2017])).content.decode()
    assert set(re.findall(r"/(?:to-chuc|dang-vien|chi-tieu)/([\w-]+)/\d{4}/", text)) == {"DB01-01"}


def test_every_link_on_a_dashboard_opens(site):
    """No link leads nowhere: what a role is shown it may open."""
    for role, code in (("COMMITTEE", "DB02"), ("SECRETARY", "CB01")):
        ask = site.as_(role, code)
        text = ask.get(reverse("dashboard", args=[code, 2017])).content.decode()
        links = {x.split("#")[0] for x in re.findall(r'href="(/(?:to-chuc|dang-vien|chi-tieu)/[^"]+)"', text)}
        assert len(links) > 10
        assert {url: status for url in links if (status := ask.get(url).status_code) != 200} == {}


def test_offices_count_from_their_first_day(site):
    assert site.as_("LEADER", "K", since=TODAY).get(reverse("home")).status_code == 302
    later = site.user("LEADER", "K", since=TODAY - timedelta(days=1))
    assert site.signed_in(later).get(reverse("dashboard", args=["K", 2017])).status_code == 200
