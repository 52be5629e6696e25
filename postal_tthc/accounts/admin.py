"""Accounts and organisations for the administrator. Nothing is deleted here."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from postal_tthc.accounts.models import (
    Organisation,
    OrganisationIdentifier,
    OrganisationQuerySet,
    User,
)
from postal_tthc.accounts.roles import Ability

admin.site.site_header = _("Accounts and organisations")
admin.site.site_title = admin.site.site_header
admin.site.index_title = ""
admin.site.unregister(Group)


class Managed:
    """Open to whoever may manage accounts; without a delete button."""

    def _may_manage(self, request: HttpRequest) -> bool:
        user = request.user
        return (
            user.is_active
            and user.is_staff
            and (user.is_superuser or user.may(Ability.MANAGE_ACCOUNTS))
        )

    def _ours(self, request: HttpRequest) -> OrganisationQuerySet:
        """The own organisation and those below it; a superuser has all."""
        if request.user.is_superuser:
            return Organisation.objects.all()
        return Organisation.objects.within(request.user.organisation.scope)

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> Any:
        """Only our own organisations can be chosen."""
        if db_field.remote_field.model is Organisation:
            kwargs["queryset"] = self._ours(request)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show the section to those who may use it."""
        return self._may_manage(request)

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Read."""
        return self._may_manage(request)

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Add."""
        return self._may_manage(request)

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Change."""
        return self._may_manage(request)

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Never: organisations end, people are switched off."""
        return False


class IdentifierInline(Managed, admin.TabularInline):
    """The agency identifier from each day on."""

    model = OrganisationIdentifier
    extra = 0


@admin.register(Organisation)
class OrganisationAdmin(Managed, admin.ModelAdmin):
    """Provinces, agencies, desks, post offices."""

    list_display = ("name", "symbol", "kind", "parent", "valid_from", "valid_to")
    list_filter = ("kind",)
    search_fields = ("name", "symbol")
    inlines = (IdentifierInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Only our own."""
        return super().get_queryset(request).filter(pk__in=self._ours(request))


class RoleRequired:
    """A person without role and organisation could sign in and see nothing."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for name in ("full_name", "organisation", "role"):
            if name in self.fields:
                self.fields[name].required = True


class NewUserForm(RoleRequired, AdminUserCreationForm):
    """A new person."""


class UserForm(RoleRequired, UserChangeForm):
    """A person."""


@admin.register(User)
class PersonAdmin(Managed, UserAdmin):
    """People: name, organisation, role; switched off, not deleted."""

    form = UserForm
    add_form = NewUserForm
    list_display = ("username", "full_name", "role", "organisation", "is_active")
    list_filter = ("role", "is_active", "organisation")
    search_fields = ("username", "full_name")
    filter_horizontal = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Only our own people, and no superuser but to another."""
        people = super().get_queryset(request)
        if request.user.is_superuser:
            return people
        return people.filter(is_superuser=False, organisation__in=self._ours(request))

    def get_readonly_fields(
        self, request: HttpRequest, obj: User | None = None
    ) -> tuple[str, ...]:
        """Nobody gives the own account another role or organisation."""
        fixed = ("last_login", "date_joined")
        is_own = obj is not None and obj.pk == request.user.pk
        return (*fixed, "role", "organisation", "is_active") if is_own else fixed

    def save_model(
        self, request: HttpRequest, obj: User, form: Any, change: bool
    ) -> None:
        """Whoever manages accounts gets in here; nobody else does."""
        obj.is_staff = obj.is_superuser or obj.may(Ability.MANAGE_ACCOUNTS)
        super().save_model(request, obj, form, change)

    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Person"), {"fields": ("full_name", "email", "organisation", "role")}),
        (_("Access"), {"fields": ("is_active",)}),
        (_("Days"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (
            None,
            {
                "fields": (
                    "username",
                    "full_name",
                    "organisation",
                    "role",
                    "password1",
                    "password2",
                )
            },
        ),
    )
