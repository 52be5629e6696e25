"""Section I.2: what came, what left, how it travelled."""

from postal_tthc.lib.vietnamese import write_number
from reports.narrative.context import Context
from reports.references import join


def procedures(context: Context) -> str:
    """n of N procedures, on a named day."""
    if not context.shown.procedures.denominator:
        return ""
    of = context.of
    return (
        f"Tính đến ngày {of('as_of')}, {context.organisation} có {of('procedures')} "
        "thủ tục hành chính được thực hiện qua dịch vụ bưu chính công ích."
    )


def headline(context: Context) -> str:
    """The dossiers by post, all together and period by period."""
    of = context.of
    periods = context.report.periods
    each = "; ".join(
        f"{of('name', x)}: {of('by_post_ratio', x)} hồ sơ" for x in periods
    )
    if context.whole is None:
        return (
            "Số hồ sơ tiếp nhận có ít nhất một chiều qua dịch vụ bưu chính công ích "
            f"trên tổng số hồ sơ tiếp nhận: {each}."
        )
    text = (
        f"Trong kỳ ({of('days')}), {context.organisation} đã tiếp nhận "
        f"{of('received')} hồ sơ, trong đó {of('by_post_ratio')} hồ sơ có ít nhất một "
        "chiều qua dịch vụ bưu chính công ích"
    )
    return f"{text}; cụ thể: {each}." if len(periods) > 1 else f"{text}."


def legs(context: Context) -> str:
    """Both legs apart: sending in is one thing, getting the result another."""
    of = context.of
    return (
        f"Chiều gửi hồ sơ đến: {of('intake_ratio')} hồ sơ tiếp nhận được gửi qua dịch "
        f"vụ bưu chính công ích. Chiều trả kết quả: {of('return_ratio')} kết quả đã trả "
        "được chuyển qua dịch vụ bưu chính công ích. Số hồ sơ qua bưu chính công ích "
        f"cả hai chiều: {of('both_legs_by_post')}."
    )


def used(context: Context) -> str:
    """The procedures chosen, each with its number."""
    lines = context.used
    if not lines:
        return ""
    listed = "; ".join(
        f"{place}) {line.name} ({context.of(f'by_post.{line.code}')} hồ sơ)"
        for place, line in enumerate(lines, start=1)
    )
    return f"Hồ sơ phát sinh thuộc {context.of('used')} thủ tục: {listed}."


def unused(context: Context) -> str:
    """The procedures offered and not chosen: zero is told, not hidden."""
    lines = context.unused
    if not lines:
        return ""
    listed = join(line.name for line in lines)
    return (
        f"Còn {context.of('unused')} thủ tục được thực hiện qua dịch vụ bưu chính công "
        f"ích nhưng chưa phát sinh hồ sơ: {listed}."
    )


def time_kept(context: Context) -> str:
    """What was finished, early, on time and overdue; what is left."""
    of = context.of
    return (
        f"Đã giải quyết {of('finished')} hồ sơ, trong đó trước hạn {of('early')}, đúng "
        f"hạn {of('on_time')}, quá hạn {of('overdue')}, rút hoặc dừng giải quyết "
        f"{of('withdrawn')}; tỷ lệ trước hạn và đúng hạn {of('on_time_ratio')}. Đang "
        f"giải quyết {of('outstanding')} hồ sơ, trong đó quá hạn {of('open_overdue')}."
    )


def transit(context: Context) -> str:
    """How long the post took, against J+n (TT 17/2017/TT-BTTTT, Điều 7)."""
    parts = [
        _transit_of(context, name, words, is_judged=leg.judged > 0)
        for name, words, leg in (
            ("intake", "chiều gửi hồ sơ đến", context.shown.post.intake),
            ("outgoing", "chiều trả kết quả", context.shown.post.outgoing),
        )
        if leg.days
    ]
    if not parts:
        return ""
    return f"Thời gian toàn trình của bưu gửi đã đến nơi: {'; '.join(parts)}."


def _transit_of(context: Context, leg: str, words: str, *, is_judged: bool) -> str:
    of = context.of
    text = (
        f"{words}: một nửa số bưu gửi không quá {of(f'{leg}.median')} ngày làm việc, "
        f"90% không quá {of(f'{leg}.p90')} ngày làm việc"
    )
    if not is_judged:
        return text
    return (
        f"{text}; kể cả bưu gửi chưa đến nơi, đúng thời gian toàn trình "
        f"{of(f'{leg}.within_norm')} bưu gửi"
    )


def postage(context: Context) -> str:
    """What it costs: đồng, not «còn cao»."""
    if not context.shown.post.both.postage_known:
        return ""
    of = context.of
    return (
        f"Cước bưu chính bình quân {of('both.postage_mean')} đồng một bưu gửi; tổng "
        f"cước {of('both.postage')} đồng."
    )


def adjusted(context: Context) -> str:
    """What an earlier report would count otherwise today."""
    if not context.adjustments:
        return ""
    lines = [
        f"- {x.period_name}, {x.label.lower()}: {x.sign} (đã báo cáo "
        f"{write_number(x.before)}, nay {write_number(x.after)})"
        for x in context.adjustments
    ]
    lines = [*(f"{line};" for line in lines[:-1]), f"{lines[-1]}."]
    signed = join(dict.fromkeys(x.signed for x in context.adjustments))
    return "\n".join([f"Điều chỉnh số liệu kỳ trước ({signed}):", *lines])
