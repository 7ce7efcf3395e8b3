"""The query string of finding: what is sought, which group is turned over."""

from django import forms

from ledger.fields import CleanFormField
from ledger.text import words_of

LONGEST, MOST_WORDS = 100, 12
TOO_LONG = f"Hãy gõ ngắn hơn, nhiều nhất {LONGEST} ký tự và {MOST_WORDS} từ."


class FindForm(forms.Form):
    """`tim`: words, a number, a date, in any order, with or without accents."""

    tim = CleanFormField(label="Tìm", required=False, max_length=LONGEST, error_messages={"max_length": TOO_LONG})

    def clean_tim(self) -> str:
        text = self.cleaned_data["tim"]
        if len(words_of(text)) > MOST_WORDS:
            raise forms.ValidationError(TOO_LONG)
        return text
