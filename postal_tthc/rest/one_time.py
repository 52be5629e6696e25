"""A form of a page that is carried out once: by the value in its hidden field."""

import hashlib
from datetime import timedelta
from secrets import token_urlsafe

from django.core.signing import BadSignature, TimestampSigner
from django.utils import timezone

from postal_tthc.accounts.models import User
from postal_tthc.rest.models import IdempotencyKey

KEPT = timedelta(days=7)  # how long a repetition is known
SIGNER = TimestampSigner(salt="postal_tthc.rest.one_time")


def new_value() -> str:
    """For the hidden field of a form that a page shows now."""
    return SIGNER.sign(token_urlsafe(16))


def is_known(value: str) -> bool:
    """Whether a page gave it out so lately that its repetition would be known."""
    try:
        SIGNER.unsign(value, max_age=KEPT)
    except BadSignature:
        return False
    return True


def is_first(user: User, value: str) -> bool:
    """Whether the form comes for the first time; from now on it is remembered.

    Asked inside the transaction of what the form does: two at once wait for each
    other, and what is refused is not remembered.
    """
    forget_old(user)
    # Unlike any key of the API: those begin with the number of a token, or empty.
    key = hashlib.sha256(f"form|{value}".encode()).hexdigest()
    _row, is_new = IdempotencyKey.objects.get_or_create(
        user=user, key=key, defaults={"made_at": timezone.now()}
    )
    return is_new


def forget_old(user: User) -> None:
    """What was done so long ago is not remembered any more."""
    old = {"user": user, "made_at__lt": timezone.now() - KEPT}
    IdempotencyKey.objects.filter(**old).delete()
