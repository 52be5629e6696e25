"""The sheets a register can be written as: one of our columns, three official ones.

The book of dossiers is form 06 of TT 01/2018/TT-VPCP, form 07 of TT 03/2025/TT-VPCP;
the lists for the post have the columns that one-stop systems hand to the post.
Everything here is Vietnamese data.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dossiers.counted_sets import RETURN_BY_POST
from dossiers.models import Dossier, PostalItem
from dossiers.printing import register
from dossiers.printing.sheets import Kind, head_of, sheet_on
from dossiers.spreadsheets.column_writers import received_on, return_items
from dossiers.spreadsheets.columns import by_key
from dossiers.statuses import ENDED_EARLY, SENT
from postal_tthc.accounts.models import Organisation
from postal_tthc.lib import big_tables as tables
from postal_tthc.lib.big_tables import Column, Line, Row, Table
from postal_tthc.lib.vietnamese import write_date

TEXT, DATE, COUNT, MONEY = tables.Kind
MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
HIDDEN = ("id", "version")  # so that a sheet can come back
DAYS, OUT = "Ngày, tháng, năm", "Trả kết quả"

RECEIVED = Q(code__isnull=False, clock_started_on__isnull=False)
# Registered for carriage: the desk has it, and a result goes out or went. What is only
# announced has no code by which the post could name it, and may never come; what was
# refused, withdrawn or discontinued has no result to carry. Its papers go home by
# minutes of their own.
REGISTERED = RECEIVED & RETURN_BY_POST & ~Q(status__in=sorted(ENDED_EARLY))
# Returned by post, as the figures count it: the result has left with the post.
RETURNED_BY_POST = RECEIVED & RETURN_BY_POST & Q(status__in=sorted(SENT))

# As wide as their words ask and one page across A4 bears: see printed_sheets.
CODE, DAY = 27, 10.5
BOOK = (
    Column("TT", COUNT, 5),
    Column("Mã hồ sơ", width=CODE),
    Column("Tên thủ tục hành chính", width=29),
    Column("Số lượng hồ sơ (bộ)", COUNT, 6),
    Column("Tên cá nhân, tổ chức", width=22),
    Column("Địa chỉ, số điện thoại", width=26),
    Column("Cơ quan chủ trì giải quyết", width=15),
    Column("Nhận hồ sơ", DATE, DAY, DAYS),
    Column("Hẹn trả kết quả", DATE, DAY, DAYS),
    Column("Chuyển hồ sơ đến cơ quan giải quyết", DATE, DAY, DAYS),
    Column("Nhận kết quả từ cơ quan giải quyết", DATE, DAY, DAYS),
    Column("Ngày, tháng, năm", DATE, DAY, OUT),
    Column("Phương thức nhận kết quả", width=12, group=OUT),
    Column("Ký nhận", width=16, group=OUT),
    Column("Ghi chú", width=13),
)
REGISTRATIONS = (
    Column("STT", COUNT, 6),
    Column("Số hiệu giấy tờ (Mã hồ sơ)", width=CODE),
    Column("Nội dung hồ sơ", width=34),
    Column("Số CCCD chủ hồ sơ", width=15),
    Column("Họ tên người nhận kết quả", width=25),
    Column("Địa chỉ đăng ký nhận kết quả", width=34),
    Column("Số điện thoại người nhận", width=14),
    Column("Ngày công dân đăng ký", DATE, 12),
    Column("Ngày bưu điện nhận kết quả", DATE, 12),
    # Beyond the list of one-stop systems: a result that came back goes out again in
    # another envelope, and by the code alone nobody knows whose postage a line tells.
    Column("Mã vận đơn bưu điện", width=16),
    Column("Số ký hiệu kết quả", width=16),
    Column("Cước bưu điện thu", MONEY, 12),
)
BY_POST = (
    Column("STT", COUNT, 5),
    Column("Đơn vị tiếp nhận", width=18),
    Column("Tên TTHC", width=28),
    Column("Mã hồ sơ", width=CODE),
    # Not «Trạng thái»: beside an item number that would be the state of the item.
    Column("Trạng thái hồ sơ", width=14),
    Column("Chủ hồ sơ", width=20),
    Column("Thông tin người nhận kết quả qua BCCI", width=28),
    Column("Số điện thoại", width=13),
    Column("Mã vận đơn bưu điện", width=16),
    Column("Phí thu hộ", MONEY, 10),
    Column("Ngày nộp", DATE, DAY),
    Column("Ngày nhận", DATE, DAY),
    Column("Ngày hẹn trả", DATE, DAY),
    Column("Ngày kết thúc xử lý", DATE, DAY),
)


@dataclass(frozen=True)
class Span:
    """The days a sheet is about, as far as somebody asked; and what stood before.

    ``before`` is how many dossiers of that year stand in the book before ``start``.
    """

    start: date | None = None
    end: date | None = None
    before: int = 0


@dataclass(frozen=True)
class Layout:
    """One kind of sheet.

    ``needs`` are relations fetched ahead; ``narrow`` says which of the dossiers
    stand in it; ``by_receipt`` when the law gives their order.
    """

    name: Promise
    file_name: str
    table: Callable[[tuple[str, ...], Organisation, Span], Table]
    rows: Callable[[Iterable[Dossier], tuple[str, ...], Span], Iterator[Row]]
    needs: tuple[str, ...] = ()
    narrow: Q | None = None
    by_receipt: bool = False


def keys_written(keys: tuple[str, ...]) -> tuple[str, ...]:
    """The chosen columns as they were ordered, and those for the way back."""
    return (*keys, *HIDDEN)


def _own_table(keys: tuple[str, ...], organisation: Organisation, span: Span) -> Table:
    columns = tuple(
        Column(x.heading, tables.Kind(x.kind), x.width, is_hidden=x.is_hidden)
        for x in (by_key[key] for key in keys_written(keys))
    )
    title = "Danh sách hồ sơ"
    return Table("Hồ sơ", title, organisation.name, columns)


def _own_rows(
    dossiers: Iterable[Dossier], keys: tuple[str, ...], span: Span
) -> Iterator[Row]:
    writers = [by_key[key].write for key in keys_written(keys)]
    return ([write(dossier) for write in writers] for dossier in dossiers)


def _book_table(keys: tuple[str, ...], organisation: Organisation, span: Span) -> Table:
    today = timezone.localdate()
    form = sheet_on(Kind.REGISTER, min(span.end or today, today))
    whole_year = span.start and span.end and span.start.year == span.end.year
    year = f" NĂM {span.start.year}" if span.start and whole_year else ""
    form_number = (Line("", form.reference, is_italic=True),) if form.reference else ()
    return _official(
        f"{form.title}{year}", "Sổ theo dõi", BOOK, organisation, span, form_number
    )


def _official(
    title: str,
    name: str,
    columns: tuple[Column, ...],
    organisation: Organisation,
    span: Span,
    first: tuple[Line, ...] = (),
) -> Table:
    head = head_of(organisation, None)
    above = (
        *first,
        Line(head.above, MOTTO[0]),
        Line(head.issuer, MOTTO[1], is_bold=True),
        Line(title, is_bold=True),
    )
    if words := _period(span):
        above += (Line(words, is_italic=True),)
    return Table(name, title, organisation.name, columns, above, is_form=True)


def _period(span: Span) -> str:
    words = []
    if span.start:
        words.append(f"từ ngày {write_date(span.start)}")
    if span.end:
        words.append(f"đến ngày {write_date(span.end)}")
    text = " ".join(words)
    return f"({text[:1].upper()}{text[1:]})" if text else ""


def _book_rows(
    dossiers: Iterable[Dossier], keys: tuple[str, ...], span: Span
) -> Iterator[Row]:
    for line in register.lines(dossiers, span.before):
        dossier = line.dossier
        where = filter(None, (dossier.applicant_address, dossier.applicant_phone))
        yield (
            line.number,
            dossier.code,
            dossier.procedure.name,
            dossier.sets,
            dossier.applicant_name,
            "; ".join(where) or None,
            dossier.agency.name,
            dossier.clock_started_on,
            dossier.due_on,
            line.handed_over_on,
            line.result_came_on,
            dossier.returned_on,
            line.way_out,
            line.signed or None,
            line.note or None,
        )


def _registrations_table(
    keys: tuple[str, ...], organisation: Organisation, span: Span
) -> Table:
    title = "DANH SÁCH ĐĂNG KÝ CHUYỂN PHÁT QUA BƯU ĐIỆN"
    return _official(title, "Đăng ký chuyển phát", REGISTRATIONS, organisation, span)


def _registrations_rows(
    dossiers: Iterable[Dossier], keys: tuple[str, ...], span: Span
) -> Iterator[Row]:
    """A line an envelope, or a result that has none yet; the total of what was paid.

    The number of the result itself is not kept here; its column stays free.
    """
    numbers, registered, postage = count(1), 0, 0
    paid: set[int] = set()
    for dossier in dossiers:
        registered += 1
        for item in _envelopes(dossier):
            if item and item.postage_dong and item.pk not in paid:
                # An envelope may carry several results; it was paid for once.
                paid.add(item.pk)
                postage += item.postage_dong
            yield (
                next(numbers),
                dossier.code,
                dossier.procedure.name,
                dossier.applicant_id_number or None,
                dossier.return_name,
                dossier.return_address,
                dossier.return_phone or dossier.applicant_phone or None,
                received_on(dossier),
                item.posted_on if item else None,
                item.number if item else None,
                None,
                item.postage_dong if item else None,
            )
    total = f"TỔNG SỐ: {registered} hồ sơ"
    yield (None, total, *[None] * (len(REGISTRATIONS) - 3), postage)


def _envelopes(dossier: Dossier) -> Sequence[PostalItem | None]:
    """The envelopes of its result, a line each; one line that has none before the first.

    The post counts and is paid by the envelope, and asks for each by its number.
    """
    return return_items(dossier) or (None,)


def _by_post_table(
    keys: tuple[str, ...], organisation: Organisation, span: Span
) -> Table:
    title = "DANH SÁCH HỒ SƠ TRẢ KẾT QUẢ QUA DỊCH VỤ BƯU CHÍNH CÔNG ÍCH"
    return _official(title, "Hồ sơ qua BCCI", BY_POST, organisation, span)


def _by_post_rows(
    dossiers: Iterable[Dossier], keys: tuple[str, ...], span: Span
) -> Iterator[Row]:
    numbers = count(1)
    for dossier in dossiers:
        for item in _envelopes(dossier):
            yield (
                next(numbers),
                dossier.desk.name,
                dossier.procedure.name,
                dossier.code,
                by_key["status"].write(dossier),
                dossier.applicant_name,
                f"{dossier.return_name}; {dossier.return_address}",
                dossier.return_phone or dossier.applicant_phone or None,
                item.number if item else None,
                item.collect_dong if item else None,
                received_on(dossier),
                dossier.clock_started_on,
                dossier.due_on,
                dossier.finished_on,
            )


LAYOUTS: dict[str, Layout] = {
    "columns": Layout(
        _("A list with the columns chosen below"), "ho-so", _own_table, _own_rows
    ),
    "register": Layout(
        _("Dossier register, in the official layout"),
        "so-theo-doi-ho-so",
        _book_table,
        _book_rows,
        needs=("procedure", "agency", "custody", "postal_items"),
        narrow=RECEIVED,
        by_receipt=True,
    ),
    "registrations": Layout(
        _("Results registered for delivery, for the post"),
        "dang-ky-chuyen-phat",
        _registrations_table,
        _registrations_rows,
        needs=("procedure", "postal_items"),
        narrow=REGISTERED,
        by_receipt=True,
    ),
    "by_post": Layout(
        _("Dossiers returned by post, with item numbers and fees"),
        "ho-so-qua-bcci",
        _by_post_table,
        _by_post_rows,
        needs=("procedure", "desk", "postal_items"),
        narrow=RETURNED_BY_POST,
        by_receipt=True,
    ),
}
