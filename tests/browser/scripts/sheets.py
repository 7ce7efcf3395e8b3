"""A rating sheet as small as its scripts allow: An, Bình and the cell itself; what the server says to a saved row."""

LEVELS = "".join(
    f'<label class="l{rank}"><input type="radio" name="{{name}}" value="{rank}"><span>{rank}</span></label>'
    for rank in (1, 2, 3, 4)
)
TOTALS = {"summary": "<b>1</b> xuất sắc", "cap": "<p>Còn 1 suất</p>", "missing": [], "at": "8:05"}
KEY = "khoi.7.40"


def seg(name):
    return f'<fieldset class="seg">{LEVELS.format(name=name)}</fieldset>'


def points(name):
    return f'<div class="points"><input name="{name}"><output></output></div>'


def member(pk, rating, attributes="", says="chưa xếp loại"):
    return f"""<li data-member="{pk}" id="nguoi-{pk}" {attributes}>{rating}<p class="st">{says}</p>
<div class="more"><label class="justify" hidden>Lý do giữ mức <input name="giai_trinh_{pk}"></label>
<details><summary>Lý do</summary><select name="ly_do_{pk}"><option value=""></option><option value="5">Ốm</option>
<option value="6">Vắng</option></select><input type="text" name="ghi_chu_{pk}"></details></div>
<input type="hidden" name="v_{pk}" value="3"><input type="hidden" name="cu_{pk}" value="x"></li>"""


def sheet(*members):
    rows = "".join(members) or member(1, seg("muc_1")) + member(2, seg("muc_2"))
    return f"""<div id="khong-che"></div><form method="post" action="/phieu" data-sheet="40" data-user="7"
 data-line="/dong" data-login="/dang-nhap/?next=/"><input type="hidden" name="csrfmiddlewaretoken" value="abc">
<input type="hidden" name="nguoi" value="7"><div id="ket-noi" hidden></div><ul class="rows">{rows}</ul>
<div id="vuot-suat" hidden><textarea name="vuot"></textarea></div>
<section data-own>{seg("de_nghi")}<input type="hidden" name="v_to_chuc" value="9"><p class="st"></p></section>
<div id="tong-ket"><a href="#nguoi-2" data-next>Bình</a></div><span id="da-luu"></span>
<button name="viec" value="luu">Lưu</button><button name="viec" value="nop">Nộp</button></form>
<script type="module" src="/static/js/sheet.js"></script>"""


def saved(version=4, **more):
    return TOTALS | {"version": version, "own_version": version} | more


def row(page, pk):
    return page.locator(f"[data-member='{pk}']")


def says(page, pk):
    return row(page, pk).locator(".st")


def choose(page, pk, rank):
    row(page, pk).locator(f".seg input[value='{rank}']").check()


def kept(page, key=KEY):
    return page.evaluate("key => localStorage.getItem(key)", key)
