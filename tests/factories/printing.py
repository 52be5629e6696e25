"""Dossiers to be printed: an ordinary one, and one with everything too long."""

from datetime import date
from typing import Any

from dossiers import actions
from dossiers.models import Dossier, Paper
from dossiers.statuses import ReturnChannel
from procedures.models import RequiredPaper
from tests.factories.dossiers import make_draft
from tests.factories.offices import Office
from tests.factories.procedures import make_procedure

Form = RequiredPaper.Form
# The last day of TT 01/2018/TT-VPCP and the first of TT 03/2025/TT-VPCP.
OLD_DAY, NEW_DAY = date(2025, 9, 14), date(2025, 9, 15)

PEOPLE = {
    "applicant_name": "Nguyễn Thị Hồng Hạnh",
    "applicant_phone": "0912345678",
    "applicant_email": "hanh@example.vn",
    "applicant_address": "Thôn 3, xã Cảnh Thụy, huyện Yên Dũng",
}
HOME = {
    "return_channel": ReturnChannel.PUBLIC_POST,
    "return_name": "Trần Văn Bình",
    "return_phone": "0987654321",
    "return_address": "Số 7 phố Thân Nhân Trung",
}
# One word without a break, and many words: 200 and 300 letters as the fields allow.
LONG_NAME = f"Liên hiệp {'ư' * 120} hợp tác xã ".ljust(200, "ộ")
LONG_ADDRESS = ("thôn Nguyễn Khuyến, xã Ưỡng Ường, " * 9)[:300]
PAPERS = (
    ("Đơn đề nghị", Form.ORIGINAL, 1),
    ("Bằng tốt nghiệp đại học", Form.CERTIFIED_COPY, 2),
    ("Giấy khai sinh", Form.COPY, 1),
)
MANY_PAPERS = tuple(
    (f"Giấy tờ số {n}, có tên dài hơn một dòng để xem bảng có tràn hay không", form, 1)
    for n, form in zip(range(1, 51), [*Form] * 17, strict=False)
)


def received(
    office: Office,
    day: date,
    papers: tuple[tuple[str, str, int], ...] = PAPERS,
    **values: Any,
) -> Dossier:
    """A dossier received at nine on a day, with these papers."""
    procedure = make_procedure(office, name="Thủ tục thi tuyển công chức")
    draft = make_draft(procedure, on=day, **(PEOPLE | values))
    return actions.receive(
        draft,
        by=office.clerk,
        at=draft.received_at,
        papers=[
            Paper(name=name, form=form, quantity=quantity)
            for name, form, quantity in papers
        ],
    )
