"""Names of provincial departments, as they were before and after 2025."""

DEPARTMENTS = (
    "Sở Công Thương",
    "Sở Dân tộc và Tôn giáo",
    "Sở Du lịch",
    "Sở Giao thông vận tải",
    "Sở Giáo dục và Đào tạo",
    "Sở Kế hoạch và Đầu tư",
    "Sở Khoa học và Công nghệ",
    "Sở Lao động - Thương binh và Xã hội",
    "Sở Lao động, Thương binh và Xã hội",
    "Sở Ngoại vụ",
    "Sở Nông nghiệp và Môi trường",
    "Sở Nông nghiệp và Phát triển nông thôn",
    "Sở Nội vụ",
    "Sở Quy hoạch - Kiến trúc",
    "Sở Tài chính",
    "Sở Tài nguyên và Môi trường",
    "Sở Thông tin và Truyền thông",
    "Sở Tư pháp",
    "Sở Văn hóa, Thể thao và Du lịch",
    "Sở Xây dựng",
    "Sở Y tế",
)
SHORT_NAMES = {
    "Sở GTVT": "Sở Giao thông vận tải",
    "Sở GDĐT": "Sở Giáo dục và Đào tạo",
    "Sở GD&ĐT": "Sở Giáo dục và Đào tạo",
    "Sở KHĐT": "Sở Kế hoạch và Đầu tư",
    "Sở KH&ĐT": "Sở Kế hoạch và Đầu tư",
    "Sở KHCN": "Sở Khoa học và Công nghệ",
    "Sở KH&CN": "Sở Khoa học và Công nghệ",
    "Sở LĐTBXH": "Sở Lao động - Thương binh và Xã hội",
    "Sở LĐ-TB&XH": "Sở Lao động - Thương binh và Xã hội",
    "Sở NN&PTNT": "Sở Nông nghiệp và Phát triển nông thôn",
    "Sở TNMT": "Sở Tài nguyên và Môi trường",
    "Sở TN&MT": "Sở Tài nguyên và Môi trường",
    "Sở TTTT": "Sở Thông tin và Truyền thông",
    "Sở TT&TT": "Sở Thông tin và Truyền thông",
    "Sở VHTTDL": "Sở Văn hóa, Thể thao và Du lịch",
    "Sở VHTT&DL": "Sở Văn hóa, Thể thao và Du lịch",
}


def initials(name: str) -> str:
    """``SNV`` of «Sở Nội vụ»; «và» is left out."""
    letters = (word[0].upper() for word in name.split() if word[0].isalpha())
    parts = [word for word in name.split() if word[0].isalpha()]
    return "".join(x for x, word in zip(letters, parts, strict=True) if word != "và")


def is_same(one: str, other: str) -> bool:
    """«Sở Nội vụ» is «sở Nội vụ tỉnh Bắc Giang»."""
    a, b = (" ".join(x.lower().split()) for x in (one, other))
    return a.startswith(b) or b.startswith(a)


def by_initials(symbol: str) -> list[str]:
    """Who may sign with this symbol: SNV is «Sở Nội vụ» and «Sở Ngoại vụ»."""
    bare = symbol.upper().replace("&", "")
    return [name for name in DEPARTMENTS if initials(name) == bare]
