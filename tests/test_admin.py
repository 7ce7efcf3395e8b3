"""The administration speaks Vietnamese, keeps its history and cannot go round a verb."""

import re
from datetime import date

import pytest
from django.contrib import admin
from django.test import RequestFactory
from django.urls import reverse

from indicators.models import Indicator, Target, TargetGroup
from inspections.models import Inspection, InspectionSubject
from ledger.models import Change, Document, User
from members.models import EthnicGroup, Membership, Post, Religion, Status
from organizations.access import office_of
from organizations.models import Appointment, Succession
from ratings.models import Cap, Level, Period, Reason, Scheme, Sheet
from tests.world import START, TODAY

MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)
ADDED_HERE = {User, Appointment, Scheme, Level, Reason, Cap, EthnicGroup, Religion}
CHANGED_HERE = ADDED_HERE - {Appointment}
ENGLISH = set(
    """
    account action active add added address all and any apply available cancel change changed changes choose chosen
    clear close comment content counts created date default delete deleted disable disabled email enable enabled enter
    error errors filter forgotten from go hide historical history home invalid link light dark auto log login logout main
    model name navigation no none object objects of password permission please press remove required reset revert run
    save search select selected show sidebar site skip staff status submit superuser theme this time today toggle user
    username view welcome will with yes
    """.split()
) - {"theme"}  # "theo", "thêm" are Vietnamese; "theme" itself stands in a class name that is stripped below
ENGLISH.add("theme")
SAME_IN_VIETNAMESE = {"no", "go"}  # syllables of names: "no", "gò" without its tone
SPOKEN = re.compile(r'\s(?:title|aria-label|placeholder|alt|value)="([^"]*)"')


def url(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def words(response):
    """What a reader sees or hears of a page, in lower case."""
    html = re.sub(r"(?s)<script.*?</script>|<!--.*?-->", " ", response.content.decode())
    html = re.sub(r'<option[^>]*value="[^"]*"|<input[^>]*type="(?:hidden|radio|checkbox)"[^>]*>', "<option", html)
    text = " ".join([*SPOKEN.findall(html), re.sub(r"<[^>]*>", " ", html)])
    return set(re.findall(r"[^\W\d_]+", text.lower()))
