"""What one reader is told of the self-check: every finding of their own bloc, a count of those that are others' to mend."""

from dataclasses import dataclass, replace

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import resolve

from inspections.visibility import inspection_for, letter_for
from ledger import clock
from ledger.soundness import outcomes
from members.visibility import sight
from organizations import access, lineage

PAGES = {"member": sight, "inspection": inspection_for, "letter": letter_for}


@dataclass(frozen=True)
class ReadersFindings:
    """`outcomes`: those of the self-check with the findings that may be told; `elsewhere`: how many more there are."""

    outcomes: list
    elsewhere: int

    @property
    def right(self):
        return sum(outcome.sound for outcome in self.outcomes)

    @property
    def wrong(self):
        return sum(outcome.wrong for outcome in self.outcomes)


def found(user):
    """The Found of `user`; who looks after every bloc there is, is told all."""
    run = outcomes()
    if access.office_of(user).is_administrator or _looks_after_all(user):
        return ReadersFindings(run, 0)
    told = [replace(o, findings=tuple(f for f in o.findings if f.url and _opens(user, f.url))) for o in run]
    kept = [(before, after) for before, after in zip(run, told, strict=True) if before.sound or not after.sound]
    elsewhere = sum(before.wrong - after.wrong for before, after in zip(run, told, strict=True))
    return ReadersFindings([after for _, after in kept], elsewhere)


def _looks_after_all(user):
    day = clock.today()
    blocs = lineage.blocs(day).order_by().values("organization")
    return not blocs.exclude(organization__in=access.visible_to(user, day).values("pk")).exists()


def _opens(user, url):
    """Whether the page of a finding opens for the user."""
    match = resolve(url)
    try:
        if match.url_name in PAGES:
            PAGES[match.url_name](user, match.kwargs["pk"])
        elif "code" in match.kwargs:
            access.get_for(user, match.kwargs["code"], clock.today())
        else:
            return False  # a page of the administration
    except (Http404, PermissionDenied):
        return False
    return True
