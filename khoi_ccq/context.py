from indicators.queries import known_years
from ledger import clock
from organizations.access import office_of


def site(request):
    """What every page carries: the day, whether this is a demonstration, the office held, the years there are."""
    found = {"demo": clock.is_demo(), "today": clock.today()}
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        found |= {"office": office_of(user), "known_years": [y for y in known_years() if y <= found["today"].year]}
    return found
