"""Sentences from reports, right and wrong, with what should be said about each.

A wrong sentence names each finding as its kind and what is expected instead.
"""

RIGHT = [
    # Percentages as they are printed.
    "Năm 2019 tiếp nhận qua bưu chính 23/212 hồ sơ (chiếm 10,85%).",
    "Năm 2019: 23/212 hồ sơ (chiếm 10.85%).",
    "9 tháng đầu năm 2020: 29/120 hồ sơ (24,17 %).",
    "Tiếp nhận 29/120 hồ sơ, đạt 24,2%.",
    "Tiếp nhận 29/120 hồ sơ, đạt tỷ lệ 24%.",
    "Có 06/98 thủ tục hành chính (6,12%) thực hiện qua bưu chính.",
    "Tiếp nhận 1.234/5.678 hồ sơ, chiếm 21,73%.",
    "Tiếp nhận 1,234/5,678 hồ sơ, chiếm 21.73%.",
    "Tiếp nhận 1.234/5.678 hồ sơ (21,733%).",
    "Năm 2019: 23/212\nhồ sơ (chiếm\n10,85%).",
    "Năm 2019: 23 /\n212 hồ sơ (chiếm 10,85 %).",
    "Năm 2019: 23/212 hồ sơ (chiếm 10,85).",
    "Năm 2019: 23/212 hồ sơ, chiếm 10,85 phần trăm.",
    "Tỷ lệ hồ sơ qua bưu chính đạt 10,85% (23/212 hồ sơ).",
    "Tỷ lệ đạt 24,17%, tương ứng 29/120 hồ sơ.",
    "Trả đúng hạn 212/212 hồ sơ, đạt 100%.",
    "Không có hồ sơ quá hạn: 0/212 hồ sơ (0%).",
    "Tiếp nhận 23 hồ sơ/212 hồ sơ (10,85%).",
    "Tiếp nhận 23 hồ sơ trên tổng số 212 hồ sơ, chiếm 10,85%.",
    "Kết quả gửi qua bưu chính 23/212 hồ sơ chiếm khoảng 11%.",
    "Tiếp nhận 23/212 hồ sơ (chiếm hơn 10%).",
    # Percentages that speak of something else.
    "Tiếp nhận 23/212 hồ sơ, tăng 5,2% so với cùng kỳ.",
    "Giải quyết 29/120 hồ sơ; 100% hồ sơ trả đúng hạn.",
    "Giải quyết 29/120 hồ sơ qua bưu chính, đạt 95% kế hoạch.",
    "Tiếp nhận 23/212 hồ sơ qua bưu chính, hồ sơ trực tuyến chiếm 45%.",
    "Tiếp nhận 23/212 hồ sơ và 29/120 hồ sơ (chiếm lần lượt 10,85% và 24,17%).",
    # Days, document numbers and other things with a stroke.
    "Thực hiện Công văn số 4208/UBND-KGVT ngày 22/9/2020 của Chủ tịch UBND tỉnh.",
    "Quyết định số 45/2016/QĐ-TTg ngày 19/10/2016 của Thủ tướng Chính phủ.",
    "Quyết định số 104/QĐ-UBND ngày 17/01/2020 của Chủ tịch UBND tỉnh.",
    "Theo Nghị định 61/2018 và Thông tư 01/2018, hồ sơ được trả đúng hạn.",
    "Bưu điện trực 24/7 và tiếp nhận 24/24 giờ.",
    "Từ ngày 22/9 hồ sơ được nhận tại bưu cục.",
    "Dịp lễ 30/4 và 01/5 Bộ phận Một cửa nghỉ.",
    "Đến 30/9 kết quả được trả qua bưu chính.",
    "Trong tháng 9/2020 kết quả được trả đúng hạn.",
    "Trụ sở tại số nhà 12/5, đường Nguyễn Gia Thiều.",
    "Số hồ sơ 000.00.16.H02-200115-0001 đã được trả.",
    # Sums.
    "Tiếp nhận 52 hồ sơ qua bưu chính, trong đó năm 2019: 23 hồ sơ, 9 tháng đầu năm 2020: 29 hồ sơ.",
    "Tổng số 100 hồ sơ, gồm 60 trực tiếp và 40 qua bưu chính.",
    "Tổng số 1.300 hồ sơ, bao gồm: 1.234 hồ sơ trực tiếp, 66 hồ sơ qua bưu chính.",
    "Tiếp nhận 100 hồ sơ, trong đó 23 hồ sơ qua bưu chính.",
    "Tiếp nhận 100 hồ sơ, trong đó gửi qua bưu chính 60 hồ sơ, trả qua bưu chính 70 hồ sơ.",
    "Tính chung hai kỳ: 23 + 29 = 52 hồ sơ.",
    "Năm 2019: 23 hồ sơ, 9 tháng đầu năm 2020: 29 hồ sơ, tổng cộng 52 hồ sơ.",
    "Tiếp nhận 52/332 hồ sơ, trong đó năm 2019: 23/212 hồ sơ (10,85%), 9 tháng đầu năm 2020: 29/120 hồ sơ (24,17%).",
    "Công bố 98 thủ tục, gồm 12 lĩnh vực.",
    # Lists.
    "Các hồ sơ chủ yếu gồm 03 thủ tục: 1) Xếp lương; 2) Chuyển công chức; 3) Tuyển dụng.",
    "Gồm 03 nội dung sau:\n- Tuyên truyền;\n- Niêm yết;\n- Tập huấn.\nBáo cáo hết.",
    "Gồm 02 phần: a) Kết quả; b) Phương hướng.",
    "Gồm 02 việc sau:\n1. Tuyên truyền.\n2. Niêm yết.\n3. Đánh giá chung",
    "Gồm 03 huyện: Yên Thế; TP. Bắc Giang; Sơn Động.",
    # Others named rightly, words that only look doubled.
    "Sở Nội vụ báo cáo kết quả. Sở Nội vụ gửi Sở Thông tin và Truyền thông tổng hợp.",
    "Sở Nội vụ báo cáo kết quả. Sở đã phối hợp với Sở Tư pháp, Sở Tài chính đã tổ chức tuyên truyền.",
    "Sở Nội vụ báo cáo kết quả. Thực hiện Công văn của Sở Tư pháp về tuyên truyền.",
    "Các cơ quan quan tâm đến người dân dân tộc thiểu số.",
]

