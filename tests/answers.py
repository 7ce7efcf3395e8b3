"""What every answer of the site must be, whichever test asked for it: held by the test client itself."""

import re
from functools import wraps
from urllib.parse import parse_qsl

from ledger.verbs import KNOWN

from .field_names import FIELD, strange
from .white_space import collapsed

# How Python prints an object that has no words of its own: <members.errands.Errand object at 0x7f…>, functions, bound
# methods, generators, lazy proxies; escaped or not.
PRINTED = re.compile(r"\bat 0x[0-9a-f]{6,}|(?:<|&lt;)[\w. ]*\bobject\b(?! at\b)[\w. ]*(?:>|&gt;)|__proxy__")
# What may be the code of a verb, where a reader sees it: its words are what is shown.
CODE = re.compile(r"(?<=[>\s“])[a-z]+\.[a-z_]+(?=[<\s”,;:.])")


def faults(response):
    """Sentences; none for an answer as it must be. `response` is the test client's, with the `request` it answers."""
    found = []
    to_https = response.status_code == 301  # says nothing but the address that was asked for
    if not to_https and "no-store" not in response.headers.get("Cache-Control", ""):
        found.append("a browser may keep it: no Cache-Control: no-store")
    if not response.streaming and response.headers.get("Content-Type", "").startswith(("text/", "application/json")):
        text = response.content.decode()
        found += [f"a Python object is printed: {m[0]}" for m in PRINTED.finditer(text)]
        found += [f"the code of a verb is shown: {m[0]}" for m in CODE.finditer(text) if m[0] in KNOWN]
        if names := strange(_own_fields(response.request, text)):
            found.append(f"fields with names that are no Vietnamese: {names}")
    return found


def _own_fields(request, text):
    """Names of the fields on a page that was opened: what was sent comes back under the names it came by."""
    if request["REQUEST_METHOD"] != "GET" or request["PATH_INFO"].startswith("/quan-tri/"):
        return set()
    return set(FIELD.findall(text)) - {name for name, _ in parse_qsl(request.get("QUERY_STRING", ""))}


def checked(request):
    """`request` of the test client; fails on an answer with faults. Static files are not the site's own answers.

    A page is handed on as it is read: without the white space that its templates' layout leaves.
    """

    @wraps(request)
    def ask(client, **environ):
        response = request(client, **environ)
        path = response.request["PATH_INFO"]
        assert path.startswith("/static/") or not faults(response), (path, faults(response))
        if not response.streaming and response.headers.get("Content-Type", "").startswith("text/html"):
            response.content = collapsed(response.content.decode()).encode()
        return response

    return ask
