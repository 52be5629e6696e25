"""Pages about the API: browse it, make tokens, revoke them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from drf_spectacular.views import SpectacularAPIView

from postal_tthc.attempting import attempt
from postal_tthc.rest import one_time
from postal_tthc.rest import tokens as verbs
from postal_tthc.rest.forms import TokenForm


class Schema(SpectacularAPIView):
    """The schema as YAML or JSON, open to everybody: it holds no data."""

    authentication_classes = ()
    permission_classes = ()
    throttle_classes = ()


@login_not_required
@require_safe
def browse(request: HttpRequest) -> HttpResponse:
    """The API to be read and tried out, from our own files alone."""
    return render(request, "rest/browse.html")


@never_cache
def tokens(request: HttpRequest) -> HttpResponse:
    """The tokens of the own organisations; a new one shows its secret once."""
    known = verbs.tokens(request.user)
    form = TokenForm(request.POST or None, by=request.user)
    secret: str | None = None
    if request.method == "POST" and form.is_valid():
        told = {**form.cleaned_data, "form_value": request.POST.get("once", "")}
        secret = attempt(form, lambda: verbs.make_once(**told, by=request.user))
        if secret == "":
            messages.warning(request, _said_of_a_repetition())
            return redirect("rest:tokens")
        if secret:
            form = TokenForm(by=request.user)
    context = {
        "tokens": known.all(),
        "form": form,
        "secret": secret,
        "once": one_time.new_value(),
    }
    status = 422 if form.errors else 200
    return render(request, "rest/tokens.html", context, status=status)


def _said_of_a_repetition() -> str:
    return _(
        "This token was made already, and its secret was shown once. If the secret was "
        "lost, revoke the token and make another one."
    )


@require_POST
def revoke(request: HttpRequest, key: str) -> HttpResponse:
    """From now on the token opens nothing."""
    token = get_object_or_404(verbs.tokens(request.user), token_key=key)
    verbs.revoke(token, by=request.user)
    messages.success(request, _("The token «%(name)s» was revoked.") % {"name": token})
    return redirect("rest:tokens")
