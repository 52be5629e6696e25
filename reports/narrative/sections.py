"""The sections of a report, in the order of the report of September 2020."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """A heading of the report. ``parent`` is the key of the one above it."""

    key: str
    title: str
    parent: str = ""


# Keys are stored; numbers are given when the report is drawn, without gaps.
SECTIONS: dict[str, Section] = {
    section.key: section
    for section in (
        Section("opening", ""),
        Section("situation", "Tình hình, kết quả thực hiện"),
        Section(
            "outreach",
            "Công tác chỉ đạo và tổ chức tuyên truyền, quán triệt",
            "situation",
        ),
        Section(
            "results",
            "Kết quả tiếp nhận hồ sơ và trả kết quả qua dịch vụ bưu chính công ích",
            "situation",
        ),
        Section("assessment", "Đánh giá chung", "situation"),
        Section("tasks", "Nhiệm vụ trong thời gian tới", "situation"),
        Section("difficulties", "Khó khăn, vướng mắc và nguyên nhân"),
        Section("proposals", "Kiến nghị, đề xuất"),
        Section("closing", ""),
    )
}
