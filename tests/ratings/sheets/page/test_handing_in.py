"""The sheet is read back, handed in, endorsed and decided on its page."""

from django.urls import reverse

from tests.ratings.sheets.page.form import PAGE, pk, text, typed

STEP = reverse("rating_step", args=["DB01-01", (2018, None)])


def test_who_is_missing_is_named_before_submitting(desk, secretary):
    answer = secretary.post(PAGE, typed(desk, muc_An="2", viec="nop"))
    assert answer.status_code == 400
    assert "Còn 1 đồng chí chưa xếp loại: Võ Bình. Xếp loại xong rồi nộp được." in text(answer)
    answer = secretary.post(PAGE, typed(desk, (1, 0), muc_An="2", muc_Bình="2", viec="nop"))
    assert answer.url == PAGE + "?xem-lai=1#xem-lai"


def submission(client, **more):
    """What the read-back page sends."""
    page = client.get(PAGE + "?xem-lai=1").context["sheet_page"]
    return {"viec": "submit", "phieu": page.sheet.pk, f"thay_{page.sheet.pk}": page.fingerprint, **more}


def test_typed_into_a_sheet_handed_in_meanwhile(desk, secretary):
    desk.rate(An=2, Bình=3)
    desk.submit("DB01-01")
    answer = secretary.post(PAGE, typed(desk, (1, 1), muc_An="3", muc_Bình="3", ghi_chu_An="Sửa lại"))
    assert answer.status_code == 409
    assert "Đồng chí đã gõ, chưa lưu: hoàn thành, Sửa lại" in text(answer)
    assert desk.line("An").proposed == 2


def test_read_back_and_submit(desk, secretary):
    desk.rate(An=2, Bình=3)
    answer = secretary.get(PAGE + "?xem-lai=1")
    assert "Tốt (1) Lê An" in text(answer)
    answer = secretary.post(STEP, submission(secretary), follow=True)
    assert "Đã nộp phiếu." in text(answer)
    assert desk.state("DB01-01") == "submitted"
    assert "Phiếu đã nộp." in text(answer)
    assert "Đang chờ Tổ chức DB01, hạn 28/12/2018" in text(answer)


def test_a_line_changed_since_the_page_was_drawn_stops_the_signature(desk, secretary, signed_in):
    desk.rate(An=2, Bình=3)
    sent = submission(secretary)
    desk.rate(An=3)
    answer = secretary.post(STEP, sent)
    assert answer.status_code == 409
    assert "đã thay đổi từ lúc mở trang" in text(answer)
    assert desk.state("DB01-01") == "draft"
    desk.submit("DB01-01")
    committee = signed_in("COMMITTEE", "DB01")
    page = committee.get(PAGE).context["sheet_page"]
    sent = {"viec": "endorse", "phieu": page.sheet.pk, f"thay_{page.sheet.pk}": page.fingerprint}
    sent |= {f"v_{row.pk}": row.version for row in page.rows}
    desk.send_back("DB01-01", reason="Xem lại")
    desk.rate(An=2)
    desk.submit("DB01-01")
    answer = committee.post(STEP, sent)
    assert answer.status_code == 409
    fresh = {r.member.full_name: r.fresh for r in answer.context["sheet_page"].rows}
    assert fresh == {"Lê An": True, "Võ Bình": False}
    assert "vừa thay đổi" in text(answer)


def test_what_changed_since_it_was_returned_is_marked(desk, signed_in):
    desk.rate(An=2, Bình=3)
    desk.submit("DB01-01")
    desk.send_back("DB01-01", reason="Đồng chí An chưa đúng")
    desk.rate(An=3)
    answer = signed_in("SECRETARY", "DB01-01").get(PAGE)
    assert "Phiếu bị trả lại: Đồng chí An chưa đúng" in text(answer)
    assert {r.member.full_name: r.before_words for r in answer.context["sheet_page"].rows} == {
        "Lê An": "tốt",
        "Võ Bình": "",
    }
    desk.submit("DB01-01")
    assert "trước: tốt" in text(signed_in("COMMITTEE", "DB01").get(PAGE))


def test_the_committee_decides_line_by_line(desk, signed_in):
    desk.rate(An=2, Bình=3)
    desk.submit("DB01-01")
    desk.endorse("DB01-01")
    committee = signed_in("COMMITTEE", "DB01")
    page = committee.get(PAGE).context["sheet_page"]
    cell = desk.world.org["DB01-01"].pk
    sent = {"viec": "decide", "phieu": page.sheet.pk, f"thay_{page.sheet.pk}": page.fingerprint}
    sent |= {f"quyet_{cell}_{pk(desk, 'An')}": "3", f"quyet_{cell}_{pk(desk, 'Bình')}": "3", "so": "9-QĐ/ĐU"}
    answer = committee.post(STEP, {**sent, "ngay": "31/12/2018", "co_quan": "Đảng ủy DB01"})
    assert (answer.status_code, desk.state("DB01-01")) == (400, "endorsed")
    assert "còn ở phía trước" in text(answer)
    answer = committee.post(STEP, {**sent, "ngay": "13/12/2018", "co_quan": "Đảng ủy DB01"})
    assert "Lê An: mức quyết định khác mức chi bộ đề nghị cần ghi lý do." in text(answer)
    assert 'value="9-QĐ/ĐU"' in answer.content.decode()
    sent[f"vi_sao_{cell}_{pk(desk, 'An')}"] = "Chậm nhiệm vụ"
    committee.post(STEP, {**sent, "ngay": "13/12/2018", "co_quan": "Đảng ủy DB01"})
    line = desk.line("An")
    assert (line.proposed, line.decided, line.difference) == (2, 3, "Chậm nhiệm vụ")
    assert (desk.sheet("DB01-01").decision.number, desk.line("Bình").decided) == ("9-QĐ/ĐU", 3)


def test_a_grassroots_cell_decides_its_own_from_the_read_back(desk, signed_in):
    desk.rate(Phúc=2, Quân=2)
    client = signed_in("SECRETARY", "CB01")
    page = reverse("ratings", args=["CB01", (2018, None)])
    answer = client.get(page + "?xem-lai=1")
    assert "Chi bộ cơ sở tự quyết định" in text(answer)
    sheet = answer.context["sheet_page"]
    sent = {"viec": "decide", "phieu": sheet.sheet.pk, f"thay_{sheet.sheet.pk}": sheet.fingerprint}
    sent |= {"so": "3-NQ/CB", "ngay": "13/12/2018", "co_quan": "Chi bộ CB01"}
    client.post(reverse("rating_step", args=["CB01", (2018, None)]), sent)
    assert desk.state("CB01") == "decided"


def test_after_handing_in_the_page_says_whom_to_ask(desk, secretary):
    desk.rate(An=2, Bình=2)
    desk.submit("DB01-01")
    assert "Cần sửa? Xin báo Tổ chức DB01 trả lại phiếu" in text(secretary.get(PAGE))
    desk.endorse("DB01-01")
    desk.decide("DB01-01")
    assert "Cần sửa? Xin báo Ban Tổ chức Đảng ủy Khối trả lại phiếu" in text(secretary.get(PAGE))
