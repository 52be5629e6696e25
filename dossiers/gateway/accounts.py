"""In whose name the news of a gateway are written: an account nobody signs in with."""

from django.contrib.auth.hashers import make_password

from dossiers.models import Gateway
from postal_tthc.accounts.models import Organisation, User
from postal_tthc.accounts.roles import Role

# No form lets a person choose a name with a colon in it.
PREFIX = "post-gateway:"


def account_of(gateway: Gateway) -> User:
    """The account of a gateway, made at its first use; it follows the organisation.

    It is switched off and has no password, so it can only write what comes in
    through the gateway, and sees what its organisation sees of the post.
    """
    organisation = gateway.organisation
    is_post = organisation.kind == Organisation.Kind.POST_OFFICE
    values = {
        "full_name": f"Cổng kết nối bưu chính {gateway.name}",
        "organisation": organisation,
        "role": Role.POSTAL_CLERK if is_post else Role.CLERK,
        "is_active": False,
        "password": make_password(None),
    }
    account, is_new = User.objects.get_or_create(
        username=f"{PREFIX}{gateway.name}", defaults=values
    )
    if not is_new and account.organisation_id != organisation.pk:
        account.organisation, account.role = organisation, values["role"]
        account.save(update_fields=["organisation", "role"])
    return account
