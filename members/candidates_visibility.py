"""Whose candidates a user may open: a rule of where they are, as for members (visibility.py)."""

from collections import defaultdict

from ledger import clock
from organizations.access import office_of
from organizations.frame import reached

from .standing_candidates import known_of


def year_of(known):
    """The year whose page opens onto the candidate: this one, or that in which they left the pipeline."""
    return clock.today().year if known.waits else known.last.on.year


def open_candidates(user, pks):
    """Ids of those candidates of `pks` whose page the user may open. A query for each year they stand in."""
    places = defaultdict(dict)
    for pk, known in known_of(sorted(set(pks))).items():
        places[year_of(known)][pk] = known.last.organization_id
    open_ids = set()
    for year, cells in places.items():
        reach = reached(user, set(cells.values()), clock.last_day(year))
        open_ids |= {pk for pk, cell in cells.items() if cell in reach}
    return open_ids


def candidates_open_to_writer(user, pks):
    """As `open_candidates`; whoever writes without an office, by a command, is asked about all."""
    return open_candidates(user, pks) if pks and office_of(user).appointments else set(pks)
