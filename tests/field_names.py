"""What the names of fields, and of what stands behind the “?” of an address, may be: Vietnamese without marks, word by word."""

import re
from functools import cache

SYLLABLE = re.compile(
    r"(?:b|ch?|d|gh?|gi|h|kh?|l|m|n|ngh?|nh|p|ph|qu?|r|s|th?|tr|v|x)?"
    r"(?:ie|uoi|uye|uya|uo|ua|ue|uy|oai|oay|oa|oe|ye|yeu|ieu|ai|ao|au|ay|eo|eu|ia|iu|oi|ui|uu|a|e|i|o|u|y)"
    r"(?:ch?|m|ng?|nh|p|t)?"
)
# Of Django and of django-tables2, whose pages and paging read them.
OF_LIBRARIES = frozenset(
    "csrfmiddlewaretoken next username password old_password new_password1 new_password2 page sort".split()
)
SHORT = {"v", "qd"}  # the version of a line, v_12; a decision, as every office writes it: số QĐ
FIELD = re.compile(r"""<(?:input|select|textarea|button)\b[^>]*?\bname=["']([^"'{]+)""")


@cache
def is_strange(name):
    """Whether a word of `name` is no Vietnamese syllable; codes and numbers in it are none of its words."""
    words = re.findall(r"[a-z]+", name)
    return name not in OF_LIBRARIES and not all(SYLLABLE.fullmatch(word) for word in words if word not in SHORT)


def strange(names):
    return sorted(filter(is_strange, set(names)))
