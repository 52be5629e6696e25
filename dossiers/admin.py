"""Connections for the administrator: gateways of the post, webhook endpoints.

A secret is made here, shown once when it is new, and never again.
"""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dossiers.gateway import adapters
from dossiers.models import Gateway, WebhookEndpoint
from dossiers.statuses import Step
from dossiers.webhooks.addresses import check_url
from dossiers.webhooks.signing import new_secret
from postal_tthc.accounts.admin import Managed
from postal_tthc.errors import Invalid


class SecretForm(forms.ModelForm):
    """A connection, and whether its secret is to be replaced."""

    renew_secret = forms.BooleanField(
        label=gettext_lazy("Make a new secret"),
        help_text=gettext_lazy(
            "The other side must be given the new one; the old one ends at once."
        ),
        required=False,
    )


class GatewayForm(SecretForm):
    """A gateway and the adapter that reads it."""

    adapter = forms.ChoiceField(label=gettext_lazy("Adapter"))

    class Meta:
        model = Gateway
        fields = ("organisation", "name", "adapter", "is_active")
        help_texts = {
            "name": gettext_lazy("A part of its address: /gateway/name/events/.")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["adapter"].choices = [(name, name) for name in adapters.names()]


class EndpointForm(SecretForm):
    """An endpoint: where to, and which steps it hears of."""

    url = forms.CharField(
        label=gettext_lazy("Address"), max_length=500, widget=forms.URLInput
    )
    steps = forms.MultipleChoiceField(
        label=gettext_lazy("Steps"),
        choices=Step.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None ticked: all of them."),
    )

    class Meta:
        model = WebhookEndpoint
        fields = ("organisation", "url", "steps", "is_active")

    def clean_url(self) -> str:
        """An address that events may be sent to."""
        url = str(self.cleaned_data["url"])
        try:
            check_url(url)
        except Invalid as error:
            raise ValidationError(str(error)) from error
        return url


class Connection(Managed, admin.ModelAdmin):
    """What belongs to our own organisations, with a secret made here."""

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Only our own."""
        found = super().get_queryset(request)
        return found.filter(organisation__in=self._ours(request))

    def save_model(
        self, request: HttpRequest, obj: Any, form: SecretForm, change: bool
    ) -> None:
        """Make the secret, and show it this once."""
        if not change or form.cleaned_data["renew_secret"]:
            obj.secret = new_secret()
            messages.warning(
                request,
                _("The secret of %(name)s, shown this once: %(secret)s")
                % {"name": obj, "secret": obj.secret},
            )
        super().save_model(request, obj, form, change)


@admin.register(Gateway)
class GatewayAdmin(Connection):
    """Where the post pushes statuses."""

    form = GatewayForm
    list_display = ("name", "organisation", "adapter", "is_active", "log")

    @admin.display(description=gettext_lazy("Log"))
    def log(self, _gateway: Gateway) -> str:
        """A way to what came in."""
        address = reverse("dossiers:gateway_events")
        return format_html('<a href="{}">{}</a>', address, _("What the post pushed"))

    def get_readonly_fields(
        self, request: HttpRequest, obj: Gateway | None = None
    ) -> tuple[str, ...]:
        """The name is part of the address and of the account that writes."""
        return ("name",) if obj else ()


@admin.register(WebhookEndpoint)
class WebhookEndpointAdmin(Connection):
    """Where events of dossiers are sent."""

    form = EndpointForm
    list_display = ("url", "organisation", "is_active", "log")

    @admin.display(description=gettext_lazy("Log"))
    def log(self, endpoint: WebhookEndpoint) -> str:
        """A way to what was sent there."""
        address = f"{reverse('dossiers:webhooks')}?endpoint={endpoint.pk}"
        return format_html('<a href="{}">{}</a>', address, _("Events sent"))
