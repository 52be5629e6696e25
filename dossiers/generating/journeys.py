"""The journeys of synthetic dossiers, and how many in a thousand take each: a table."""

from dataclasses import dataclass
from enum import Enum

from dossiers.statuses import IntakeChannel, ReturnChannel, Step


@dataclass(frozen=True)
class Journey:
    """A way through the states. ``steps`` follow the receipt, until the present day.

    Of a journey by post only procedures are asked for that may go by post.
    """

    in_a_thousand: int
    intake: IntakeChannel
    out: ReturnChannel
    steps: tuple[Step, ...]

    @property
    def by_post(self) -> bool:
        """Whether a leg goes by public post."""
        ways = (self.intake.value, self.out.value)
        return IntakeChannel.PUBLIC_POST.value in ways


COUNTER, ONLINE = IntakeChannel.COUNTER, IntakeChannel.ONLINE
POST, COURIER = IntakeChannel.PUBLIC_POST, IntakeChannel.OTHER_COURIER
BY_HAND, BY_NET, BY_POST = (
    ReturnChannel.COUNTER,
    ReturnChannel.ONLINE,
    ReturnChannel.PUBLIC_POST,
)
WORKED = (Step.PROCESSING, Step.RESULT_READY)
FETCHED = (*WORKED, Step.RETURNED)
DELIVERED = (*WORKED, Step.HANDED_TO_POST, Step.DELIVERED)
ASKED = (Step.PROCESSING, Step.SUPPLEMENT_REQUESTED)

JOURNEYS: tuple[Journey, ...] = (
    Journey(540, COUNTER, BY_HAND, FETCHED),
    Journey(120, ONLINE, BY_HAND, FETCHED),
    Journey(40, ONLINE, BY_NET, FETCHED),
    Journey(5, COURIER, BY_HAND, FETCHED),
    Journey(120, COUNTER, BY_POST, DELIVERED),
    Journey(40, POST, BY_POST, DELIVERED),
    Journey(20, POST, BY_HAND, FETCHED),
    Journey(45, COUNTER, BY_HAND, (*ASKED, Step.SUPPLEMENTED, *FETCHED)),
    Journey(5, POST, BY_POST, (*ASKED, Step.SUPPLEMENTED, *DELIVERED)),
    Journey(10, COUNTER, BY_HAND, (*ASKED, Step.DISCONTINUED)),
    Journey(15, COUNTER, BY_HAND, (Step.WITHDRAWN,)),
    Journey(15, COUNTER, BY_HAND, (Step.PROCESSING, Step.REFUSED)),
    Journey(
        10,
        COUNTER,
        BY_POST,
        (*WORKED, Step.HANDED_TO_POST, Step.CAME_BACK, Step.RETURNED),
    ),
    Journey(15, COUNTER, BY_HAND, (*WORKED,)),
)


class Hand(Enum):
    """Who has the papers after a step, or takes it."""

    DESK = "desk"
    AGENCY = "agency"
    POST = "post"
    APPLICANT = "applicant"


# Who takes a step, and who has the papers afterwards; None: who had them before.
TAKEN_BY: dict[Step, tuple[Hand, Hand | None]] = {
    Step.PROCESSING: (Hand.AGENCY, Hand.AGENCY),
    Step.SUPPLEMENT_REQUESTED: (Hand.AGENCY, None),
    Step.SUPPLEMENTED: (Hand.DESK, Hand.DESK),
    Step.RESULT_READY: (Hand.AGENCY, Hand.DESK),
    Step.RETURNED: (Hand.DESK, Hand.APPLICANT),
    Step.HANDED_TO_POST: (Hand.DESK, Hand.POST),
    Step.DELIVERED: (Hand.POST, Hand.APPLICANT),
    Step.CAME_BACK: (Hand.DESK, Hand.DESK),
    Step.REFUSED: (Hand.AGENCY, Hand.APPLICANT),
    Step.WITHDRAWN: (Hand.DESK, Hand.APPLICANT),
    Step.DISCONTINUED: (Hand.AGENCY, Hand.APPLICANT),
}
# Working days between the step before and this one, at least and at most.
GAPS: dict[Step, tuple[int, int]] = {
    Step.PROCESSING: (0, 1),
    Step.SUPPLEMENT_REQUESTED: (1, 2),
    Step.SUPPLEMENTED: (2, 12),
    Step.RETURNED: (0, 6),
    Step.HANDED_TO_POST: (1, 2),
    Step.DELIVERED: (1, 4),
    Step.CAME_BACK: (5, 9),
    Step.REFUSED: (1, 4),
    Step.WITHDRAWN: (1, 5),
    Step.DISCONTINUED: (30, 45),
}
REASONS: dict[Step, str] = {
    Step.SUPPLEMENT_REQUESTED: "Thiếu giấy tờ theo thành phần hồ sơ (mẫu)",
    Step.REFUSED: "Không thuộc thẩm quyền giải quyết (mẫu)",
    Step.WITHDRAWN: "Người nộp đề nghị rút hồ sơ (mẫu)",
    Step.DISCONTINUED: "Quá thời hạn bổ sung hồ sơ (mẫu)",
}
