"""The sample organisations, and one account for each role."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password

from postal_tthc.accounts.models import Organisation, OrganisationIdentifier, User
from postal_tthc.accounts.roles import Role

Kind = Organisation.Kind

# Symbol, kind, symbol of the parent, name.
ORGANISATIONS = (
    ("UBND", Kind.PROVINCE, None, "Ủy ban nhân dân tỉnh Bắc Giang"),
    ("SNV", Kind.AGENCY, "UBND", "Sở Nội vụ tỉnh Bắc Giang"),
    ("SNV-MC", Kind.DESK, "SNV", "Bộ phận Một cửa Sở Nội vụ tỉnh Bắc Giang"),
    ("BĐBG", Kind.POST_OFFICE, "UBND", "Bưu điện tỉnh Bắc Giang"),
)

# The agency's identifier in dossier codes, and its first day.
IDENTIFIERS = (
    ("000.00.16.H02", date(2018, 1, 1)),
    ("H02.16", date(2021, 1, 1)),
)

PASSWORD = "Mau-buu-chinh-2020"


@dataclass(frozen=True)
class Account:
    """One person of the demo; everybody has the same password."""

    username: str
    role: Role
    organisation: str
    full_name: str


ACCOUNTS = (
    Account("motcua", Role.CLERK, "SNV-MC", "Nguyễn Thị Một Cửa (mẫu)"),
    Account("chuyenvien", Role.CASE_OFFICER, "SNV", "Trần Văn Chuyên Viên (mẫu)"),
    Account("lanhdao", Role.LEADER, "SNV", "Lê Văn Lãnh Đạo (mẫu)"),
    Account("danhmuc", Role.CATALOGUE_MANAGER, "SNV", "Phạm Thị Danh Mục (mẫu)"),
    Account("buudien", Role.POSTAL_CLERK, "BĐBG", "Hoàng Văn Bưu Điện (mẫu)"),
    Account("tonghop", Role.CONSOLIDATOR, "UBND", "Vũ Thị Tổng Hợp (mẫu)"),
    Account("quantri", Role.ADMINISTRATOR, "UBND", "Đặng Văn Quản Trị (mẫu)"),
)


@dataclass(frozen=True)
class Office:
    """The agency whose dossiers the demo shows, and who works on them."""

    agency: Organisation
    desk: Organisation
    clerk: User
    officer: User
    postal_clerk: User


def create() -> Office:
    """Write the organisations and the accounts."""
    organisations: dict[str, Organisation] = {}
    for symbol, kind, parent, name in ORGANISATIONS:
        organisations[symbol] = Organisation.objects.create(
            symbol=symbol,
            kind=kind,
            parent=organisations[parent] if parent else None,
            name=name,
            is_sample=True,
        )
    agency = organisations["SNV"]
    for value, used_from in IDENTIFIERS:
        OrganisationIdentifier.objects.create(
            organisation=agency, value=value, used_from=used_from
        )
    # Hashed once for all: it is slow on purpose.
    password = make_password(PASSWORD)
    users = {
        account.role: User.objects.create(
            username=account.username,
            password=password,
            full_name=account.full_name,
            role=account.role,
            organisation=organisations[account.organisation],
            is_staff=account.role == Role.ADMINISTRATOR,
        )
        for account in ACCOUNTS
    }
    return Office(
        agency,
        desk=organisations["SNV-MC"],
        clerk=users[Role.CLERK],
        officer=users[Role.CASE_OFFICER],
        postal_clerk=users[Role.POSTAL_CLERK],
    )
