"""The front door, and each role's own first page."""

from django.contrib import messages
from django.contrib.auth import views as auth_views
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.translation import gettext as _

from postal_tthc.accounts.roles import HOME, Role


def home(request: HttpRequest) -> HttpResponse:
    """Send each role to the page where its day begins."""
    if not request.user.role:
        return redirect("procedures:list")
    return redirect(HOME[Role(request.user.role)])


class SignIn(auth_views.LoginView):
    """Name and password."""

    template_name = "accounts/login.html"
    redirect_authenticated_user = True


class SignOut(auth_views.LogoutView):
    """By POST only, so that no link signs anybody out."""


class ChangePassword(auth_views.PasswordChangeView):
    """The own password, by the password rules."""

    template_name = "accounts/password.html"
    success_url = reverse_lazy("home")

    def form_valid(self, form: object) -> HttpResponse:
        """Say that it worked."""
        messages.success(self.request, _("The password was changed."))
        return super().form_valid(form)