WRONG: list[tuple[str, list[tuple[str, str]]]] = [
    ("Năm 2019: 23/212 hồ sơ (chiếm 10,08%).", [("percentage_wrong", "10,85%")]),
    ("Năm 2019: 23/212 hồ sơ (chiếm 10.08%).", [("percentage_wrong", "10,85%")]),
    ("Năm 2019: 23/212 hồ sơ (chiếm 10,58%).", [("percentage_wrong", "10,85%")]),
    ("Năm 2020: 29/120 hồ sơ (24,16 %).", [("percentage_truncated", "24,17%")]),
    ("Tiếp nhận 29/120 hồ sơ, đạt 24,16%.", [("percentage_truncated", "24,17%")]),
    ("Tiếp nhận 29/120 hồ sơ, đạt tỷ lệ 24,1%.", [("percentage_truncated", "24,2%")]),
    ("Tiếp nhận 23/212 hồ sơ, chiếm 10%.", [("percentage_truncated", "11%")]),
    ("Có 06/98 thủ tục (6,21%) qua bưu chính.", [("percentage_wrong", "6,12%")]),
    (
        "Có 06/98 thủ tục hành chính, chiếm tỷ lệ 6,13%.",
        [("percentage_wrong", "6,12%")],
    ),
    ("Tiếp nhận 1.234/5.678 hồ sơ, chiếm 27,13%.", [("percentage_wrong", "21,73%")]),
    ("Tiếp nhận 1,234/5,678 hồ sơ (21.37%).", [("percentage_wrong", "21,73%")]),
    ("Năm 2019: 23/212\nhồ sơ (chiếm\n10,08%).", [("percentage_wrong", "10,85%")]),
    ("Năm 2019: 23\n/ 212 hồ sơ (chiếm 10,08%).", [("percentage_wrong", "10,85%")]),
    ("Năm 2019: 23/212 hồ sơ (chiếm 10,08).", [("percentage_wrong", "10,85%")]),
    ("Năm 2019: 23/212 hồ sơ, chiếm 10,08.", [("percentage_wrong", "10,85%")]),
    (
        "Năm 2019: 23/212 hồ sơ, chiếm 10,08 phần trăm.",
        [("percentage_wrong", "10,85%")],
    ),
    (
        "Tỷ lệ qua bưu chính đạt 10,08% (23/212 hồ sơ).",
        [("percentage_wrong", "10,85%")],
    ),
    ("Tỷ lệ đạt 24,71%, tương ứng 29/120 hồ sơ.", [("percentage_wrong", "24,17%")]),
    ("Tiếp nhận 23 hồ sơ/212 hồ sơ (1,085%).", [("percentage_wrong", "10,849%")]),
    (
        "Tiếp nhận 23 hồ sơ trên tổng số 212 hồ sơ, chiếm 12,85%.",
        [("percentage_wrong", "10,85%")],
    ),
    (
        "Gửi qua dịch vụ bưu chính công ích 23/212 hồ sơ chiếm khoảng 15%.",
        [("percentage_wrong", "11%")],
    ),
    ("Trả đúng hạn 211/212 hồ sơ, đạt 100,0%.", [("percentage_wrong", "99,5%")]),
    (
        "Tiếp nhận 212/23 hồ sơ qua bưu chính.",
        [("numerator_above_denominator", "tử số không lớn hơn 23")],
    ),
    (
        "Có 98/06 thủ tục (6,12%) thực hiện qua bưu chính.",
        [("numerator_above_denominator", "tử số không lớn hơn 6")],
    ),
    (
        "Năm 2019: 23/212 hồ sơ (10,84%), năm 2020: 29/120 hồ sơ (24,17%).",
        [("percentage_truncated", "10,85%")],
    ),
    (
        "Năm 2019: 23/212 hồ sơ (10,08%), năm 2020: 29/120 hồ sơ (24,16%).",
        [("percentage_wrong", "10,85%"), ("percentage_truncated", "24,17%")],
    ),
    (
        "Tiếp nhận 53 hồ sơ qua bưu chính, trong đó năm 2019: 23 hồ sơ, 9 tháng đầu năm 2020: 29 hồ sơ.",
        [("sum_wrong", "52")],
    ),
    (
        "Tiếp nhận 25 hồ sơ qua bưu chính, trong đó năm 2019: 23/212 hồ sơ (10,85%), 9 tháng đầu năm 2020: 29/120 hồ sơ (24,17%).",
        [("sum_wrong", "52")],
    ),
    (
        "Tiếp nhận 52/330 hồ sơ, trong đó năm 2019: 23/212 hồ sơ (10,85%), 9 tháng đầu năm 2020: 29/120 hồ sơ (24,17%).",
        [("sum_wrong", "332")],
    ),
    ("Tổng số 100, gồm 60 trực tiếp và 45 qua bưu chính.", [("sum_wrong", "105")]),
    (
        "Tổng số 1.300 hồ sơ, bao gồm: 1.234 hồ sơ trực tiếp, 76 hồ sơ qua bưu chính.",
        [("sum_wrong", "1.310")],
    ),
    (
        "Tiếp nhận 100 hồ sơ, trong đó 70 hồ sơ trực tiếp, 45 hồ sơ qua bưu chính.",
        [("sum_wrong", "115")],
    ),
    ("Tiếp nhận 100 hồ sơ, trong đó 123 hồ sơ qua bưu chính.", [("sum_wrong", "123")]),
    ("Tính chung hai kỳ: 23 + 29 = 53 hồ sơ.", [("sum_wrong", "52")]),
    (
        "Năm 2019: 23 hồ sơ, 9 tháng đầu năm 2020: 29 hồ sơ, tổng cộng 62 hồ sơ.",
        [("sum_wrong", "52")],
    ),
    (
        "Chủ yếu gồm 05 thủ tục: 1) Xếp lương; 2) Chuyển công chức; 3) Tuyển dụng.",
        [("list_count", "03 thủ tục")],
    ),
    (
        "Gồm 03 nội dung sau:\n- Tuyên truyền;\n- Niêm yết.\nBáo cáo hết.",
        [("list_count", "02 nội dung")],
    ),
    ("Gồm 03 phần: a) Kết quả; b) Phương hướng.", [("list_count", "02 phần")]),
    ("Gồm ba việc sau:\n1. Tuyên truyền.\n2. Niêm yết.", [("list_count", "02 việc")]),
    ("Gồm 04 huyện: Yên Thế; TP. Bắc Giang; Sơn Động.", [("list_count", "03 huyện")]),
    (
        "Sở có 06/98 thủ tục thực hiện qua bưu chính, gồm 02 thủ tục: 1) Xếp lương; 2) Tuyển dụng.",
        [("procedures_unlisted", "06 thủ tục")],
    ),
    (
        "Sau 01 năm thực hiện, năm 2019: 23/212 hồ sơ, 9 tháng đầu năm 2020: 29/120 hồ sơ.",
        [("length_of_period", "21 tháng")],
    ),
    (
        (
            "Quyết định số 124/QĐ-UBND ngày 20/01/2020 của UBND tỉnh về việc công bố Bộ thủ tục hành chính của Sở Nội vụ. "
            "Quyết định số 104/QĐ-UBND ngày 17/01/2020 của UBND tỉnh về việc công bố Bộ thủ tục hành chính của Sở Nội vụ."
        ),
        [("two_decisions", "một quyết định đang có hiệu lực")],
    ),
    (
        "Quyết định số 45/2016/QĐ-TTg ngày 19/10/2016 được phổ biến; Quyết định số 45/2016/QĐ-TTg ngày 19/11/2016 được niêm yết.",
        [("citation_two_days", "19/10/2016")],
    ),
    (
        "Sở Nội vụ báo cáo kết quả. Sở Khoa học và Công nghệ đã tổ chức tuyên truyền.",
        [("foreign_department", "Sở Nội vụ")],
    ),
    (
        "Sở Nội vụ báo cáo kết quả. Năm 2019, Sở KH&CN đã tiếp nhận hồ sơ.",
        [("foreign_department", "Sở Nội vụ")],
    ),
    ("Kết quả tiến nhận hồ sơ tốt.", [("slip", "tiếp nhận")]),
    ("Tuyên truyền truyền, hướng dẫn người dân.", [("slip", "Tuyên truyền")]),
    ("Kết quả của của Sở được gửi sớm.", [("slip", "của")]),
]

