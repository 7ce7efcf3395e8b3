"""A visitor without a browser: opens pages, fills in the forms they hold and presses their buttons, nothing else."""

import re
from html.parser import HTMLParser

from django.test import Client


class _Forms(HTMLParser):
    """Every form of a page: {"action", "fields": [(name, value)], "boxes": [(name, value)], "buttons": [(name, value)]}."""

    def __init__(self, text):
        super().__init__()
        self.forms, self.by_id, self.inside, self.select, self.area = [], {}, None, None, None
        self.feed(text)

    def _form(self, attributes):
        return self.by_id.get(attributes["form"]) if "form" in attributes else self.inside

    def handle_starttag(self, tag, pairs):
        attributes = dict(pairs)
        name, value = attributes.get("name"), attributes.get("value") or ""
        if tag == "form":
            self.inside = {"action": attributes.get("action", ""), "fields": [], "boxes": [], "buttons": []}
            self.forms.append(self.inside)
            if "id" in attributes:
                self.by_id[attributes["id"]] = self.inside
        form = self._form(attributes)
        if form is None or not name and tag != "option":
            return
        if tag == "button":
            form["buttons"].append((name, value))
        elif tag == "input" and attributes.get("type") in ("checkbox", "radio"):
            form["boxes"].append((name, value or "on"))
            if "checked" in attributes:
                form["fields"].append((name, value or "on"))
        elif tag == "input":
            form["fields"].append((name, value))
        elif tag == "select":
            self.select = (form, name, len(form["fields"]))
        elif tag == "textarea":
            self.area = (form, name, [])
        elif tag == "option" and self.select:
            form, name, place = self.select
            if "selected" in attributes or len(form["fields"]) == place:
                del form["fields"][place:]
                form["fields"].append((name, value))

    def handle_endtag(self, tag):
        if tag == "form":
            self.inside = None
        elif tag == "select":
            self.select = None
        elif tag == "textarea" and self.area:
            form, name, parts = self.area
            form["fields"].append((name, "".join(parts)))
            self.area = None

    def handle_data(self, data):
        if self.area:
            self.area[2].append(data)


def forms_of(text):
    """The forms of a page, as `_Forms` tells them."""
    return _Forms(text).forms


def _errands(form):
    return [value for _, value in form["buttons"]] + [value for name, value in form["fields"] if name == "viec"]


def signed_in_as(user, **options):
    """A browser in which `user` has signed in; `options`: of Client. It knows its `user`."""
    client = Client(**options)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.user = user
    return client


class Hand:
    """`page`: the last answer. What is pressed must stand on the page."""

    def __init__(self, user):
        self.client = signed_in_as(user)

    def open(self, path):
        self.path, self.page = path, self.client.get(path, follow=True)
        assert self.page.status_code == 200, (path, self.page.status_code)
        return self

    @property
    def text(self):
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", self.page.content.decode()))

    def forms(self):
        return forms_of(self.page.content.decode())

    def press(self, button, *, tick=(), refused=False, **typed):
        """Presses the button whose value, or whose form's hidden `viec`, is `button`; None: the last form of the page.

        `tick`: names of boxes of which all are ticked. `typed`: {field: text}. `refused`: whether the page must say no
        (None: either). Afterwards `page` is what came.
        """
        self.page = self.client.post(*self.filled(button, tick=tick, **typed), follow=True)
        assert refused in (None, self.page.status_code >= 400), (self.page.status_code, self.text[:3000])
        return self

    def filled(self, button, *, tick=(), **typed):
        """What pressing the button would send: the address and {field: [text]}."""
        forms = self.forms()
        found = forms[-1] if button is None else next(f for f in forms if button in _errands(f))
        data = {}
        for name, value in found["fields"]:
            data.setdefault(name, []).append(value)
        for name, value in found["boxes"]:
            if name in tick:
                data.setdefault(name, []).append(value)
        data |= {name: [value] for name, value in typed.items()}
        data |= {name: [value] for name, value in found["buttons"] if button is not None and value == button}
        return found["action"] or self.page.request["PATH_INFO"], data
