"""What is registered in the administration, the addresses of its pages, and what a reader sees or hears of them."""

import re

from django.contrib import admin
from django.urls import reverse

from imports.models import ImportLimits, KnownHeading, OtherSpelling
from indicators.models import Indicator, TargetGroup
from inspections.models import Result
from ledger.models import DayLimits, HelpDesk, Installation, OneTimePasswords, User
from members.models import AwardDay, BadgeLevel, ConsentRule, EthnicGroup, Religion
from organizations.models import Appointment, SizeRule
from ratings.models import Calendar, Cap, Level, Reason, Rule, Scheme

MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)
CATALOGUES = {
    User,
    Scheme,
    Level,
    Reason,
    Cap,
    Rule,
    Calendar,
    EthnicGroup,
    Religion,
    Result,
    BadgeLevel,
    AwardDay,
    SizeRule,
    TargetGroup,
    Indicator,
    KnownHeading,
    OtherSpelling,
}
CHANGED_HERE = CATALOGUES | {Installation, DayLimits, HelpDesk, OneTimePasswords, ImportLimits, ConsentRule}
ADDED_HERE = CATALOGUES | {Appointment}
PASSWORD = "mot-cau-dai-kho-doan"
ENGLISH = set(
    """
    account action active add added address administration algorithm all and any apply available between cancel change
    changed changes character characters choose chosen clear close comment contain contains content counts created
    current date default delete deleted digits disable disabled email empty enable enabled enter error errors exists
    field fields filter forgotten from hash hide historical history home invalid item items last ledger left letters light lost link
    login logout main memory model more must name navigation none object objects of only option password permission
    permissions please press ratings raw remove required reset results revert run salt save search select selected show
    sidebar site skip sorting staff status stored submit superuser theme this time today toggle user username
    users variety version view welcome will with year yes you your
    """.split()
)
SPOKEN = re.compile(r'\s(?:title|aria-label|placeholder|alt|value)="([^"]*)"')
UNSEEN = re.compile(r'(?s)<script.*?</script>|<!--.*?-->|<input[^>]*type="(?:hidden|radio|checkbox)"[^>]*>')


def url(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def text(response):
    """What a reader sees or hears of a page."""
    html = re.sub(r'<option[^>]*value="[^"]*"', "<option", UNSEEN.sub(" ", response.content.decode()))
    return " ".join([*SPOKEN.findall(html), re.sub(r"<[^>]*>", " ", html)])


UNNAMED = re.compile(r"\b\w+ object \(\d+\)|\bEnter\b")  # and what stands on a key


def english(response):
    return ENGLISH & set(re.findall(r"[^\W\d_]+", UNNAMED.sub("", text(response)).lower()))
