"""The page that shows each component of the screens once, in the words and by the templates that the screens use."""

import re
from pathlib import Path
from typing import Any

from django.conf import settings

from indicators.dashboard.bars import bars
from indicators.dashboard.small_line import small_line

from .forms import EachFieldForm

# (tone, mark, words) of each chip there is: static/css/chip.css, static/img/icons.svg.
CHIPS = (
    ("up", "exceeded", "vượt"),
    ("ok", "met", "đạt"),
    ("no", "missed", "chưa đạt"),
    ("none", "ring", "không phát sinh"),
    ("wait", "running", "tạm tính"),
    ("near", "late", "sắp đến hạn"),
    ("wait", "locked", "đã khóa"),
)
YEARS = [(year, float(value)) for year, value in zip(range(2013, 2018), (3, 5, 4, 6, 8), strict=True)]


class LookPage:
    """Takes nothing of the register."""

    def context(self) -> dict[str, Any]:
        wrong = EachFieldForm({"ngay": "31/2", "so": "-1"})
        wrong.is_valid()
        return {
            "chips": CHIPS,
            "icons": icons(),
            "sizes": [(f"text-{n}", 34 * n) for n in range(1, 10)],  # (token, where it stands)
            "colours": colours(),
            "form": EachFieldForm(),
            "wrong": wrong,
            "bars": bars([("Chuyển đến", 24, ""), ("Kết nạp", 12, ""), ("Phục hồi", 3, "")], whole=39),
            "line": small_line([YEARS], missed=[2015]),
        }


def icons() -> list[str]:
    """Names of the icons of the one file of them."""
    return re.findall(r'id="([\w-]+)"', _static("img/icons.svg"))


def colours() -> list[str]:
    """Names of the colours of the one file of tokens."""
    return re.findall(r"^  --([\w-]+): #", _static("css/tokens.css").partition("@media")[0], re.MULTILINE)


def _static(name: str) -> str:
    return Path(settings.BASE_DIR, "static", name).read_text(encoding="utf-8")
