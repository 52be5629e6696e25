"""Invented applicants, each marked as a sample.

Phones are of the empty range 0900 000, personal ids begin with 099, which no
place has; the communes are those of Bắc Giang in 2019.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle
from random import Random

from django.utils.text import capfirst

from dossiers.statuses import ApplicantKind

MARK = " (mẫu)"
FIRST = f"Nguyễn Văn A{MARK}"

CITY = "thành phố Bắc Giang"
COMMUNES: dict[str, tuple[str, ...]] = {
    CITY: ("phường Trần Phú", "phường Dĩnh Kế", "xã Dĩnh Trì", "xã Song Mai"),
    "huyện Yên Dũng": ("xã Cảnh Thụy", "xã Tiền Phong", "xã Nội Hoàng", "xã Yên Lư"),
    "huyện Lục Ngạn": ("thị trấn Chũ", "xã Tân Sơn", "xã Phong Vân", "xã Kiên Lao"),
    "huyện Sơn Động": ("thị trấn An Châu", "xã An Lạc", "xã Long Sơn", "xã Dương Hưu"),
    "huyện Tân Yên": ("xã Ngọc Thiện", "xã Song Vân", "xã Lam Cốt", "xã Quế Nham"),
    "huyện Việt Yên": ("xã Quang Châu", "xã Vân Trung", "xã Trung Sơn", "xã Ninh Sơn"),
    "huyện Hiệp Hòa": ("xã Lương Phong", "xã Đông Lỗ", "xã Mai Đình", "xã Xuân Cẩm"),
    "huyện Lạng Giang": ("xã Tân Hưng", "xã Hương Sơn", "xã Mỹ Thái", "xã Tiên Lục"),
    "huyện Lục Nam": ("xã Bảo Sơn", "xã Cương Sơn", "xã Nghĩa Phương", "xã Vô Tranh"),
    "huyện Yên Thế": ("xã Đồng Kỳ", "xã Tam Tiến", "xã Xuân Lương", "xã Canh Nậu"),
}
DEPARTMENTS = (
    "Sở Y tế",
    "Sở Giáo dục và Đào tạo",
    "Sở Nông nghiệp và Phát triển nông thôn",
    "Sở Văn hóa, Thể thao và Du lịch",
    "Sở Lao động - Thương binh và Xã hội",
    "Sở Tài nguyên và Môi trường",
    "Sở Giao thông vận tải",
    "Ban Quản lý các khu công nghiệp",
)
ASSOCIATIONS = (
    "Hội Làm vườn",
    "Hội Nuôi ong",
    "Hội Sinh vật cảnh",
    "Hội Cựu giáo chức",
)
FUNDS = ("Quỹ Khuyến học", "Quỹ Hỗ trợ bệnh nhân nghèo", "Quỹ Bảo trợ trẻ em")
FAITHS = (
    "Ban Trị sự Giáo hội Phật giáo Việt Nam",
    "Ban Hành giáo Giáo xứ An Bình",
    "Ban Quản lý Chùa An Lạc",
)
COMPANIES = ("Công ty TNHH Mẫu Một", "Công ty cổ phần Mẫu Hai", "Hợp tác xã Mẫu Ba")

SURNAMES = (
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Vũ",
    "Đặng",
    "Giáp",
    "Thân",
    "Ngô",
)
MEN = ("Bình", "Cường", "Dũng", "Hải", "Hùng", "Minh", "Sơn", "Thắng", "Tuấn", "Việt")
WOMEN = ("An", "Chi", "Hạnh", "Hoa", "Lan", "Mai", "Nga", "Oanh", "Thảo", "Yến")


@dataclass(frozen=True)
class Applicant:
    """Who asks, as the clerk writes it down."""

    kind: ApplicantKind
    name: str
    address: str
    phone: str
    id_number: str = ""
    email: str = ""
    representative: str = ""


class People:
    """Makes one applicant after another; the same ones from the same ``rng``."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._made = 0
        names = [
            f"{surname} {middle} {given}{MARK}"
            for surname in SURNAMES
            for middle, givens in (("Văn", MEN), ("Thị", WOMEN))
            for given in givens
        ]
        rng.shuffle(names)
        self._names = cycle([FIRST, *names])
        self._representatives = cycle(reversed(names))

    def applicant(self, asks: str) -> Applicant:
        """The next applicant of a kind. Raises ``KeyError`` for an unknown one."""
        self._made += 1
        makers: dict[str, Callable[[], Applicant]] = {
            "person": self._person,
            "commune": self._commune,
            "commune itself": self._commune_itself,
            "district": self._district,
            "department": self._department,
            "association": lambda: self._business(ASSOCIATIONS),
            "fund": lambda: self._business(FUNDS),
            "faith": lambda: self._business(FAITHS),
            "company": lambda: self._business(COMPANIES),
        }
        return makers[asks]()

    def _place(self) -> tuple[str, str]:
        district = self._rng.choice(list(COMMUNES))
        return district, self._rng.choice(COMMUNES[district])

    @property
    def _phone(self) -> str:
        return f"0900 000 {self._made % 1000:03d}"

    def _person(self) -> Applicant:
        name = next(self._names)
        district, commune = self._place()
        part = "Thôn" if commune.startswith("xã") else "Tổ dân phố"
        sex = "1" if " Thị " in name else "0"
        born = self._rng.randint(62, 96)
        return Applicant(
            kind=ApplicantKind.PERSON,
            name=name,
            address=(
                f"{part} {self._rng.randint(1, 9)}, {commune}, {district}, "
                "tỉnh Bắc Giang"
            ),
            phone=self._phone,
            id_number=f"099{sex}{born}{self._made:06d}",
            email=f"mau{self._made:03d}@example.vn" if self._rng.random() < 0.3 else "",
        )

    def _commune(self) -> Applicant:
        """Mostly a commune; now and then the district, or the person concerned."""
        lot = self._rng.random()
        if lot < 0.08:
            return self._person()
        return self._district() if lot < 0.25 else self._commune_itself()

    def _commune_itself(self) -> Applicant:
        district, commune = self._place()
        return self._public_body(
            f"Ủy ban nhân dân {commune}, {district}",
            f"{capfirst(commune)}, {district}, tỉnh Bắc Giang",
        )

    def _district(self) -> Applicant:
        district, _commune = self._place()
        room = self._rng.choice(("Ủy ban nhân dân", "Phòng Nội vụ"))
        return self._public_body(
            f"{room} {district}", f"{capfirst(district)}, tỉnh Bắc Giang"
        )

    def _department(self) -> Applicant:
        name = self._rng.choice(DEPARTMENTS)
        return self._public_body(
            f"{name} tỉnh Bắc Giang",
            "Quảng trường 3/2, phường Ngô Quyền, thành phố Bắc Giang, tỉnh Bắc Giang",
        )

    def _public_body(self, name: str, address: str) -> Applicant:
        return Applicant(
            kind=ApplicantKind.PUBLIC_BODY,
            name=f"{name}{MARK}",
            address=address,
            phone=self._phone,
            representative=next(self._representatives)
            if self._rng.random() < 0.5
            else "",
        )

    def _business(self, names: tuple[str, ...]) -> Applicant:
        district, commune = self._place()
        return Applicant(
            kind=ApplicantKind.BUSINESS,
            name=f"{self._rng.choice(names)} {district}{MARK}",
            address=f"{capfirst(commune)}, {district}, tỉnh Bắc Giang",
            phone=self._phone,
            representative=next(self._representatives),
        )
