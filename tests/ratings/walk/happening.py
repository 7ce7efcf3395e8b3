"""What may happen in a walk through a year: each deed is named with what it is told."""

from hypothesis import strategies as st

from tests.ratings.desk import CELLS, SECTIONS

COMMITTEES = ("DB01", "DB02", "DB03")
RATED = (*CELLS, *SECTIONS, *COMMITTEES)
WHY = "Tập thể đã cân nhắc"
number = st.integers(0, 10**6)
some = st.lists(st.sampled_from(CELLS), min_size=1, max_size=4, unique=True)
ACTS = []


def happens(*, weight=1, **told):
    """One of the things that happen, `weight` times as often as others; `told`: what it is told."""

    def chosen(method):
        ACTS.extend(st.tuples(st.just(method.__name__), st.fixed_dictionaries(told)) for _ in range(weight))
        return method

    return chosen
