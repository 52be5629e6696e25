"""The transit times of TT 17/2017/TT-BTTTT and the forms of the one-stop regime.

The official wording of the forms was not at hand: the sentences follow what
one-stop units print, and every row says that it has not been compared. The rows
can be corrected on the page of norms; rows that were edited stay as they are.
"""

from datetime import date

from django.db import migrations

TT_17 = "Thông tư số 17/2017/TT-BTTTT ngày 23/06/2017, Điều 7"
TT_17_BEGINS = date(2017, 8, 15)
VNPOST = "Do Tổng công ty Bưu điện Việt Nam quy định và công bố."
# Route; n; n when the appointment slip must be brought back.
NORMS = (
    ("same_district", 1, 2),
    ("within_province", 2, 4),
    ("between_big_cities", 3, 6),
    ("between_provinces", 4, 8),
    ("special", None, None),
)

TT_01 = "Thông tư số 01/2018/TT-VPCP"
TT_03 = "Thông tư số 03/2025/TT-VPCP"
LAST_OF_TT_01, FIRST_OF_TT_03 = date(2025, 9, 14), date(2025, 9, 15)
# Kind; number in TT 01/2018; number in TT 03/2025.
NUMBERS = (
    ("receipt", "01", "01"),
    ("supplement", "02", "02"),
    ("refusal", "03", "03"),
    ("apology", "04", "04"),
    ("discontinuation", "", "05"),
    ("control_slip", "05", "06"),
    ("register", "06", "07"),
)
NO_FORM_BEFORE = "Chưa có mẫu quy định trước 15/09/2025"
PAPER_UNKNOWN = "Chưa xác định được khổ giấy theo quy định; tạm in khổ A4."
OWN_WORDING = "Không có mẫu quy định; lời văn do đơn vị soạn theo nội dung quy định."
# The papers of the post have no form; these documents say what stands in them.
PAPERS_OF_THE_POST = {
    "posting_slip": "Quyết định số 45/2016/QĐ-TTg, Điều 6 và Điều 9; Thông tư số 17/2017/TT-BTTTT, Điều 9",
    "handover_minutes": "Quyết định số 45/2016/QĐ-TTg, Điều 7; Thông tư số 17/2017/TT-BTTTT, Điều 5",
}

