"""The post's words for a status or a failure, as lists and messages write them. Pure.

The post publishes no fixed vocabulary, so this is a table of what has been seen;
a word that is not in it is kept as it came and never guessed.
"""

import re

from dossiers.postal_statuses import ItemStatus, Reason
from postal_tthc.lib.vietnamese import fold

STATUS_WORDS: dict[ItemStatus, tuple[str, ...]] = {
    ItemStatus.ACCEPTED: (
        "Chấp nhận gửi",
        "Chấp nhận",
        "Đã chấp nhận",
        "Nhận gửi",
        "Đã nhận gửi",
        "Bưu điện đã nhận",
        "Đã giao cho bưu điện",
    ),
    ItemStatus.IN_TRANSIT: (
        "Đang vận chuyển",
        "Vận chuyển",
        "Đang chuyển",
        "Đi khỏi bưu cục",
        "Rời bưu cục",
        "Đang đi",
        "Chuyển tiếp",
    ),
    ItemStatus.AT_OFFICE: (
        "Đến bưu cục",
        "Đã đến bưu cục",
        "Đến bưu cục phát",
        "Tại bưu cục phát",
        "Lưu bưu cục",
    ),
    ItemStatus.OUT_FOR_DELIVERY: (
        "Đang phát",
        "Đang đi phát",
        "Giao bưu tá",
        "Đang phát (giao bưu tá)",
        "Đã giao bưu tá",
    ),
    ItemStatus.ATTEMPTED: (
        "Phát không thành công",
        "Không phát được",
        "Chưa phát được",
        "Phát thất bại",
        "Không thành công",
    ),
    ItemStatus.COMING_BACK: (
        "Chuyển hoàn",
        "Đang chuyển hoàn",
        "Đang hoàn",
        "Bắt đầu chuyển hoàn",
    ),
    ItemStatus.DELIVERED: (
        "Phát thành công",
        "Đã phát thành công",
        "Thành công",
        "Đã phát",
        "Đã giao",
        "Đã trả kết quả",
        "Đã trả",
    ),
    ItemStatus.CAME_BACK: ("Đã hoàn", "Đã chuyển hoàn", "Chuyển hoàn thành công"),
}
REASON_WORDS: dict[Reason, tuple[str, ...]] = {
    Reason.ABSENT: (
        "Đi vắng",
        "Người nhận đi vắng",
        "Vắng nhà",
        "Không có nhà",
        "Không có người nhận",
    ),
    Reason.UNREACHABLE: (
        "Không liên lạc được",
        "Không nghe máy",
        "Không gọi được",
        "Thuê bao không liên lạc được",
    ),
    Reason.WRONG_ADDRESS: (
        "Sai địa chỉ",
        "Địa chỉ sai",
        "Địa chỉ không rõ ràng",
        "Không tìm thấy địa chỉ",
        "Địa chỉ không đầy đủ",
    ),
    Reason.WRONG_PHONE: ("Sai số điện thoại", "Số điện thoại sai"),
    Reason.WRONG_CONTENTS: ("Sai nội dung", "Thiếu giấy tờ"),
    Reason.MOVED: ("Chuyển đi nơi khác", "Chuyển chỗ ở", "Đã chuyển đi"),
    Reason.POSTPONED: (
        "Hẹn lại",
        "Người nhận hẹn lại",
        "Hẹn phát lại",
        "Hẹn ngày khác",
    ),
    Reason.NO_IDENTITY: ("Không có giấy tờ tùy thân", "Không có giấy ủy quyền"),
    Reason.REFUSED_IT: ("Từ chối nhận", "Người nhận từ chối", "Từ chối"),
    Reason.MISROUTED: ("Lạc hướng", "Thất lạc hướng"),
    Reason.LATE: ("Đến muộn", "Phát chậm"),
    Reason.DAMAGED: ("Hư hỏng", "Bưu gửi hư hỏng"),
}


def bare(text: str) -> str:
    """Words in plain letters with single spaces, without signs."""
    return " ".join(re.findall(r"[a-z0-9]+", fold(text)))


STATUSES = {bare(word): s for s, words in STATUS_WORDS.items() for word in words}
STATUSES |= {bare(status.value): status for status in STATUS_WORDS}
REASONS = {bare(word): r for r, words in REASON_WORDS.items() for word in words}
REASONS |= {bare(reason.value): reason for reason in REASON_WORDS}
# One of the post's words for each reason, to tell which ones are known.
REASON_EXAMPLES = tuple(words[0] for words in REASON_WORDS.values())


def status_of(said: str) -> tuple[ItemStatus | None, Reason | None]:
    """The status that these words mean, and the reason when they name one as well.

    "Phát không thành công (đi vắng)" and "Phát không thành công - đi vắng" say
    both. Nothing for words that are not in the table.
    """
    if status := STATUSES.get(bare(said)):
        return status, None
    reason = reason_of(_halves(said)[1]) if is_failure(said) else None
    return (ItemStatus.ATTEMPTED, reason) if reason else (None, None)


def is_failure(said: str) -> bool:
    """Whether these words begin as a failed delivery, known reason or not."""
    return STATUSES.get(bare(_halves(said)[0])) == ItemStatus.ATTEMPTED


def reason_of(said: str) -> Reason | None:
    """Why a delivery failed, if these words are known."""
    return REASONS.get(bare(said))


def _halves(said: str) -> tuple[str, str]:
    first, _sign, rest = [*re.split(r"([(:,;–—-])", said, maxsplit=1), "", ""][:3]
    return first, rest
