"""What the sample procedures ask for: one list for each kind of procedure.

The first paper of a list is what the agency keeps on file by law; the others go
back with the result.
"""

from procedures.models import RequiredPaper

ORIGINAL = RequiredPaper.Form.ORIGINAL
CERTIFIED_COPY = RequiredPaper.Form.CERTIFIED_COPY
COPY = RequiredPaper.Form.COPY

# Name, form, how many.
Line = tuple[str, str, int]

PAPERS: dict[str, tuple[Line, ...]] = {
    # The six that may go by public post.
    "first_salary": (
        ("Công văn đề nghị xếp lương của Ủy ban nhân dân cấp huyện", ORIGINAL, 1),
        ("Nghị quyết hoặc biên bản xác nhận kết quả bầu cử", CERTIFIED_COPY, 1),
        ("Quyết định phê chuẩn chức vụ cán bộ chuyên trách cấp xã", ORIGINAL, 1),
        ("Văn bằng chuyên môn, nghiệp vụ", CERTIFIED_COPY, 1),
        ("Tờ khai quá trình đóng bảo hiểm xã hội", COPY, 1),
    ),
    "cadre_to_official": (
        ("Tờ trình của Ủy ban nhân dân cấp huyện", ORIGINAL, 1),
        ("Đơn đề nghị chuyển sang công chức cấp xã", ORIGINAL, 1),
        ("Sơ yếu lý lịch có xác nhận của cơ quan quản lý", ORIGINAL, 1),
        ("Văn bằng, chứng chỉ chuyên môn theo vị trí chức danh", CERTIFIED_COPY, 1),
        ("Quyết định lương hiện hưởng", COPY, 1),
    ),
    "salary_after_training": (
        ("Công văn đề nghị chuyển xếp lương", ORIGINAL, 1),
        ("Bằng tốt nghiệp sau khi thay đổi trình độ chuyên môn", ORIGINAL, 1),
        ("Quyết định cử đi đào tạo", CERTIFIED_COPY, 1),
        ("Quyết định lương hiện hưởng", COPY, 1),
    ),
    "commander": (
        ("Tờ trình đề nghị xét tuyển của Ủy ban nhân dân cấp huyện", ORIGINAL, 1),
        ("Phiếu đăng ký dự tuyển", ORIGINAL, 1),
        ("Văn bản thống nhất của Ban Chỉ huy Quân sự hoặc Công an huyện", ORIGINAL, 1),
        ("Văn bằng, chứng chỉ theo yêu cầu của chức danh", CERTIFIED_COPY, 1),
        ("Giấy khám sức khỏe", ORIGINAL, 1),
    ),
    "official_without_exam": (
        ("Tờ trình đề nghị tiếp nhận không qua thi tuyển", ORIGINAL, 1),
        ("Sơ yếu lý lịch có xác nhận của cơ quan có thẩm quyền", ORIGINAL, 1),
        ("Bằng tốt nghiệp và bảng kết quả học tập", CERTIFIED_COPY, 1),
        ("Giấy khám sức khỏe", ORIGINAL, 1),
        ("Biên bản họp Hội đồng kiểm tra, sát hạch", ORIGINAL, 1),
    ),
    "after_probation": (
        ("Công văn đề nghị xếp lương sau thời gian tập sự", ORIGINAL, 1),
        ("Bản nhận xét, đánh giá của người hướng dẫn tập sự", ORIGINAL, 1),
        ("Quyết định tuyển dụng công chức cấp xã", CERTIFIED_COPY, 1),
    ),
    # The others, by what they are about.
    "recruitment": (
        ("Phiếu đăng ký dự tuyển (theo mẫu)", ORIGINAL, 1),
        ("Văn bằng, chứng chỉ theo yêu cầu của vị trí dự tuyển", CERTIFIED_COPY, 1),
        ("Giấy chứng nhận đối tượng ưu tiên (nếu có)", CERTIFIED_COPY, 1),
    ),
    "personnel": (
        ("Công văn đề nghị của cơ quan, đơn vị", ORIGINAL, 1),
        ("Sơ yếu lý lịch có xác nhận của cơ quan quản lý", ORIGINAL, 1),
        ("Văn bằng, chứng chỉ", CERTIFIED_COPY, 1),
        ("Quyết định lương hiện hưởng", COPY, 1),
    ),
    "transfer": (
        ("Đơn đề nghị của cá nhân", ORIGINAL, 1),
        ("Văn bản đồng ý của cơ quan đang công tác", ORIGINAL, 1),
        ("Sơ yếu lý lịch có xác nhận của cơ quan quản lý", ORIGINAL, 1),
        ("Quyết định tuyển dụng", CERTIFIED_COPY, 1),
    ),
    "territory": (
        ("Tờ trình của Ủy ban nhân dân cấp huyện", ORIGINAL, 1),
        ("Đề án", ORIGINAL, 2),
        ("Biên bản lấy ý kiến cử tri", CERTIFIED_COPY, 1),
        ("Nghị quyết của Hội đồng nhân dân cấp xã", CERTIFIED_COPY, 1),
    ),
    "establishment": (
        ("Công văn đề nghị thẩm định", ORIGINAL, 1),
        ("Đề án", ORIGINAL, 2),
        ("Dự thảo quyết định", ORIGINAL, 1),
        ("Ý kiến của các cơ quan liên quan", COPY, 1),
    ),
    "association": (
        ("Đơn đề nghị (theo mẫu)", ORIGINAL, 1),
        ("Điều lệ hoặc dự thảo điều lệ hội", ORIGINAL, 2),
        ("Danh sách ban vận động hoặc ban lãnh đạo hội", ORIGINAL, 1),
        ("Sơ yếu lý lịch và phiếu lý lịch tư pháp của người đứng đầu", ORIGINAL, 1),
    ),
    "fund": (
        ("Đơn đề nghị (theo mẫu)", ORIGINAL, 1),
        ("Dự thảo điều lệ quỹ", ORIGINAL, 2),
        ("Tài liệu chứng minh tài sản đóng góp thành lập quỹ", CERTIFIED_COPY, 1),
        ("Phiếu lý lịch tư pháp của các sáng lập viên", ORIGINAL, 1),
    ),
    "award": (
        ("Tờ trình đề nghị khen thưởng", ORIGINAL, 1),
        ("Báo cáo thành tích", ORIGINAL, 1),
        ("Biên bản họp xét khen thưởng", COPY, 1),
    ),
    "faith": (
        ("Văn bản đề nghị hoặc thông báo (theo mẫu)", ORIGINAL, 1),
        ("Danh sách, chương trình kèm theo", ORIGINAL, 1),
        ("Giấy tờ chứng minh địa điểm hợp pháp", CERTIFIED_COPY, 1),
    ),
    "archive": (
        ("Đơn đề nghị cấp Chứng chỉ hành nghề lưu trữ (theo mẫu)", ORIGINAL, 1),
        ("Giấy chứng nhận đạt yêu cầu kiểm tra nghiệp vụ", ORIGINAL, 1),
        ("Bằng tốt nghiệp chuyên ngành", CERTIFIED_COPY, 1),
        ("Ảnh 2 × 3 cm", ORIGINAL, 2),
    ),
    "reading": (
        ("Phiếu yêu cầu (theo mẫu)", ORIGINAL, 1),
        ("Giấy tờ tùy thân", COPY, 1),
    ),
    "disposal": (
        ("Công văn đề nghị thẩm định", ORIGINAL, 1),
        ("Danh mục tài liệu hết giá trị", ORIGINAL, 2),
        ("Biên bản họp Hội đồng xác định giá trị tài liệu", COPY, 1),
    ),
    "youth": (
        ("Tờ trình của Tỉnh đoàn", ORIGINAL, 1),
        ("Đề án hoặc danh sách kèm theo", ORIGINAL, 1),
        ("Ý kiến của cơ quan liên quan", COPY, 1),
    ),
}
