"""Static files in production: hashed names, those in the imports of modules too, and the styles as one file."""

import re

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

STYLESHEET = "css/site.css"
MODULE = r'(?P<matched>(?P<how>from|import) "(?P<url>\.{1,2}/[\w./-]+\.js)";)'
IMPORT = re.compile(r'^@import "([\w/-]+\.css)";\n', re.MULTILINE)


class JoinedStylesheet:
    """In the place of the storage that holds `STYLESHEET`: the text of each file stands where it is imported."""

    def __init__(self, storage):
        self.storage = storage

    def open(self, path):
        folder = path.rpartition("/")[0]
        text = IMPORT.sub(lambda found: self._text(f"{folder}/{found[1]}"), self._text(path))
        return ContentFile(text.encode())

    def _text(self, path):
        with self.storage.open(path) as file:
            return file.read().decode()


class SiteStaticFilesStorage(CompressedManifestStaticFilesStorage):
    # Of the site's own modules alone: Django's patterns for all files take a comment in another's for an import.
    patterns = (*CompressedManifestStaticFilesStorage.patterns, ("js/*.js", ((MODULE, '%(how)s "%(url)s";'),)))

    def post_process(self, paths, *args, **kwargs):
        storage, path = paths[STYLESHEET]
        yield from super().post_process(paths | {STYLESHEET: (JoinedStylesheet(storage), path)}, *args, **kwargs)
