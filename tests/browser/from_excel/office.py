"""Somebody of an office at a browser, who does what is done by hand; each press and each field typed into is counted."""

from tests.browser.visitor import Visitor

OWN_PASSWORD = "Mat-khau-rieng-2018"
SLOW = 300_000  # milliseconds that a large file may take on a busy machine


class OfficeDesk:
    """`counted`: presses and fields of all who share it; `told`: what each file came to."""

    def __init__(self, chromium, address, username, password, counted):
        self.visitor = Visitor(chromium, address, None)
        self.visitor.context.set_default_timeout(SLOW)
        self.page, self.counted, self.told = self.visitor.page, counted, []
        self.open("/dang-nhap/")
        self.type(username=username, password=password)
        self.press("main button")

    def open(self, path):
        """By a link of the page before: one press."""
        self.counted["presses"] += 1
        self.visitor.open(path)

    def press(self, selector):
        self.counted["presses"] += 1
        self.page.click(selector)
        self.page.wait_for_load_state()

    def tick(self, selector):
        self.counted["presses"] += 1
        self.page.check(selector)

    def type(self, within="", **said):
        for name, text in said.items():
            field = self.page.locator(f"{within} [name={name}]")
            if field.input_value() == text:
                continue
            self.counted["fields"] += 1
            if field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(text)
                continue
            if not field.is_visible():
                self.counted["presses"] += 1
                self.page.locator(f"details:not([open]):has([name={name}]) > summary").last.click()
            field.fill(text)

    def with_a_password_of_its_own(self, slip):
        self.type(old_password=slip, new_password1=OWN_PASSWORD, new_password2=OWN_PASSWORD)
        self.press("main form button")
        return self

    def bring(self, example, name, content, **answers):
        """A file through the wizard: what it is, its columns as they were guessed, looked at, written."""
        self.open(f"/nhap-du-lieu/?loai={example.kind}")
        if name:
            self.counted["presses"] += 2  # the button of the field, then the file
            self.page.set_input_files("[name=tep]", {"name": name, "mimeType": "", "buffer": content})
        else:
            self.type(dan=content.decode())
        self.press("main form button.main")
        paper = dict(zip(("so", "ngay", "co_quan"), example.paper, strict=False))
        period = {"ky": f"K/{example.period}"} if example.period else {}
        self.type(tu_ngay=example.day, **period, **paper, **answers)
        self.press("button[value=xem]")
        looked_at = self.outcomes()
        self.press("button[value=ghi]")
        self.told.append((example.name, looked_at))
        assert self.page.inner_text("main h2 >> nth=0") == "Đã ghi", self.page.inner_text("main")[:2000]
        assert self.outcomes() == looked_at
        return looked_at

    def outcomes(self):
        """“2.008 dòng ghi mới”, or what the page says instead."""
        shown = self.page.locator("ul.outcomes")
        if not shown.count():
            return self.page.inner_text("main")[:2000]
        return " · ".join(shown.inner_text().split("\n"))

    def slip_of(self, username):
        """The password on the slip of `username`, on the page of slips."""
        slip = self.page.locator("li.slip", has=self.page.get_by_text(username, exact=True))
        return "".join(slip.locator("dd.apart span").all_inner_texts())

    def opens_a_year(self, year):
        self.type(nam=str(year))
        self.press("main form button")
        assert f"Đã mở năm {year}" in self.page.inner_text("main, .messages")

    def locks(self, year):
        self.open("/ky-xep-loai/")
        button = f"button:has-text('Khóa kỳ năm {year}')"
        self.tick(f"form:has({button}) [name=xac_nhan]")
        self.press(button)
        assert f"năm {year}" in self.page.inner_text("body")
        assert not self.page.locator(button).count(), self.page.inner_text("main")[:2000]
