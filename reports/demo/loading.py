"""Loading the demo: the dossiers, then what is reported about them."""

from datetime import date

from django.db import transaction

from dossiers.demo import loading
from dossiers.demo.aftermath import PRESENT
from dossiers.demo.decisions import CHAIRMAN
from postal_tthc.accounts.models import Organisation, User
from procedures.models import Decision
from reports import actions, defaults
from reports.demo.ledger import write_ledger

AGREEMENT = (
    "Thỏa thuận hợp tác giữa UBND tỉnh Bắc Giang và Tổng công ty Bưu điện Việt Nam"
)
PERIODS = ["2019", "2020-9M"]


@transaction.atomic
def load() -> bool:
    """Write the demo; False when it is already there and nothing was written.

    Raises ``Conflict`` when the database holds real data and no demo.
    """
    if not loading.load():
        return False
    agency = Organisation.objects.get(symbol="SNV")
    writer = User.objects.get(username="danhmuc")
    letter = _document(
        "4208/UBND-KGVT",
        date(2020, 9, 22),
        title=f"về việc báo cáo kết quả sau 01 năm thực hiện {AGREEMENT}",
    )
    reminder = _document(
        "2640/UBND-KSTT",
        date(2020, 6, 17),
        title=(
            "về việc tiếp tục thực hiện Quyết định số 45/2016/QĐ-TTg của Thủ tướng "
            "Chính phủ"
        ),
    )
    write_ledger(agency, reminder, writer)
    facts = defaults.facts(agency, PERIODS) | {"request_letter": letter}
    bases = [*defaults.legal_bases(agency, PERIODS), reminder]
    actions.start(agency, by=writer, at=PRESENT, legal_bases=bases, **facts)
    return True


def _document(number: str, issued_on: date, *, title: str) -> Decision:
    document, _created = Decision.objects.get_or_create(
        number=number,
        issued_on=issued_on,
        defaults={
            "kind": Decision.Kind.LETTER,
            "issuer": CHAIRMAN,
            "title": title,
            "effective_from": issued_on,
        },
    )
    return document
