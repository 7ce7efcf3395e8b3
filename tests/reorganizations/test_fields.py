"""A place typed or picked; a select drawn by hand."""

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.test.html import parse_html

from reorganizations.fields import LEAVE, OUT, QuickSelect, SuggestedPlaceField

PLACES = {
    "DB01-01": "Chi bộ Văn phòng, Đảng bộ Sở Y tế",
    "DB02-01": "Chi bộ Văn phòng, Đảng bộ Sở Xây dựng",
    OUT: LEAVE,
}


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("", ""),
        ("db01-01", "DB01-01"),
        (" DB02-01 ", "DB02-01"),
        ("DB01-01 · Chi bộ Văn phòng, Đảng bộ Sở Y tế", "DB01-01"),
        ("chi bo van phong, dang bo so xay dung", "DB02-01"),
        ("chuyen di dang bo khac", OUT),
    ],
)
def test_a_place_is_found_by_its_code_its_name_or_the_line_suggested(typed, key):
    assert SuggestedPlaceField(PLACES).clean(typed) == key


@pytest.mark.parametrize("typed", ["Chi bộ Văn phòng", "DB09", "ra khỏi đây"])
def test_what_names_none_or_several_is_told(typed):
    with pytest.raises(ValidationError, match="Không có nơi nào là “"):
        SuggestedPlaceField(PLACES).clean(typed)


@pytest.mark.parametrize("value", [None, "", "a", "c", "khác"])
def test_the_quick_select_is_the_select_of_django(value):
    choices = [("", "– hãy chọn –"), ("a", "A & <B>"), ("nhóm “1”", [("b", "Bê"), ("c", "Xê")])]

    def drawn(widget):
        html = widget(choices=choices, attrs={"class": "x"}).render("noi", value, {"id": "id_noi", "required": True})
        return parse_html(html)

    assert drawn(QuickSelect) == drawn(forms.Select)
