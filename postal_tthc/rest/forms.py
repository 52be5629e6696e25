"""What an administrator says of a new token."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from postal_tthc.accounts.models import User
from postal_tthc.rest.models import Scope
from postal_tthc.rest.tokens import LONGEST, people


class Person(forms.ModelChoiceField):
    """Somebody, with role and organisation."""

    def label_from_instance(self, obj: User) -> str:
        """Enough to tell two people of one name apart."""
        return f"{obj} – {obj.get_role_display()}, {obj.organisation}"


class TokenForm(forms.Form):
    """A new token: for which program, in whose name, for what, how long."""

    name = forms.CharField(
        label=_("What it is for"),
        help_text=_("The program that uses it."),
        max_length=100,
    )
    user = Person(
        label=_("In whose name"),
        help_text=_("It never allows more than this person may."),
        queryset=User.objects.none(),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may be used for"),
        choices=Scope.choices,
        initial=[Scope.READ],
        widget=forms.CheckboxSelectMultiple,
    )
    days = forms.IntegerField(
        label=_("How many days it holds"), min_value=1, max_value=LONGEST, initial=90
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = people(by)
