"""The days that tests of party age and badges reckon with."""

from datetime import date, timedelta

DAY = timedelta(days=1)
ROUND = date(2018, 11, 7)
