"""The catalogues every installation starts with (domain §4.5)."""

from django.db import migrations

from ledger.history import first_line
from ledger.text import sort_key

ETHNIC_GROUPS = (
    "Kinh · Tày · Thái · Hoa · Khmer · Mường · Nùng · Mông · Dao · Gia-rai · Ngái · Ê-đê · Ba-na · Xơ-đăng · Sán Chay · "
    "Cơ-ho · Chăm · Sán Dìu · Hrê · Mnông · Ra-glai · Xtiêng · Bru-Vân Kiều · Thổ · Giáy · Cơ-tu · Gié-Triêng · Mạ · "
    "Khơ-mú · Co · Tà-ôi · Chơ-ro · Kháng · Xinh-mun · Hà Nhì · Chu-ru · Lào · La Chí · La Ha · Phù Lá · La Hủ · Lự · "
    "Lô Lô · Chứt · Mảng · Pà Thẻn · Cơ Lao · Cống · Bố Y · Si La · Pu Péo · Brâu · Ơ-đu · Rơ-măm · "
    "Người nước ngoài gốc · Dân tộc khác"
)
RELIGIONS = "Không · Phật giáo · Công giáo · Tin Lành · Cao Đài · Hồi giáo · Bà-la-môn · Hòa Hảo · Tôn giáo khác"


def load(apps, editor):
    for model, names, width in (("EthnicGroup", ETHNIC_GROUPS, 2), ("Religion", RELIGIONS, 2)):
        rows = apps.get_model("members", model)
        for number, name in enumerate(names.split(" · "), start=1):
            row = rows.objects.create(code=f"{number:0{width}}", name=name, sort_key=sort_key(name))
            first_line(apps, "members", row)


class Migration(migrations.Migration):
    dependencies = [("members", "0002_history")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
