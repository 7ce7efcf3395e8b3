"""The merger and the move of 2016 in the demonstration, under both lenses."""

from collections import Counter
import pytest
from indicators import lenses
from indicators.bridge import Bridges
from indicators.measures import REGISTRY

pytestmark = pytest.mark.django_db

def test_x(demo, django_assert_num_queries):
    import time
    t=time.time()
    with django_assert_num_queries(3):
        lens = lenses.read(demo.windows[-1].last)
    print([demo.code[o] for o in lens.touched], [demo.code[o] for o in lens.personal])
    b = Bridges(lens, REGISTRY, demo.windows)
    print(time.time()-t)
    now = b.now(demo.counted)
    for m in "admitted rated organizations_rated members letters_due grassroots cells finance_checked planned".split():
        for c in "K DB12 DB12-02 CB32 DB05 DB06 DB05-03".split():
            print(m, c, [(demo.counted[m, demo.of[c].pk, y], now[m, demo.of[c].pk, y]) for y in demo.years])
    for c in "K DB12 DB12-02 CB32 DB05 DB06 DB05-03".split():
        for x in b.at(demo.of[c].pk, 2015): print(c, demo.code.get(x.old), demo.code.get(x.new), x.steps, x.counts["admitted"], x.counts["rated"], x.counts["organizations_rated"])
    for x in b.inside(demo.of["K"].pk, 2015): print("inside", demo.code.get(x.old), demo.code.get(x.new), x.steps, x.counts["admitted"], x.counts["rated"], x.counts["organizations_rated"], x.key)
    print({c: lens.years_of_change(o.pk) for c,o in demo.of.items() if lens.years_of_change(o.pk)})
    print([c for c,o in demo.of.items() if lens.differs(o.pk)])
    assert 0
