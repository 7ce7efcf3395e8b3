"""Words the demonstration is made of. People are put together at random; no one here exists."""

COMMITTEES = (
    "Sở Kế hoạch và Đầu tư", "Sở Nội vụ", "Sở Tài chính", "Sở Y tế", "Sở Xây dựng", "Sở Giao thông vận tải",
    "Sở Công Thương", "Sở Giáo dục và Đào tạo", "Sở Nông nghiệp và Phát triển nông thôn", "Sở Tài nguyên và Môi trường",
    "Sở Lao động - Thương binh và Xã hội", "Sở Văn hóa, Thể thao và Du lịch", "Sở Tư pháp", "Sở Khoa học và Công nghệ",
    "Sở Thông tin và Truyền thông", "Văn phòng Ủy ban nhân dân tỉnh", "Văn phòng Tỉnh ủy", "Thanh tra tỉnh",
    "Bệnh viện Đa khoa tỉnh", "Trường Chính trị tỉnh", "Trường Cao đẳng Nghề tỉnh", "Đài Phát thanh và Truyền hình tỉnh",
    "Kho bạc Nhà nước tỉnh", "Cục Thuế tỉnh", "Bảo hiểm xã hội tỉnh",
)  # fmt: skip
GRASSROOTS_CELLS = (
    "Ban Dân vận Tỉnh ủy", "Ban Nội chính Tỉnh ủy", "Ban Tuyên giáo Tỉnh ủy", "Báo tỉnh", "Cục Thống kê tỉnh",
    "Hội Chữ thập đỏ tỉnh", "Hội Cựu chiến binh tỉnh", "Hội Liên hiệp Phụ nữ tỉnh", "Hội Nông dân tỉnh",
    "Hội Văn học Nghệ thuật", "Trung tâm Lưu trữ lịch sử", "Liên đoàn Lao động tỉnh", "Liên minh Hợp tác xã tỉnh",
    "Ngân hàng Chính sách xã hội", "Ngân hàng Nhà nước tỉnh", "Tỉnh đoàn", "Tòa án nhân dân tỉnh",
    "Viện Kiểm sát nhân dân tỉnh", "Cục Thi hành án dân sự", "Văn phòng Hội đồng nhân dân tỉnh",
    "Ủy ban Mặt trận Tổ quốc tỉnh", "Ban Quản lý Khu công nghiệp", "Trung tâm Khuyến nông",
    "Quỹ Đầu tư phát triển", "Thư viện tỉnh", "Bảo tàng tỉnh", "Trung tâm Kiểm soát bệnh tật", "Chi cục Kiểm lâm",
    "Chi cục Thủy lợi", "Trường Trung học phổ thông chuyên", "Nhà thiếu nhi tỉnh", "Ban Dân tộc tỉnh",
)  # fmt: skip
DEPARTMENTS = (
    "Văn phòng", "Phòng Tổ chức - Hành chính", "Phòng Kế hoạch - Tài chính", "Thanh tra", "Phòng Nghiệp vụ 1",
    "Phòng Nghiệp vụ 2", "Phòng Pháp chế", "Trung tâm Tư vấn", "Trung tâm Dịch vụ", "Phòng Công nghệ thông tin",
    "Phòng Quản lý chất lượng", "Chi cục chuyên ngành",
)  # fmt: skip
RENAMED = "Sở Du lịch, Văn hóa và Thể thao"

SURNAMES = ("Nguyễn",) * 14 + ("Trần",) * 6 + ("Lê",) * 5 + ("Phạm",) * 4 + (
    "Huỳnh", "Phan", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Trương", "Đinh", "Mai", "Đoàn", "Cao", "Tạ",
)  # fmt: skip
MIDDLES = {
    "M": ("Văn", "Hữu", "Đức", "Minh", "Quang", "Xuân", "Công", "Thanh", "Ngọc", "Đình", "Thế", "Anh"),
    "F": ("Thị", "Thị", "Thị Ngọc", "Thị Thanh", "Thị Kim", "Ngọc", "Thị Minh", "Thu", "Thị Mỹ", "Bích"),
}
GIVEN = {
    "M": (
        "An", "Anh", "Ấn", "Bình", "Cường", "Danh", "Dũng", "Đạt", "Đức", "Giang", "Hải", "Hiếu", "Hòa", "Hùng", "Huy",
        "Khánh", "Khoa", "Lâm", "Long", "Mạnh", "Nam", "Nghĩa", "Phong", "Phúc", "Quân", "Quý", "Sơn", "Tài", "Thắng",
        "Thịnh", "Tiến", "Toàn", "Trí", "Trung", "Tuấn", "Tùng", "Vinh", "Vũ", "Ý",
    ),
    "F": (
        "Ánh", "Ân", "Bình", "Châu", "Chi", "Diệp", "Dung", "Duyên", "Đào", "Hà", "Hạnh", "Hằng", "Hiền", "Hoa", "Hồng",
        "Huệ", "Hương", "Lan", "Liên", "Linh", "Loan", "Mai", "Nga", "Ngân", "Nhung", "Oanh", "Phương", "Quyên", "Thảo",
        "Thu", "Thủy", "Trang", "Trâm", "Tuyết", "Uyên", "Vân", "Xuân", "Yến",
    ),
}  # fmt: skip
CHAM = {
    "M": ("Bá Văn", "Châu Văn", "Đàng Năng", "Lưu Văn", "Quảng Đại", "Thập Văn", "Kiều Minh"),
    "F": ("Bá Thị", "Châu Thị", "Đàng Thị", "Lưu Thị", "Quảng Thị", "Thập Thị", "Kiều Thị"),
}
RAGLAI = {
    "M": ("Chamaléa", "Kator", "Pi Năng", "Pupur", "Tain", "Mấu"),
    "F": ("Chamaléa Thị", "Kator Thị", "Pi Năng Thị", "Pupur Thị", "Tain Thị", "Mấu Thị"),
}
