import pytest
from indicators.models import Indicator
pytestmark = pytest.mark.django_db
def test_a():
    assert Indicator.objects.exists()
def test_b(db):
    Indicator.objects.all().delete()
def test_c(db):
    assert Indicator.objects.exists()