# Title, opening, closing. A line is a sentence of the form, as long as it is.
TEXTS = {
    "receipt": (
        "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
        "Bộ phận Một cửa đã tiếp nhận hồ sơ của Ông/Bà (tổ chức) có tên dưới đây:",
        """Ghi chú:
- Giấy này được lập thành 02 liên: một liên kèm theo Phiếu kiểm soát quá trình giải quyết hồ sơ và lưu tại Bộ phận Một cửa, một liên giao người nộp hồ sơ.
- Người nộp hồ sơ có thể đăng ký nhận kết quả tại Bộ phận Một cửa, tại nhà hoặc tại trụ sở qua dịch vụ bưu chính.""",
    ),
    "supplement": (
        "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
        "Qua kiểm tra hồ sơ, đề nghị Ông/Bà (tổ chức) bổ sung, hoàn thiện những nội dung sau:",
        "Nếu có vướng mắc trong quá trình hoàn thiện hồ sơ, đề nghị Ông/Bà (tổ chức) liên hệ với người hướng dẫn có tên dưới đây.",
    ),
    "refusal": (
        "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ",
        "Qua xem xét, cơ quan thông báo không tiếp nhận, giải quyết hồ sơ này với lý do cụ thể như sau:",
        "Xin thông báo để Ông/Bà (tổ chức) được biết.",
    ),
    "apology": (
        "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ",
        "Hồ sơ dưới đây chưa được giải quyết xong trong thời gian đã hẹn với lý do:",
        "Cơ quan xin lỗi Ông/Bà (tổ chức) vì sự chậm trễ này và trân trọng hẹn trả kết quả vào ngày nêu trên.",
    ),
    "discontinuation": (
        "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ",
        "Cơ quan thông báo dừng giải quyết hồ sơ dưới đây với lý do:",
        "Xin thông báo để Ông/Bà (tổ chức) được biết.",
    ),
    "control_slip": (
        "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ",
        "",
        "Ghi chú: Trường hợp hồ sơ được chuyển qua dịch vụ bưu chính công ích theo Quyết định số 45/2016/QĐ-TTg thì thời gian giao, nhận hồ sơ và việc ký nhận thể hiện trong hóa đơn của cơ quan Bưu chính.",
    ),
    "register": ("SỔ THEO DÕI HỒ SƠ", "", ""),
    "posting_slip": (
        "PHIẾU GỬI HỒ SƠ",
        "Người gửi và nhân viên bưu chính đã cùng kiểm đếm, đối chiếu các giấy tờ sau:",
        "Hồ sơ được đóng gói, niêm phong trước sự chứng kiến của người gửi.",
    ),
    "handover_minutes": (
        "BIÊN BẢN GIAO NHẬN HỒ SƠ",
        "Hai bên đã cùng kiểm đếm, đối chiếu và giao nhận các hồ sơ sau:",
        "Hồ sơ được coi là nộp hợp lệ kể từ khi ký Biên bản này; hồ sơ phải bổ sung được tính từ khi bổ sung đầy đủ (Quyết định số 45/2016/QĐ-TTg, khoản 4 Điều 7). Biên bản được lập thành 02 bản, mỗi bên giữ 01 bản.",
    ),
}
TEXTS_OF_TT_03 = TEXTS | {
    "apology": (
        "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT",
        "Hồ sơ dưới đây chưa được giải quyết xong trong thời gian đã hẹn với lý do:",
        "Cơ quan xin lỗi Ông/Bà (tổ chức) vì sự chậm trễ này và đề nghị gia hạn thời gian giải quyết hồ sơ đến ngày nêu trên.",
    ),
}


def add(apps, schema_editor):
    """Add the rows that are not there yet."""
    _add_norms(apps.get_model("procedures", "TransitNorm").objects)
    _add_forms(apps.get_model("procedures", "OfficialForm").objects)


def _add_norms(norms):
    for route, days, days_with_appointment in NORMS:
        norms.get_or_create(
            route=route,
            valid_from=TT_17_BEGINS,
            defaults={
                "days": days,
                "days_with_appointment": days_with_appointment,
                "source": TT_17,
                "note": "" if days else VNPOST,
            },
        )


def _add_forms(forms):
    for kind, old_number, new_number in NUMBERS:
        if old_number:
            prescribed = {
                "circular": TT_01,
                "number": old_number,
                "paper": "A4" if kind == "register" else "A5",
                "source": f"{TT_01} ngày 23/11/2018, Phụ lục, Mẫu số {old_number}",
            }
        else:
            prescribed = {"paper": "A4", "source": NO_FORM_BEFORE}
        _add_form(forms, kind, None, TEXTS, valid_to=LAST_OF_TT_01, **prescribed)
        _add_form(
            forms,
            kind,
            FIRST_OF_TT_03,
            TEXTS_OF_TT_03,
            circular=TT_03,
            number=new_number,
            paper="A4",
            source=f"{TT_03} ngày 15/09/2025, Phụ lục I, Mẫu số {new_number}",
            note=PAPER_UNKNOWN,
        )
    for kind, source in PAPERS_OF_THE_POST.items():
        _add_form(forms, kind, None, TEXTS, paper="A4", source=source, note=OWN_WORDING)


def _add_form(forms, kind, begins, texts, **values):
    title, opening, closing = texts[kind]
    words = {"title": title, "opening": opening, "closing": closing}
    forms.get_or_create(
        kind=kind,
        valid_from=begins,
        defaults={**words, "is_confirmed": False, **values},
    )


class Migration(migrations.Migration):
    """Adds known norms and forms; going back leaves them, they may be edited."""

    dependencies = [("procedures", "0003_norms_and_forms")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
