"""The list of screens is whole; two sets are told apart by what a reader would see, and by nothing else."""

import re

from django.urls import resolve
from PIL import Image

from tests.access.rows import ROWS

from .compare import compare, difference
from .pages import normal_form
from .screens import every


def named(path):
    found = resolve(re.sub(r"\{\w+\}", "1", path).split("?")[0])
    return "admin:*" if found.namespace == "admin" else found.url_name


NO_SCREENS = {"healthz", "import_template", "import_example", "import_examples_together"}  # what they answer is no page


def test_every_page_that_opens_has_a_screen():
    opened = {row[0] for row in ROWS if row[1] == "GET" and "200" in row[3:]} - NO_SCREENS
    assert opened <= {named(screen.path) for screen in every() if screen.status == 200}


def test_each_screen_has_a_place_of_its_own():
    names = [screen.name for screen in every()]
    assert len(names) == len(set(names))


def test_white_space_that_no_reader_sees_makes_no_difference():
    close = '<ul class="a b"><li><input type="hidden" name="c"><a href="/x">Một</a> <b>hai</b></li><li><button>Ghi</button></li></ul>'
    wide = '<ul\n class="a\n  b">\n <li>\n <input type="hidden" name="c"> <a href="/x">Một</a>\n<b>hai</b>\n</li>\n <li><button>\n Ghi </button> </li></ul>\n'
    assert normal_form(close) == normal_form(wide)


def test_white_space_that_a_reader_sees_makes_a_difference():
    for first, second in [
        ("<p>a<b>b</b></p>", "<p>a <b>b</b></p>"),
        ("<p><a>a</a><a>b</a></p>", "<p><a>a</a> <a>b</a></p>"),
        ("<p>a<button>b</button></p>", "<p>a <button>b</button></p>"),
        ("<textarea>a\nb</textarea>", "<textarea>a b</textarea>"),
        ("<p>a&nbsp;b</p>", "<p>a b</p>"),
    ]:
        assert normal_form(first) != normal_form(second), first


def test_a_word_an_attribute_and_an_element_make_a_difference():
    page = normal_form('<p class="say">Một <b>hai</b></p>')
    for other in (
        '<p class="say">Một <b>ba</b></p>',
        '<p class="why">Một <b>hai</b></p>',
        '<p class="say">Một hai</p>',
    ):
        assert normal_form(other) != page


def test_what_is_signed_for_one_answer_is_left_out():
    field = '<form><input type="hidden" name="csrfmiddlewaretoken" value="{}"></form>'
    assert normal_form(field.format("abc")) == normal_form(field.format("def"))


def test_pictures_are_compared_pixel_by_pixel():
    first = Image.new("RGB", (10, 10), "white")
    second = first.copy()
    assert difference(first, second)[0] == 0
    second.putpixel((3, 4), (255, 255, 254))
    share, marked = difference(first, second)
    assert share == 0.01
    assert [marked.getpixel(at) for at in ((3, 4), (0, 0))] == [(214, 0, 60), (255, 255, 255)]


def test_a_longer_page_differs_by_what_was_added():
    assert difference(Image.new("RGB", (10, 10), "white"), Image.new("RGB", (10, 20), "white"))[0] == 0.5


def test_two_sets_are_compared_by_name(tmp_path):
    for side, colour, words in (("before", "white", "một"), ("after", "black", "hai")):
        place = tmp_path / side
        place.mkdir()
        Image.new("RGB", (2, 2), "white").save(place / "same.png")
        Image.new("RGB", (2, 2), colour).save(place / "other.png")
        (place / "page.txt").write_text(words)
        (place / f"{side}.txt").write_text("")
    told = compare(tmp_path / "before", tmp_path / "after", tmp_path / "differences")
    assert [line.split("\n")[0] for line in told] == [
        "after.txt: chỉ có sau",
        "before.txt: chỉ có trước",
        "other.png: 100,000% điểm ảnh khác",
        "page.txt: chữ hoặc cấu trúc khác",
    ]
    assert [path.name for path in (tmp_path / "differences").iterdir()] == ["other.png"]