# More of both, taken from what real reports write.
RIGHT += [
    "Đến hết tháng 9/2020 đã có 19/21 sở, ngành triển khai, đạt 90,48%.",
    "Tổng số hồ sơ tiếp nhận là 1.250 hồ sơ (trực tuyến 300 hồ sơ, trực tiếp 950 hồ sơ).",
    "Tổng số là 98 TTHC, trong đó: cấp tỉnh 92 TTHC, cấp huyện 4 TTHC, cấp xã 02 TTHC.",
    "Giải quyết 212 hồ sơ, trong đó trước hạn 100 hồ sơ, đúng hạn 112 hồ sơ, quá hạn 0 hồ sơ.",
    "Điểm số đạt 85,5/100 điểm, xếp thứ 3/20 sở, ngành.",
    "Cắt giảm 1/3 thời gian giải quyết, tương đương 30%.",
    "Thời hạn giải quyết 05/10 ngày làm việc, giảm 50% thời gian.",
    "Hồ sơ gửi qua bưu chính 23/212, đạt 10,85% (tăng 2,5% so với năm 2018).",
    "Cơ cấu: trực tiếp 60% (60/100 hồ sơ), bưu chính 40% (40/100 hồ sơ).",
    "Tiếp nhận 120 hồ sơ, gồm 100 hồ sơ mới và 20 hồ sơ kỳ trước chuyển sang; đã giải quyết 110 hồ sơ.",
    "Trong tổng số 212 hồ sơ có 23 hồ sơ qua bưu chính (chiếm 10,85%).",
    "Có 23 hồ sơ (chiếm 10,85% trong tổng số 212 hồ sơ).",
    "Tiếp nhận 06 thủ tục qua bưu chính, trong đó hồ sơ phát sinh là 52.",
    (
        "Quyết định số 124/QĐ-UBND ngày 20/01/2020 của UBND tỉnh về việc công bố Danh mục thủ tục hành chính lĩnh vực Tổ chức. "
        "Quyết định số 104/QĐ-UBND ngày 17/01/2020 của UBND tỉnh về việc công bố Danh mục thủ tục hành chính lĩnh vực Công chức."
    ),
    "Sở Nội vụ báo cáo kết quả. Bưu điện tỉnh đã tổ chức tuyên truyền; Sở Tư pháp đã hướng dẫn.",
    "Tiếp nhận 212 hồ sơ, trong đó quý I năm 2019: 50, quý II năm 2019: 60, quý III năm 2019: 52, quý IV năm 2019: 50.",
]
WRONG += [
    (
        "Đến hết tháng 9/2020 đã có 19/21 sở, ngành triển khai, đạt 90,84%.",
        [("percentage_wrong", "90,48%")],
    ),
    (
        "Tổng số hồ sơ là 1.250 hồ sơ (trực tuyến 300 hồ sơ, trực tiếp 960 hồ sơ).",
        [("sum_wrong", "1.260")],
    ),
    (
        "Giải quyết 212 hồ sơ, trong đó trước hạn 100 hồ sơ, đúng hạn 122 hồ sơ, quá hạn 0 hồ sơ.",
        [("sum_wrong", "222")],
    ),
    (
        "Hồ sơ gửi qua bưu chính 23/212, đạt 10,08% (tăng 2,5% so với năm 2018).",
        [("percentage_wrong", "10,85%")],
    ),
    (
        "Tiếp nhận 120 hồ sơ, gồm 100 hồ sơ mới và 21 hồ sơ kỳ trước chuyển sang; đã giải quyết 110 hồ sơ.",
        [("sum_wrong", "121")],
    ),
    (
        "Trong tổng số 212 hồ sơ có 23 hồ sơ qua bưu chính (chiếm 10,08%).",
        [("percentage_wrong", "10,85%")],
    ),
    (
        "Có 23 hồ sơ (chiếm 10,08% trong tổng số 212 hồ sơ).",
        [("percentage_wrong", "10,85%")],
    ),
    (
        "Tiếp nhận 212 hồ sơ, trong đó 23 hồ sơ qua bưu chính, chiếm 10,08%.",
        [("percentage_wrong", "10,85%")],
    ),
    # Wrong, and not seen: doubtful readings are left alone.
    (
        "Tiếp nhận 23/212 hồ sơ và 29/120 hồ sơ (chiếm lần lượt 10,08% và 24,17%).",
        [("percentage_wrong", "10,85%")],
    ),
    (
        "Gồm 04 huyện: Yên Thế, Lạng Giang và Sơn Động.",
        [("list_count", "03 huyện")],
    ),
]
