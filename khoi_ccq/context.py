from ledger import clock


def site(request):
    """What every page carries: the day, and whether this is a demonstration."""
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return {"demo": clock.is_demo(), "today": clock.today()}
    from organizations.access import home_of, office_of

    return {"demo": clock.is_demo(), "today": clock.today(), "office": office_of(request.user), "home": home_of}
