"""Names that look mistyped: recognised, asked about, and offered as they are usually written (domain §7.3).

Nothing is changed unasked. One question for every form in which somebody is named: `NamesForm`.
"""

import re
from itertools import pairwise

from django import forms

from ledger.text import clean, sent

SIGNS_OF_NAMES = " '-.()"


def is_shouted(name):
    """Whether every letter of `name`, and more than one, is a capital."""
    return name.isupper() and sum(map(str.isalpha, name)) > 1


def capitalised(name):
    """NGUYỄN VĂN A → Nguyễn Văn A; K'BRÔI → K'Brôi."""
    return re.sub(r"[^\W\d_]+", lambda word: word[0][0].upper() + word[0][1:].lower(), sent(name))


def oddity(name):
    """What of `name`, cleaned, is asked about before it is written: "toàn chữ hoa"; "" for nothing."""
    if is_shouted(name):
        return "toàn chữ hoa"
    if name.islower():
        return "toàn chữ thường"
    if not all(sign.isalpha() or sign in SIGNS_OF_NAMES for sign in name):
        return "có chữ số hoặc dấu lạ"
    if name and not any(map(str.isalpha, name)):
        return "không có chữ cái"
    if name != capitalised(name) and name.swapcase() == capitalised(name):
        return "chữ hoa, chữ thường ngược nhau"
    if any(small.islower() and capital.isupper() for small, capital in pairwise(name)):
        return "có chữ hoa giữa chữ"
    return ""


class NamesForm(forms.Form):
    """Names that look mistyped are asked about (`chu_hoa`) before anything is written. `NAMES`: the fields of names."""

    NAMES: tuple[str, ...] = ()
    AS_USUAL, AS_TYPED = "thuong", "giu"

    chu_hoa = forms.ChoiceField(label="", required=False, widget=forms.HiddenInput())

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        typed = [clean(self.data.get(self.add_prefix(name), "")) for name in self.NAMES] if self.is_bound else []
        self.odd = {name: what for name in typed if (what := oddity(name))}
        self.fields["chu_hoa"].choices = [("", ""), (self.AS_USUAL, ""), (self.AS_TYPED, "")]
        if self.odd:
            self._ask()

    def _ask(self):
        field, said = self.fields["chu_hoa"], ", ".join(self.odd)
        field.label = f"Họ tên gõ {', '.join(dict.fromkeys(self.odd.values()))}; ghi thế nào?"
        field.widget = forms.RadioSelect()
        as_typed = (self.AS_TYPED, f"Giữ nguyên: {said}")
        usual = capitalised(said)
        field.choices = [as_typed] if usual == said else [(self.AS_USUAL, f"Viết hoa chữ đầu: {usual}"), as_typed]

    def clean(self):
        data = super().clean()
        choice = data.get("chu_hoa")
        if self.odd and not choice:
            self.add_error("chu_hoa", "Hãy sửa họ tên, hoặc chọn cách ghi, rồi bấm ghi lại.")
        if choice == self.AS_USUAL:
            data |= {name: capitalised(data[name]) for name in self.NAMES if oddity(data.get(name, ""))}
        return data
