"""The rating schemes of 2011–2025 (domain §2.1–2.4). What no text confirmed is marked so in the row."""

from django.db import migrations

from ledger.history import first_line

BEFORE_2018 = (
    ("Trong sạch, vững mạnh", "Đảng viên đủ tư cách, hoàn thành xuất sắc nhiệm vụ"),
    ("Hoàn thành tốt nhiệm vụ", "Đảng viên đủ tư cách, hoàn thành tốt nhiệm vụ"),
    ("Hoàn thành nhiệm vụ", "Đảng viên đủ tư cách, hoàn thành nhiệm vụ"),
    ("Yếu kém", "Đảng viên vi phạm tư cách hoặc không hoàn thành nhiệm vụ"),
)
SINCE_2018 = tuple(
    (label, label)
    for label in (
        "Hoàn thành xuất sắc nhiệm vụ",
        "Hoàn thành tốt nhiệm vụ",
        "Hoàn thành nhiệm vụ",
        "Không hoàn thành nhiệm vụ",
    )
)
# code, first year, last year, comparable group, legal basis, confirmed, labels, levels confirmed
SCHEMES = (
    ("2011", 2011, 2013, "A", "Hướng dẫn 07-HD/BTCTW năm 2011", False, BEFORE_2018, (True,) * 4),
    ("2014", 2014, 2017, "A", "Hướng dẫn 27-HD/BTCTW ngày 25/9/2014", True, BEFORE_2018, (False,) * 4),
    ("2018", 2018, 2018, "B", "Quy định 132-QĐ/TW ngày 08/3/2018; Hướng dẫn 16-HD/BTCTW ngày 24/9/2018", False, SINCE_2018, (False,) * 4),
    ("2019", 2019, 2022, "B", "Quy định 132-QĐ/TW; Hướng dẫn 21-HD/BTCTW ngày 18/10/2019", True, SINCE_2018, (True,) * 4),
    ("2023", 2023, 2024, "B", "Quy định 124-QĐ/TW ngày 04/10/2023; Hướng dẫn 25-HD/BTCTW ngày 10/11/2023", True, SINCE_2018, (True,) * 4),
    ("2025", 2025, None, "C", "Quy định 366-QĐ/TW ngày 30/8/2025; Hướng dẫn 43-HD/BTCTW ngày 31/10/2025", True, SINCE_2018, (True, True, True, False)),
)
POINTS_2025 = (90, 70, 50, 0)
# code, label, kind, of organizations, ceiling
REASONS = (
    ("mien", "Được miễn công tác và sinh hoạt đảng", "EXCLUDED", False, None),
    ("dinh_chi", "Bị đình chỉ sinh hoạt đảng", "EXCLUDED", False, None),
    ("moi_ket_nap", "Mới kết nạp chưa đủ 06 tháng", "EXCLUDED", False, None),
    ("to_chuc_moi", "Tổ chức mới thành lập chưa đủ 06 tháng", "EXCLUDED", True, None),
    ("nghi_om", "Nghỉ ốm từ 03 tháng trở lên trong năm", "CEILING", False, 3),
    ("ky_luat", "Bị kỷ luật trong năm", "CEILING", False, 3),
    ("vang_mat", "Vắng mặt, chưa kiểm điểm", "POSTPONED", False, None),
)
CONFIRMED_2019 = {"mien", "dinh_chi", "moi_ket_nap", "to_chuc_moi", "nghi_om", "vang_mat"}
# limits, percent, base, enabled, confirmed: the cap of 2014 stays off until its text is confirmed
CAPS = {
    "2014": ("MEMBERS", 15, "TOP_TWO", False, False),
    "2018": ("MEMBERS", 20, "TOP_TWO", True, False),
    "2019": ("MEMBERS", 20, "TOP_TWO", True, True),
    "2023": ("MEMBERS", 20, "TOP_TWO", True, False),
    "2025": ("MEMBERS", 20, "TOP_TWO", True, False),
}


def load(apps, editor):
    Scheme, Level, Cap, Reason = (apps.get_model("ratings", name) for name in ("Scheme", "Level", "Cap", "Reason"))
    for code, first, last, group, basis, confirmed, labels, sure in SCHEMES:
        scheme = Scheme.objects.create(
            code=code, name=f"Lược đồ {code}", first_year=first, last_year=last, comparable_group=group,
            legal_basis=basis, confirmed=confirmed,
        )
        for rank, (organization, member) in enumerate(labels, start=1):
            Level.objects.create(
                scheme=scheme, code=f"M{rank}", rank=rank, organization_label=organization, member_label=member,
                least_points=POINTS_2025[rank - 1] if code == "2025" else None, confirmed=sure[rank - 1],
            )
        for reason, label, kind, of_organizations, ceiling in REASONS:
            if reason == "moi_ket_nap" and first < 2018:
                continue  # rated under the scheme of 2014 (domain §2.4)
            Reason.objects.create(
                scheme=scheme, code=reason, label=label, kind=kind, of_organizations=of_organizations, ceiling=ceiling,
                confirmed=code == "2019" and reason in CONFIRMED_2019,
            )
        if code in CAPS:
            limits, percent, base, enabled, sure_cap = CAPS[code]
            Cap.objects.create(
                scheme=scheme, limits=limits, percent=percent, base=base, enabled=enabled, confirmed=sure_cap
            )
    for model in (Scheme, Level, Cap, Reason):
        for row in model.objects.all():
            first_line(apps, "ratings", row)


class Migration(migrations.Migration):
    dependencies = [("ratings", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
