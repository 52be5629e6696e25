"""What every printed form has: its title and number of the day, its head, its feet."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from postal_tthc.accounts.models import Organisation
from postal_tthc.lib.letterheads import day_in_words, hour_in_words
from procedures.models import OfficialForm, RequiredPaper
from procedures.official_forms import form_on

Kind = OfficialForm.Kind

# What a form is called when no row of the table of forms holds on the day.
TITLES: dict[Kind, str] = {
    Kind.RECEIPT: "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
    Kind.SUPPLEMENT: "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
    Kind.REFUSAL: "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ",
    Kind.APOLOGY: "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ",
    Kind.DISCONTINUATION: "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ",
    Kind.CONTROL_SLIP: "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ",
    Kind.REGISTER: "SỔ THEO DÕI HỒ SƠ",
    Kind.POSTING_SLIP: "PHIẾU GỬI HỒ SƠ",
    Kind.HANDOVER_MINUTES: "BIÊN BẢN GIAO NHẬN HỒ SƠ",
}
# TT 17/2017/TT-BTTTT, Điều 5: the form of a paper is written down.
FORMS_OF_PAPER: dict[RequiredPaper.Form, str] = {
    RequiredPaper.Form.ORIGINAL: "Bản chính",
    RequiredPaper.Form.CERTIFIED_COPY: "Bản sao chứng thực",
    RequiredPaper.Form.COPY: "Bản sao",
}
ABOVE_THE_POST = "TỔNG CÔNG TY BƯU ĐIỆN VIỆT NAM"


@dataclass(frozen=True)
class Sheet:
    """A form as it reads on a day. ``paper`` is A4 or A5."""

    title: str
    reference: str
    opening: tuple[str, ...]
    closing: tuple[str, ...]
    paper: str

    @property
    def layout(self) -> str:
        """The name of its page in forms.css."""
        return self.paper.lower()


@dataclass(frozen=True)
class Head:
    """Agency ‖ Quốc hiệu; ``number`` is empty where a paper bears none."""

    above: str
    issuer: str
    place_and_day: str
    number: str = ""


@dataclass(frozen=True)
class Signature:
    """Who signs: as what, how, and the name where it is known.

    ``instead`` stands where the signature would, when a document of the post
    takes its place.
    """

    role: str
    hint: str = "(Ký, ghi rõ họ tên)"
    name: str = ""
    instead: str = ""


def sheet_on(kind: Kind, day: date) -> Sheet:
    """The form of a kind in the regime of the day; plain where none is known."""
    form = form_on(kind, day)
    if form is None:
        return Sheet(TITLES[kind], "", (), (), OfficialForm.Paper.A4)
    number = f"Mẫu số {form.number}" if form.number else ""
    return Sheet(
        title=form.title,
        reference=" – ".join(part for part in (number, form.circular) if part),
        opening=_lines(form.opening),
        closing=_lines(form.closing),
        paper=form.paper,
    )


def head_of(organisation: Organisation, day: date | None, *, number: str = "") -> Head:
    """The head of a paper that an organisation writes on a day.

    A post office stands below its corporation, not below the committee.
    """
    words = organisation.letterhead
    is_post = organisation.kind == Organisation.Kind.POST_OFFICE
    return Head(
        above=ABOVE_THE_POST if is_post else words.above,
        issuer=organisation.name.upper() if is_post else words.issuer,
        place_and_day=words.place_and_day(day),
        number=number,
    )


def moment_in_words(moment: datetime) -> str:
    """``08 giờ 05 phút, ngày 05 tháng 01 năm 2020``, in Vietnam."""
    local = timezone.localtime(moment)
    return f"{hour_in_words(local)}, {day_in_words(local.date())}"


def short_moment(moment: datetime) -> str:
    """``08 giờ 05 phút, ngày 05/01/2020``, for narrow columns."""
    local = timezone.localtime(moment)
    return f"{hour_in_words(local)}, ngày {local:%d/%m/%Y}"


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
