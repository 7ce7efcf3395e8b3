"""Serves plotly.min.js out of the installed plotly package, and nothing else of it."""

from pathlib import Path

import plotly
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

NAME = "plotly.min.js"
FOLDER = Path(plotly.__file__).parent / "package_data"


class PlotlyFinder(BaseFinder):
    def check(self, **kwargs):
        return []

    def find(self, path, find_all=False, **kwargs):
        found = [str(FOLDER / NAME)] if path == NAME else []
        return found if find_all or not found else found[0]

    def list(self, ignore_patterns):
        yield NAME, FileSystemStorage(location=FOLDER)
