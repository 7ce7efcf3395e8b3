from http.cookies import SimpleCookie

import pytest
from django.test import Client

from tests.access.rows import OFFICES
from tests.second_bloc import two_blocs

site = pytest.fixture(scope="module")(two_blocs)


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
