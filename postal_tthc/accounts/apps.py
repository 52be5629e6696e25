"""Organisations, people and what they may do."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Named `accounts`, so that its tables are."""

    name = "postal_tthc.accounts"
    label = "accounts"
    verbose_name = _("Accounts")
