"""The report of September 2020 and the ways in which people would mend it."""

from pathlib import Path

SEED = (Path(__file__).parent / "papers" / "seed-2020.txt").read_text("utf-8")

FIFTH = "5) Thủ tục Tiếp nhận vào công chức cấp xã không qua thi tuyển."
HEAD = """UBND TỈNH BẮC GIANG
SỞ NỘI VỤ

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

"""

# What every mended report has in common.
FIGURES = [("chiếm 10,08%", "chiếm 10,85%"), ("chiếm 24,16%", "chiếm 24,17%")]
OWN_NAME = [("Sở Khoa học và Công nghệ đã tổ chức", "Sở Nội vụ đã tổ chức")]
NUMBER = [("Số: /BC-SNV", "Số: 15/BC-SNV")]
LAST_DAY = [("ngày tháng 9 năm 2020", "ngày 30 tháng 9 năm 2020")]
ADDRESSEE = [
    (
        "Tổng công ty bưu điện Việt Nam\n\nThực hiện Công văn",
        (
            "Tổng công ty bưu điện Việt Nam\n\n"
            "Kính gửi: Sở Thông tin và Truyền thông\n\nThực hiện Công văn"
        ),
    )
]
SLIPS = [
    ("Kết quả tiến nhận", "Kết quả tiếp nhận"),
    ("Tuyên truyền truyền", "Tuyên truyền"),
    ("chuyển đến kết quả đến", "chuyển kết quả đến"),
]
ONE_DECISION = [
    ("số 104/QĐ-UBND ngày 17/01/2020", "số 124/QĐ-UBND ngày 20/01/2020"),
]
MONTHS = [
    (
        "Sau 01 năm triển khai thực hiện thỏa thuận hợp tác với bưu điện tỉnh",
        (
            "Sau 21 tháng (từ 01/01/2019 đến 30/9/2020) triển khai thực hiện thỏa thuận "
            "hợp tác với bưu điện tỉnh"
        ),
    )
]
SIX = [
    ("gồm 05 thủ tục", "gồm 06 thủ tục"),
    (FIFTH, FIFTH[:-1] + "; 6) Thủ tục Công nhận Ban vận động thành lập hội."),
]
COMMON = [*FIGURES, *OWN_NAME, *NUMBER, *LAST_DAY, *ADDRESSEE, *SLIPS]


def mend(text: str, *changes: list[tuple[str, str]]) -> str:
    """The text with every change made; each must have something to change."""
    for change in changes:
        for wrong, right in change:
            assert wrong in text, wrong
            text = text.replace(wrong, right)
    return text


def variants() -> dict[str, str]:
    """Mended reports by what is special about each."""
    plain = mend(SEED, COMMON, ONE_DECISION, MONTHS, SIX)
    october = [("ngày 30 tháng 9 năm 2020", "ngày 05 tháng 10 năm 2020")]
    return {
        "only what is listed": plain,
        "in October": mend(plain, october),
        "after the cut-off": mend(
            plain, [("ngày 30 tháng 9 năm 2020", "ngày 25 tháng 9 năm 2020")]
        ),
        "the sixth procedure explained": mend(
            SEED,
            COMMON,
            ONE_DECISION,
            MONTHS,
            [(FIFTH, FIFTH[:-1] + "; thủ tục thứ sáu chưa phát sinh hồ sơ.")],
        ),
        "the rest explained": mend(
            SEED,
            COMMON,
            ONE_DECISION,
            MONTHS,
            [(FIFTH, FIFTH + " Còn lại 01 thủ tục chưa phát sinh hồ sơ.")],
        ),
        "five of six": mend(
            SEED,
            COMMON,
            ONE_DECISION,
            MONTHS,
            [("gồm 05 thủ tục", "gồm 05/06 thủ tục")],
        ),
        "one decision replaces the other": mend(
            SEED,
            COMMON,
            MONTHS,
            SIX,
            [
                (
                    "Quyết định số 124/QĐ-UBND ngày 20/01/2020",
                    (
                        "Quyết định số 124/QĐ-UBND ngày 20/01/2020 (thay thế Quyết định "
                        "số 104/QĐ-UBND ngày 17/01/2020)"
                    ),
                ),
                (
                    "Thực hiện Quyết định số 104/QĐ-UBND ngày 17/01/2020",
                    "Thực hiện Quyết định số 124/QĐ-UBND ngày 20/01/2020",
                ),
            ],
        ),
        "cited short the second time": mend(
            SEED,
            COMMON,
            MONTHS,
            SIX,
            [
                (
                    (
                        "Thực hiện Quyết định số 104/QĐ-UBND ngày 17/01/2020 của Chủ tịch "
                        "UBND tỉnh về việc công bố Bộ thủ tục hành chính thuộc phạm vi "
                        "chức năng quản lý của Sở Nội vụ, Sở Nội vụ có"
                    ),
                    "Theo Quyết định số 124/QĐ-UBND, Sở Nội vụ có",
                )
            ],
        ),
        "periods named before the total": mend(
            SEED,
            COMMON,
            ONE_DECISION,
            SIX,
            [
                (
                    (
                        "Sau 01 năm triển khai thực hiện thỏa thuận hợp tác với bưu điện "
                        "tỉnh, Sở Nội vụ đã"
                    ),
                    "Trong năm 2019 và 9 tháng đầu năm 2020, Sở Nội vụ đã",
                )
            ],
        ),
        "twenty-one months everywhere": mend(
            SEED,
            COMMON,
            ONE_DECISION,
            SIX,
            [("01 năm", "21 tháng (từ 01/01/2019 đến 30/9/2020)")],
        ),
        "one year and nine months": mend(
            SEED,
            COMMON,
            ONE_DECISION,
            SIX,
            [("Sau 01 năm triển khai", "Sau 01 năm 9 tháng triển khai")],
        ),
        "thoroughly tidied": mend(
            HEAD + plain,
            [
                ("1. Thực hiện Quyết định số 45", "a) Thực hiện Quyết định số 45"),
                ("2. Tuyên truyền trên", "b) Tuyên truyền trên"),
                ("3. Bộ phận một cửa", "c) Bộ phận một cửa"),
                ("4. Niêm yết", "d) Niêm yết"),
                ("3. Đánh giá chung", "II. ĐÁNH GIÁ CHUNG"),
                ("4. Nhiệm vụ trong", "III. NHIỆM VỤ TRONG"),
                ("Tổng công ty bưu điện", "Tổng công ty Bưu điện"),
                ("bưu điện tỉnh", "Bưu điện tỉnh"),
                (
                    "(chiếm 24,17%).",
                    "(chiếm 24,17%); tính chung 52/332 hồ sơ (chiếm 15,66%).",
                ),
                ("có 06/98 thủ tục hành chính", "có 06/98 thủ tục hành chính (6,12%)"),
                (
                    "- Sở Thông tin và Truyền thông;",
                    "- Như trên;\n- Chủ tịch UBND tỉnh;",
                ),
                ("**KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC**", "GIÁM ĐỐC"),
            ],
        ),
    }
