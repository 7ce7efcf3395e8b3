"""How tests open the list of members and read it."""

import re
from html import unescape

from django.urls import reverse

from tests.hand import signed_in_as


def browser(world, role="ORGANIZATION", code="K"):
    return signed_in_as(world.user(role, code))


def text(response):
    return response.content.decode()


def url(code="K", year=2018, name="people"):
    return reverse(name, args=[code, year])


def names(response):
    return [unescape(name) for name in re.findall(r'href="/dang-vien/ho-so/\d+/">([^<]+)</a>', text(response))]


def selected(client, code="K", **query):
    return client.get(url(code, name="people_selected"), query)
