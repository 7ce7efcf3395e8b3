"""Shape of what is typed on the way of a file: the file itself, what its columns are, what is said of rows asked about."""

from typing import Any

from django import forms

from imports.columns.column import ImportColumn
from imports.columns.layout import AS_TYPED, AS_USUAL, Layout
from ledger.legacy_text import Encoding

NOT_READ = "không đọc cột này"


class UploadForm(forms.Form):
    """A file, or cells pasted out of a spreadsheet."""

    loai = forms.ChoiceField(label="Dữ liệu gì", widget=forms.RadioSelect)
    tep = forms.FileField(label="Tệp Excel, LibreOffice hoặc CSV", required=False)
    dan = forms.CharField(
        label="hoặc dán các ô từ bảng tính",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Chép cả dòng tiêu đề.",
    )

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["loai"].choices = kinds
        if len(kinds) == 1:
            self.fields["loai"].initial = kinds[0][0]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not data.get("tep") and not (data.get("dan") or "").strip() and "tep" not in self.errors:
            self.add_error("tep", "Hãy chọn một tệp, hoặc dán các ô từ bảng tính.")
        return data


class HeaderForm(forms.Form):
    """Where the header is. `layout`: as it was guessed or last said; `sheets`: names of the sheets of the file."""

    trang = forms.TypedChoiceField(label="Trang tính", coerce=int)
    dong = forms.IntegerField(label="Dòng tiêu đề", min_value=0, max_value=1000)
    so_dong = forms.TypedChoiceField(
        label="Tiêu đề gồm", coerce=int, choices=[(1, "1 dòng"), (2, "2 dòng"), (3, "3 dòng")]
    )

    def __init__(self, data: Any, *, layout: Layout, sheets: tuple[str, ...]) -> None:
        initial: dict[str, Any] = {"trang": layout.sheet, "dong": layout.header, "so_dong": layout.header_rows}
        super().__init__(data, initial=initial | {"chu_hoa": layout.capitals})
        self.layout = layout
        self.fields["trang"].choices = list(enumerate(sheets))

    def moves_header(self) -> bool:
        """Whether another sheet or row was asked for as the header."""
        return any(name in self.changed_data for name in ("trang", "dong", "so_dong"))


class LayoutForm(HeaderForm):
    """As HeaderForm, and what each column is. `columns`: of the kind."""

    chu_hoa = forms.ChoiceField(
        label="Họ tên viết toàn chữ hoa hoặc toàn chữ thường",
        required=False,
        choices=[("", "hỏi từng dòng"), (AS_USUAL, "viết hoa chữ đầu"), (AS_TYPED, "giữ như trong tệp")],
    )

    def __init__(
        self, data: Any, *, columns: tuple[ImportColumn, ...], layout: Layout, sheets: tuple[str, ...]
    ) -> None:
        super().__init__(data, layout=layout, sheets=sheets)
        self.columns = columns
        if not any(column.is_name for column in columns):
            del self.fields["chu_hoa"]
        meanings = [("", NOT_READ), *((column.name, column.label) for column in columns)]
        for n, name in enumerate(layout.names):
            self.fields[f"cot_{n}"] = forms.ChoiceField(
                label=layout.headings[n] or f"Cột {n + 1}", choices=meanings, required=False, initial=name
            )
            self.fields[f"phong_{n}"] = forms.ChoiceField(
                label="Phông chữ",
                choices=[(e.value, e.label) for e in Encoding],
                initial=layout.encodings[n],
                widget=forms.Select(attrs={"aria-label": f"Phông chữ của cột {layout.headings[n] or n + 1}"}),
            )
        for column in columns:
            self.fields[f"trong_{column.name}"] = forms.CharField(
                label=column.label, required=False, max_length=200, initial=layout.blanks.get(column.name, "")
            )

    def wanted(self) -> Layout:
        """The Layout as it was said."""
        data, width = self.cleaned_data, range(len(self.layout.names))
        names, by_name = [data[f"cot_{n}"] for n in width], {column.name: column for column in self.columns}
        return Layout(
            sheet=self.layout.sheet,
            header=self.layout.header,
            header_rows=self.layout.header_rows,
            headings=self.layout.headings,
            names=names,
            encodings=[data[f"phong_{n}"] for n in width],
            blanks={name: data[f"trong_{name}"] for name in by_name if data[f"trong_{name}"]},
            capitals=data.get("chu_hoa", ""),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        names = [data.get(f"cot_{n}") for n in range(len(self.layout.names))]
        for column in self.columns:
            places = [n for n, name in enumerate(names) if name == column.name]
            if len(places) > 1 and not column.joins:
                self.add_error(f"cot_{places[1]}", f"Đã có cột khác là “{column.label}”. Hãy chọn một cột.")
            if column.needed and not places and not data.get(f"trong_{column.name}"):
                self.add_error(None, f"Chưa có cột nào là “{column.label}”. Hãy chọn cột ấy ở bảng dưới.")
        return data
