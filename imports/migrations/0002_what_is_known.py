"""The limits, and other ways in which files write the entries of the catalogues (domain §4.5)."""

from django.db import migrations

from ledger.history import first_line
from ledger.text import search_key

ETHNIC_GROUPS = {
    "Kinh": "Việt · Kinh (Việt)",
    "Mông": "H'Mông · Hmông · H'mong · Mèo · Mông (Mèo)",
    "Gia-rai": "Jarai · Jrai · Giarai",
    "Ê-đê": "Êđê · Ede · Rađê",
    "Ba-na": "Bana · Bahnar",
    "Xơ-đăng": "Xơđăng · Sê đăng · Xê đăng",
    "Cơ-ho": "K'Ho · Cơho · Kơ ho · Kơho",
    "Chăm": "Chàm · Chăm (Chàm)",
    "Khmer": "Khơ me · Khơme · Khơ-me",
    "Hrê": "H'Rê",
    "Mnông": "M'Nông · Mơ nông",
    "Ra-glai": "Raglai · Raglay · Rắc lây · Rắclây · Ra glây",
    "Xtiêng": "X'tiêng · Stiêng · S'tiêng",
    "Bru-Vân Kiều": "Vân Kiều · Bru",
    "Cơ-tu": "Cơtu · Katu · K'tu",
    "Gié-Triêng": "Giẻ Triêng · Gié · Triêng",
    "Khơ-mú": "Khơmú",
    "Tà-ôi": "Ta ôi · Tàôi · Pa cô",
    "Chơ-ro": "Châu ro · Chơro",
    "Xinh-mun": "Xinhmun",
    "Chu-ru": "Churu · Chru",
    "Sán Chay": "Cao Lan · Sán Chí · Sán Chỉ",
    "Brâu": "B'râu",
    "Ơ-đu": "Ơđu",
    "Rơ-măm": "Rơmăm",
}
RELIGIONS = {
    "Không": "Không theo đạo · Không có · Không tôn giáo · Lương",
    "Phật giáo": "Phật · Đạo Phật",
    "Công giáo": "Thiên chúa giáo · Thiên chúa · Đạo Thiên chúa · Kitô giáo",
    "Tin Lành": "Đạo Tin Lành",
    "Cao Đài": "Đạo Cao Đài",
    "Hồi giáo": "Islam · Đạo Hồi · Bàni · Chăm Bàni",
    "Bà-la-môn": "Bàlamôn",
}
QUALIFICATIONS = {
    0: "Không · Chưa đào tạo · Phổ thông",
    1: "Sơ cấp · Công nhân kỹ thuật · CNKT · SC",
    2: "TC · Trung học chuyên nghiệp · THCN",
    3: "CĐ",
    4: "ĐH · Cử nhân · Kỹ sư · Bác sĩ · Dược sĩ · Đại học chính quy",
    5: "Thạc sỹ · Ths · Cao học",
    6: "Tiến sỹ · TS",
}
THEORIES = {
    0: "Không · Chưa · Chưa học",
    1: "SC · Sơ cấp LLCT",
    2: "TC · Trung cấp LLCT · Trung cấp lý luận chính trị",
    3: "CC · Cao cấp · Cử nhân · Cao cấp LLCT · Cao cấp lý luận chính trị · Cử nhân chính trị",
}


def load(apps, editor):
    first_line(apps, "imports", apps.get_model("imports", "ImportLimits").objects.create())
    for of, model, spellings in (("ETHNIC_GROUP", "EthnicGroup", ETHNIC_GROUPS), ("RELIGION", "Religion", RELIGIONS)):
        codes = dict(apps.get_model("members", model).objects.values_list("name", "code"))
        _spell(apps, of, {codes[name]: texts for name, texts in spellings.items() if name in codes})
    _spell(apps, "QUALIFICATION", QUALIFICATIONS)
    _spell(apps, "THEORY", THEORIES)


def _spell(apps, of, spellings):
    rows = apps.get_model("imports", "OtherSpelling").objects
    by_key = {search_key(text): (text, code) for code, texts in spellings.items() for text in texts.split(" · ")}
    for key, (text, code) in by_key.items():
        first_line(apps, "imports", rows.create(of=of, text=text, key=key, code=str(code)))


class Migration(migrations.Migration):
    dependencies = [("imports", "0001_the_way_of_a_file"), ("members", "0014_time_outside")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
