from functools import partial

from indicators.years import known_years
from ledger import clock
from organizations.access import office_of
from ratings.tasks.tasks import count_owed

from .help.choices import choices_of


def site(request):
    """What every page carries: the day, whether this is a demonstration, the office held, the years there are.

    `owes_ratings`: how many tasks the user owes; asked only by a page that shows it. Read once for a request, however many
    templates it renders.
    """
    if not hasattr(request, "site_context"):
        request.site_context = _site(request)
    return request.site_context


def _site(request):
    context = {"demo": clock.is_demo(), "today": clock.today(), "this_browser": choices_of(request)}
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        office = office_of(user)
        years = known_years(None if office.is_administrator else office.inherited)
        context |= {"office": office, "known_years": [y for y in years if y <= context["today"].year]}
        context["owes_ratings"] = partial(count_owed, user)
    return context
