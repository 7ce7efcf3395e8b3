"""Days and numbers as offices write them, in forms and in templates (domain §7.5)."""

from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import formats

from ledger.models import Document
from ledger.numbers import day_in_words, group, half_up, percent
from ledger.spells import FOREVER


def rendered(source, **context):
    return Template(source).render(Context(context))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("03/02/2018", date(2018, 2, 3)),
        ("3/2/2018", date(2018, 2, 3)),
        ("15/12/2017", date(2017, 12, 15)),
        ("15-12-2017", date(2017, 12, 15)),
        ("15.12.2017", date(2017, 12, 15)),
        ("2017-12-15", date(2017, 12, 15)),
    ],
)
def test_a_day_is_read_day_first(typed, meant):
    assert forms.DateField().clean(typed) == meant


@pytest.mark.parametrize("typed", ["12/15/2017", "30/02/2018", "15/12/17", "15122017"])
def test_what_is_no_day_is_refused(typed):
    with pytest.raises(forms.ValidationError):
        forms.DateField().clean(typed)


def test_the_form_of_a_model_reads_and_shows_day_first(db):
    form = forms.modelform_factory(Document, fields=["number", "date", "issuer"])
    filled = form({"number": " 27-HD\u00a0/BTCTW ", "date": "03/02/2018", "issuer": "Ban\u200b Tổ chức"})
    assert filled.is_valid(), filled.errors
    assert filled.cleaned_data == {"number": "27-HD /BTCTW", "date": date(2018, 2, 3), "issuer": "Ban Tổ chức"}
    shown = form(instance=Document(date=date(2018, 2, 3)))["date"]
    assert shown.field.widget.format_value(shown.value()) == "03/02/2018"


def test_a_day_is_shown_day_first():
    assert formats.date_format(date(2018, 2, 3), "SHORT_DATE_FORMAT") == "03/02/2018"
    assert rendered("{{ d }} {{ d|date:'SHORT_DATE_FORMAT' }}", d=date(2018, 2, 3)) == "03/02/2018 03/02/2018"
    assert day_in_words(date(2018, 2, 3)) == "03/02/2018"
    assert day_in_words(None) == "–"


def test_the_end_that_never_comes_reads_nay():
    assert rendered("{{ a|ngay }} – {{ b|ngay }}", a=date(2018, 2, 3), b=FOREVER) == "03/02/2018 – nay"


def test_a_year_and_an_id_are_not_grouped_but_a_count_is():
    assert rendered("{{ n }} {{ n|dem }}", n=2017) == "2017 2.017"
    assert rendered(
        "{{ n|dem }} {{ p|phan_tram:0 }} {{ q|phan_tram:1 }}", n=2305, p=Decimal("62.79"), q=Decimal("13.70")
    ) == ("2.305 63% 13,7%")


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (2305, None, "2.305"),
        (1234567, None, "1.234.567"),
        (129, None, "129"),
        (0, None, "0"),
        (None, None, "–"),
        (None, 1, "–"),
        (Decimal("13.7"), None, "13,7"),
        (Decimal("13.70"), 1, "13,7"),
        (Decimal("2305.25"), 1, "2.305,3"),
        (-1200, None, "-1.200"),
    ],
)
def test_group(value, decimals, shown):
    assert group(value, decimals) == shown


def test_percent_has_no_space():
    assert percent(Decimal(8100) / 129, 0) == "63%"
    assert percent(Decimal("13.709"), 1) == "13,7%"
    assert percent(None, 1) == "–"


@pytest.mark.parametrize(
    ("value", "decimals", "rounded"),
    [
        ("62.5", 0, "63"),  # Python's round gives 62
        ("61.5", 0, "62"),
        ("0.5", 0, "1"),
        ("-62.5", 0, "-63"),
        ("92.857", 0, "93"),
        ("13.65", 1, "13.7"),
        ("62.4999", 0, "62"),
    ],
)
def test_halves_go_up(value, decimals, rounded):
    result = half_up(Decimal(value), decimals)
    assert (result, str(result)) == (Decimal(rounded), rounded)


def test_with_query_changes_one_thing_and_keeps_the_rest():
    request = RequestFactory().get("/", {"year": "2017", "q": "đặng", "page": "3"})
    source = "{% with_query year=2018 page=None %}"
    assert rendered(source, request=request) == "?q=%C4%91%E1%BA%B7ng&amp;year=2018"
    assert rendered("{% with_query page='' q=None year='' %}", request=request) == "?"


def test_no_minus_before_a_zero():
    assert group(Decimal("-0.4"), 0) == "0"
