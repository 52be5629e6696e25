"""The words of a register for channels, states and kinds of applicants.

The first words are those that are written; the others are also understood.
"""

from dossiers.statuses import (
    ApplicantKind,
    IntakeChannel,
    ReturnChannel,
    Status,
    WhyNotPost,
)

WAYS_IN: dict[str, str] = {
    IntakeChannel.COUNTER: "Tại quầy",
    IntakeChannel.ONLINE: "Trực tuyến",
    IntakeChannel.PUBLIC_POST: "Bưu chính công ích",
    IntakeChannel.OTHER_COURIER: "Chuyển phát khác",
}
WAYS_OUT: dict[str, str] = {
    ReturnChannel.COUNTER: "Tại quầy",
    ReturnChannel.ONLINE: "Trực tuyến",
    ReturnChannel.PUBLIC_POST: "Bưu chính công ích",
}
_COUNTER = (
    "Trực tiếp",
    "Nộp trực tiếp",
    "Nhận trực tiếp",
    "Tại bộ phận một cửa",
    "Bộ phận một cửa",
    "Một cửa",
    "Trả trực tiếp",
    "Không",
    "-",
)
_ONLINE = ("Qua mạng", "Online", "Nộp trực tuyến", "DVCTT", "Điện tử", "Bản điện tử")
_POST = (
    "BCCI",
    "Qua BCCI",
    "Bưu chính",
    "Bưu điện",
    "Qua bưu điện",
    "Qua bưu chính",
    "Qua bưu chính công ích",
    "Dịch vụ bưu chính công ích",
    "Qua dịch vụ bưu chính công ích",
    "Dịch vụ BCCI",
    "Tại nhà qua bưu chính",
    "Có",
)
# A column «Trả qua BCCI» is ticked, by hand or as a form counts it; not ticked is as
# good as empty.
_TICKED = ("x", "1", "TRUE")
_NOT_TICKED = ("0", "FALSE")
_COURIER = ("Chuyển phát nhanh", "Bưu chính khác", "Chuyển phát", "EMS")
OTHER_WAYS_IN: dict[str, str] = (
    dict.fromkeys(_COUNTER, IntakeChannel.COUNTER)
    | dict.fromkeys(_ONLINE, IntakeChannel.ONLINE)
    | dict.fromkeys((*_POST, *_TICKED), IntakeChannel.PUBLIC_POST)
    | dict.fromkeys(_COURIER, IntakeChannel.OTHER_COURIER)
    | dict.fromkeys(_NOT_TICKED, "")
)
OTHER_WAYS_OUT: dict[str, str] = (
    dict.fromkeys(_COUNTER, ReturnChannel.COUNTER)
    | dict.fromkeys(_ONLINE, ReturnChannel.ONLINE)
    | dict.fromkeys((*_POST, *_TICKED), ReturnChannel.PUBLIC_POST)
    | dict.fromkeys(_NOT_TICKED, "")
)

APPLICANTS: dict[str, str] = {
    ApplicantKind.PERSON: "Cá nhân",
    ApplicantKind.BUSINESS: "Doanh nghiệp, hội",
    ApplicantKind.PUBLIC_BODY: "Cơ quan nhà nước",
}
OTHER_APPLICANTS: dict[str, str] = {
    "Công dân": ApplicantKind.PERSON,
    "Người dân": ApplicantKind.PERSON,
    "Doanh nghiệp": ApplicantKind.BUSINESS,
    "Hội": ApplicantKind.BUSINESS,
    "Tổ chức": ApplicantKind.BUSINESS,
    "Công ty": ApplicantKind.BUSINESS,
    "Cơ quan": ApplicantKind.PUBLIC_BODY,
    "Cơ quan, đơn vị": ApplicantKind.PUBLIC_BODY,
    "UBND": ApplicantKind.PUBLIC_BODY,
}

STATUSES: dict[str, str] = {
    Status.REGISTERED: "Mới đăng ký",
    Status.ANNOUNCED: "Đang gửi qua bưu chính",
    Status.RECEIVED: "Tiếp nhận",
    Status.REFUSED: "Đã từ chối",
    Status.PROCESSING: "Đang xử lý",
    Status.AWAITING_SUPPLEMENT: "Yêu cầu bổ sung giấy tờ",
    Status.AWAITING_PAYMENT: "Yêu cầu thực hiện nghĩa vụ tài chính",
    Status.WITHDRAWN: "Đã thu hồi",
    Status.DISCONTINUED: "Dừng xử lý",
    Status.RESULT_READY: "Đã có kết quả",
    Status.WITH_POST: "Bưu chính đang chuyển kết quả",
    Status.UNDELIVERED: "Chuyển hoàn, chưa phát được",
    Status.RETURNED: "Đã trả kết quả",
}
OTHER_STATUSES: dict[str, str] = {
    "Đã tiếp nhận": Status.RECEIVED,
    "Mới tiếp nhận": Status.RECEIVED,
    "Đang giải quyết": Status.PROCESSING,
    "Đang thực hiện": Status.PROCESSING,
    "Từ chối": Status.REFUSED,
    "Trả lại": Status.REFUSED,
    "Rút hồ sơ": Status.WITHDRAWN,
    "Đã rút": Status.WITHDRAWN,
    "Rút": Status.WITHDRAWN,
    "Dừng giải quyết": Status.DISCONTINUED,
    "Dừng": Status.DISCONTINUED,
    "Đã giải quyết": Status.RESULT_READY,
    "Đã xong": Status.RESULT_READY,
    "Hoàn thành": Status.RESULT_READY,
    "Đã trả": Status.RETURNED,
    "Trả kết quả": Status.RETURNED,
    "Đã trả KQ": Status.RETURNED,
}

WHY_NOT_POST: dict[str, str] = {
    WhyNotPost.FEAR: "Sợ mất bản chính",
    WhyNotPost.COST: "Cước cao",
    WhyNotPost.SLOW: "Lâu",
    WhyNotPost.UNAWARE: "Chưa biết, muốn tìm hiểu thêm",
    WhyNotPost.NEARBY: "Ở gần, tiện đến lấy",
    WhyNotPost.OTHER: "Lý do khác",
}
