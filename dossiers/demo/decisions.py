"""The legal documents the sample catalogue rests on.

Two decisions of January 2020 publish the same catalogue, as the report of
September 2020 cites them; the one before them is invented.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from postal_tthc.accounts.models import Organisation
from procedures.models import Decision

# The first days of the catalogue before, and of the one that replaced it.
OLD_LIST, NEW_LIST = date(2019, 1, 1), date(2020, 1, 17)
LAST_OF_OLD_LIST = NEW_LIST - timedelta(days=1)

CHAIRMAN = "Chủ tịch UBND tỉnh Bắc Giang"
CATALOGUE = (
    "về việc công bố Bộ thủ tục hành chính thuộc phạm vi chức năng quản lý "
    "của Sở Nội vụ"
)


@dataclass(frozen=True)
class Decisions:
    """What the rows of the catalogue refer to."""

    by_post: Decision
    old_list: Decision
    new_list: Decision


def create(agency: Organisation) -> Decisions:
    """Write the decisions; one that is already known is left as it is."""
    by_post = _decision(
        "45/2016/QĐ-TTg",
        date(2016, 10, 19),
        issuer="Thủ tướng Chính phủ",
        title=(
            "về việc tiếp nhận hồ sơ, trả kết quả giải quyết thủ tục hành chính "
            "qua dịch vụ bưu chính công ích"
        ),
        effective_from=date(2016, 12, 16),
    )
    new_list = _decision(
        "104/QĐ-UBND",
        NEW_LIST,
        issuer=CHAIRMAN,
        title=CATALOGUE,
        effective_from=NEW_LIST,
        publishes_catalogue_of=agency,
    )
    _decision(
        "124/QĐ-UBND",
        date(2020, 1, 20),
        issuer=CHAIRMAN,
        title=f"{CATALOGUE} tỉnh Bắc Giang",
        effective_from=date(2020, 1, 20),
        publishes_catalogue_of=agency,
    )
    old_list = _decision(
        "MẪU-01/QĐ-UBND",
        date(2018, 12, 20),
        issuer=CHAIRMAN,
        title=f"{CATALOGUE} (văn bản mẫu)",
        effective_from=OLD_LIST,
        effective_to=LAST_OF_OLD_LIST,
        replaced_by=new_list,
        publishes_catalogue_of=agency,
    )
    return Decisions(by_post, old_list, new_list)


def _decision(number: str, issued_on: date, **values: object) -> Decision:
    decision, _created = Decision.objects.get_or_create(
        number=number, issued_on=issued_on, defaults=values
    )
    return decision
