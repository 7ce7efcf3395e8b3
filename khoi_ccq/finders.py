"""Where templates are found, beside the places that Django knows."""

import re

from django.template.loaders import filesystem

INDENTATION = re.compile(r"\n[ \t]+")


class Unindented(filesystem.Loader):
    """Templates without the indentation that is for those who write them: half of the bytes of a page of large tables.

    Line breaks stay, so that nothing moves on a screen and errors name the line of the file.
    """

    def get_contents(self, origin):
        contents = super().get_contents(origin)
        return INDENTATION.sub("\n", contents) if origin.name.endswith(".html") else contents
