"""Where static files and templates are found, beside the places that Django knows."""

import re
from pathlib import Path

import plotly
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage
from django.template.loaders import filesystem

NAME = "plotly.min.js"
FOLDER = Path(plotly.__file__).parent / "package_data"
INDENTATION = re.compile(r"\n[ \t]+")


class PlotlyFinder(BaseFinder):
    """Serves plotly.min.js out of the installed plotly package, and nothing else of it."""

    def check(self, **kwargs):
        return []

    def find(self, path, find_all=False, **kwargs):
        paths = [str(FOLDER / NAME)] if path == NAME else []
        return paths if find_all or not paths else paths[0]

    def list(self, ignore_patterns):
        yield NAME, FileSystemStorage(location=FOLDER)


class Unindented(filesystem.Loader):
    """Templates without the indentation that is for those who write them: half of the bytes of a page of large tables.

    Line breaks stay, so that nothing moves on a screen and errors name the line of the file.
    """

    def get_contents(self, origin):
        contents = super().get_contents(origin)
        return INDENTATION.sub("\n", contents) if origin.name.endswith(".html") else contents
