"""The outreach ledger of the demo, after section I.1 of the report of 2020."""

from datetime import date

from postal_tthc.accounts.models import Organisation, User
from procedures.models import Decision
from reports.models import OutreachEvent

Kind = OutreachEvent.Kind

# Day, kind, what was done, how many people it reached.
EVENTS = (
    (
        date(2019, 3, 12),
        Kind.POSTING,
        (
            "niêm yết công khai danh mục thủ tục hành chính thực hiện qua dịch vụ bưu "
            "chính công ích tại nơi tiếp nhận và trả kết quả"
        ),
        None,
    ),
    (
        date(2019, 9, 20),
        Kind.BRIEFING,
        (
            "quán triệt nội dung Thỏa thuận hợp tác tới toàn thể cán bộ, công chức, viên "
            "chức"
        ),
        62,
    ),
    (
        date(2020, 3, 4),
        Kind.PORTAL,
        (
            "đăng bài hướng dẫn gửi hồ sơ, nhận kết quả qua dịch vụ bưu chính công ích "
            "trên Cổng thông tin điện tử của Sở"
        ),
        None,
    ),
    (
        date(2020, 6, 24),
        Kind.BRIEFING,
        "quán triệt việc tiếp tục thực hiện Quyết định số 45/2016/QĐ-TTg",
        58,
    ),
    (
        date(2020, 8, 11),
        Kind.MEETING,
        (
            "hướng dẫn phòng Nội vụ các huyện, thành phố nộp hồ sơ và nhận kết quả qua "
            "dịch vụ bưu chính công ích"
        ),
        24,
    ),
)
FOLLOWS_LETTER = date(2020, 6, 24)


def write_ledger(agency: Organisation, letter: Decision, by: User) -> None:
    """Write the events; one of them followed a letter from above."""
    for held_on, kind, title, reached in EVENTS:
        OutreachEvent.objects.create(
            organisation=agency,
            held_on=held_on,
            kind=kind,
            title=title,
            reached=reached,
            document=letter if held_on == FOLLOWS_LETTER else None,
            entered_by=by,
        )
