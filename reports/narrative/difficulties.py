"""Sections II and III: what stood in the way, counted, and what is asked for."""

from reports.narrative.context import Context
from reports.vocabulary import INCIDENTS, REASONS


def intake_behind(context: Context) -> str:
    """Where people only let the result come by post."""
    counts = context.shown.counts
    into, out = counts.intake_ratio, counts.return_ratio
    if into.percent is None or out.percent is None or into.percent >= out.percent:
        return ""
    of = context.of
    return (
        "Việc gửi hồ sơ đến qua dịch vụ bưu chính công ích còn hạn chế so với việc trả "
        f"kết quả: {of('intake_ratio')} hồ sơ gửi đến, {of('return_ratio')} kết quả trả."
    )


def reasons(context: Context) -> str:
    """Why people did not want the post that was offered."""
    given = [(x, n) for x, n in context.shown.refusals if n]
    if not given:
        return ""
    ordered = sorted(given, key=lambda each: -each[1])
    told = "; ".join(
        f"{context.of(f'refusals.{reason}')} trường hợp {REASONS[reason]}"
        for reason, _count in ordered
        if reason in REASONS
    )
    return (
        f"Trong {context.of('refusals')} trường hợp được giới thiệu nhưng không chọn "
        f"dịch vụ bưu chính công ích: {told}."
    )


def slow(context: Context) -> str:
    """What took longer than J+n."""
    leg = context.shown.post.both
    late = leg.judged - leg.within_norm
    if late <= 0:
        return ""
    return (
        "Còn bưu gửi quá thời gian toàn trình: chỉ "
        f"{context.of('both.within_norm')} bưu gửi đến nơi trong thời gian quy định."
    )


def undelivered(context: Context) -> str:
    """Deliveries that failed."""
    leg = context.shown.post.both
    if not leg.attempts and not leg.came_back:
        return ""
    return (
        f"Có {context.of('both.attempts')} lần phát không thành công, "
        f"{context.of('both.came_back')} bưu gửi chuyển hoàn."
    )


def harm(context: Context) -> str:
    """What was lost, damaged or opened, and what was paid for it."""
    post = context.shown.post
    kinds = [kind for kind in INCIDENTS if post.incident(kind)]
    if not kinds:
        return ""
    told = "; ".join(
        f"{context.of(f'incidents.{kind}')} trường hợp {INCIDENTS[kind]}"
        for kind in kinds
    )
    text = f"Sự cố phát hiện trong kỳ: {told}."
    if post.complaints:
        text += f" Đã gửi {context.of('complaints')} khiếu nại đến Bưu điện."
    if post.compensation_paid_dong:
        text += f" Số tiền đã bồi thường: {context.of('compensation_paid')} đồng."
    return text


def to_post(context: Context) -> str:
    """What is asked of the post."""
    leg = context.shown.post.both
    asks = []
    if leg.judged > leg.within_norm:
        asks.append("bảo đảm thời gian toàn trình theo quy định")
    if dict(context.shown.refusals).get("cost"):
        asks.append("xem xét giảm cước khi gửi nhiều kết quả về cùng một địa bàn")
    if context.shown.post.answered_late:
        asks.append("trả lời khiếu nại đúng thời hạn")
    return f"Đề nghị Bưu điện tỉnh {'; '.join(asks)}." if asks else ""


def to_above(context: Context) -> str:
    """What is asked of those above."""
    if not context.unused:
        return ""
    return (
        "Đề nghị cấp có thẩm quyền rà soát danh mục thủ tục hành chính thực hiện qua "
        "dịch vụ bưu chính công ích đối với các thủ tục không phát sinh hồ sơ."
    )
