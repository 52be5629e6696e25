"""Sections I.3 and I.4: what the figures say, and what follows from them."""

from itertools import pairwise

from reports.figures import Figures
from reports.narrative.context import Context
from reports.vocabulary import months

# What each reason against the post asks of the agency.
ANSWERS = {
    "fear": (
        "hướng dẫn người dân theo dõi từng giấy tờ gốc bằng mã QR trên giấy tiếp nhận"
    ),
    "cost": (
        "phối hợp với Bưu điện gửi gộp các kết quả về cùng một xã để giảm cước mỗi "
        "lần gửi"
    ),
    "slow": (
        "theo dõi thời gian toàn trình của từng bưu gửi và yêu cầu Bưu điện giải trình "
        "các bưu gửi chậm"
    ),
    "unaware": "giới thiệu dịch vụ bưu chính công ích ngay khi tiếp nhận hồ sơ",
}


def trend(context: Context) -> str:
    """Whether the share grew from each period to the next."""
    steps = [_step(context, *pair) for pair in pairwise(context.report.periods)]
    told = "; ".join(step for step in steps if step)
    return f"Tỷ lệ hồ sơ qua dịch vụ bưu chính công ích {told}." if told else ""


def _step(context: Context, before: Figures, after: Figures) -> str:
    was, now = (x.counts.by_post_ratio.percent for x in (before, after))
    if was is None or now is None:
        return ""
    of = context.of
    if was == now:
        return (
            f"giữ nguyên ở mức {of('by_post_ratio.percent', after)} trong "
            f"{of('name', after)}"
        )
    verb = "tăng" if now > was else "giảm"
    return (
        f"{verb} từ {of('by_post_ratio.percent', before)} ({of('name', before)}) "
        f"{'lên' if now > was else 'xuống'} {of('by_post_ratio.percent', after)} "
        f"({of('name', after)})"
    )


def pace(context: Context) -> str:
    """Dossiers a month, since periods of different length do not compare."""
    periods = context.report.periods
    if len({months(x) for x in periods}) < 2:
        return ""
    each = "; ".join(
        f"{context.of('name', x)} khoảng {context.of('by_post.a_month', x)} hồ sơ"
        for x in periods
    )
    return f"Bình quân mỗi tháng có hồ sơ qua dịch vụ bưu chính công ích: {each}."


def benefit(context: Context) -> str:
    """Why it is done at all."""
    if not context.shown.counts.by_post:
        return ""
    return (
        "Việc tiếp nhận hồ sơ, trả kết quả qua dịch vụ bưu chính công ích giúp tổ chức, "
        "cá nhân giảm số lần đi lại khi giải quyết thủ tục hành chính."
    )


def safety(context: Context) -> str:
    """That nothing was lost, where nothing was."""
    post = context.shown.post
    harm = post.both.lost or any(count for _kind, count in post.incidents)
    if not post.both.posted or harm:
        return ""
    return (
        f"Trong {context.of('both.posted')} bưu gửi, không có trường hợp mất, thất lạc, "
        "hư hỏng giấy tờ."
    )


def inform(context: Context) -> str:
    """The task that never ends."""
    return (
        "Tiếp tục niêm yết công khai danh mục thủ tục hành chính thực hiện và không "
        "thực hiện qua dịch vụ bưu chính công ích; tuyên truyền, hướng dẫn tổ chức, cá "
        "nhân sử dụng dịch vụ."
    )


def answer_reasons(context: Context) -> str:
    """What the commonest reasons against the post ask for."""
    given = [reason for reason, count in context.shown.refusals if count]
    tasks = [ANSWERS[reason] for reason in given if reason in ANSWERS]
    if not tasks:
        return ""
    text = "; ".join(tasks)
    return f"{text[0].upper()}{text[1:]}."


def use_unused(context: Context) -> str:
    """What is offered and never chosen deserves a look."""
    if not context.unused:
        return ""
    return (
        f"Rà soát, hướng dẫn thực hiện đối với {context.of('unused')} thủ tục được thực "
        "hiện qua dịch vụ bưu chính công ích nhưng chưa phát sinh hồ sơ."
    )


def with_post(context: Context) -> str:
    """What is to be done together with the post."""
    leg = context.shown.post.both
    if leg.within_norm >= leg.judged:
        return ""
    return (
        "Phối hợp với Bưu điện khắc phục các bưu gửi quá thời gian toàn trình theo quy "
        "định."
    )
