"""What collectstatic makes of static/: one stylesheet, and modules that find each other by their hashed names."""

import re
import shutil
from pathlib import Path
from tempfile import mkdtemp

import pytest
from django.core.files.storage import FileSystemStorage

from khoi_ccq.static_storage import SiteStaticFilesStorage
from tests.stylesheets import declared, imported
from tests.test_house import ROOT

STATIC = ROOT / "static"


@pytest.fixture
def collect(tmp_path):
    """A function: static/ with the texts added or put in place of its files, {"js/a.js": text}, is collected.

    Returns the folder and {name: hashed name}.
    """

    def collected(texts=()):
        folder = Path(mkdtemp(dir=tmp_path))
        source, target = folder / "source", folder / "target"
        shutil.copytree(STATIC, source)
        for name, text in dict(texts).items():
            (source / name).write_text(text)
        shutil.copytree(source, target)
        storage, theirs = SiteStaticFilesStorage(location=target, base_url="/static/"), FileSystemStorage(source)
        names = {path.relative_to(source).as_posix() for path in source.rglob("*") if path.is_file()}
        hashed = {}
        for name, hashed_name, processed in storage.post_process({name: (theirs, name) for name in names}):
            if isinstance(processed, Exception):
                raise processed
            if name in names:
                hashed.setdefault(name, hashed_name)  # afterwards come the names of what was compressed
        return target, hashed

    return collected


def test_the_styles_are_one_file_that_says_what_its_files_say(collect):
    target, hashed = collect()
    text = (target / hashed["css/site.css"]).read_text()
    joined = [one._replace(line=0, rule=()) for one in declared(text)]
    apart = [one for file in imported() for one in declared((STATIC / "css" / file).read_text())]
    assert joined == [one._replace(line=0, rule=()) for one in apart]
    assert "@import" not in text


def test_another_text_of_a_component_gives_the_styles_another_name(collect):
    names = {collect({"css/chip.css": f".chip {{ margin: {i}px }}"})[1]["css/site.css"] for i in (1, 2)}
    assert len(names) == 2


def test_modules_import_each_other_by_their_hashed_names(collect):
    target, hashed = collect(
        {
            "js/first.js": 'import { words } from "./second.js";\nimport "./third.js";\nwords();\n',
            "js/second.js": 'import {\n  more,\n} from "./third.js";\nexport const words = more;\n',
            "js/third.js": "export const more = () => 1;\n",
        }
    )
    first = (target / hashed["js/first.js"]).read_text()
    assert re.findall(r'"\./(.*?)"', first) == [
        hashed[f"js/{name}.js"].removeprefix("js/") for name in ("second", "third")
    ]
    for name, hashed_name in hashed.items():
        if name.startswith("js/"):
            for url in re.findall(r'(?:from|import) "(.*?)";', (target / hashed_name).read_text()):
                assert (target / hashed_name).parent.joinpath(url).resolve().is_file(), (name, url)
                assert re.search(r"\.[0-9a-f]{12}\.js$", url), (name, url)


def test_an_import_of_what_is_not_there_is_refused(collect):
    with pytest.raises(ValueError, match="js/nowhere.js"):
        collect({"js/first.js": 'import { words } from "./nowhere.js";\nwords();\n'})
