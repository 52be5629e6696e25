"""A new dossier, as the clerk types it."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dossiers import entry_rules
from dossiers.actions.correcting import CORRECTABLE
from dossiers.actions.receiving import check_book_line
from dossiers.book_pages import LINES, BookPage, page_of, read_page
from dossiers.forms.asking import AsksOnce
from dossiers.forms.fields import ItemNumberField, date_input
from dossiers.forms.people import PeopleForm
from dossiers.models import PostalItem
from dossiers.statuses import IntakeChannel, ReturnChannel
from postal_tthc.accounts.models import Organisation
from postal_tthc.errors import Conflict, Invalid
from postal_tthc.lib.vietnamese import write_date
from procedures.models import Leg, Procedure


def page_of_desk(code: str, desk: Organisation) -> BookPage:
    """The page of the power-cut book that a code names. Raises ``Invalid``."""
    page = read_page(code)
    if page is None:
        raise Invalid(
            _("«%(code)s» is not the code of a page of the power-cut book.")
            % {"code": code[:40]}
        )
    if page.symbol != page_of(desk.symbol, page.day, page.number).symbol:
        raise Invalid(
            _("Page %(page)s was printed for another desk («%(symbol)s»).")
            % {"page": page, "symbol": page.symbol}
        )
    return page


class EntryForm(AsksOnce, PeopleForm):
    """A new dossier, in the order in which the clerk hears it."""

    procedure_code = forms.CharField(
        label=_("Procedure code"),
        max_length=200,
        help_text=_("The code, its last digits, or words of the name."),
        widget=forms.TextInput(
            attrs={"autofocus": True, "autocomplete": "off", "spellcheck": "false"}
        ),
    )
    received_on = forms.DateField(label=_("Day"), widget=date_input())
    received_time = forms.TimeField(
        label=_("Hour"),
        widget=forms.TimeInput(
            format="%H:%M", attrs={"placeholder": "hh:mm", "inputmode": "numeric"}
        ),
    )
    return_same_as_applicant = forms.BooleanField(
        label=_("Send it to the applicant at the address above"), required=False
    )
    item_number = ItemNumberField(
        label=_("Item number on the envelope"), max_length=30, required=False
    )
    book_page = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    line = forms.IntegerField(
        label=_("Line on the page"),
        min_value=1,
        max_value=LINES,
        required=False,
    )
    papers_for = forms.CharField(
        required=False, max_length=60, widget=forms.HiddenInput
    )
    draft = forms.SlugField(required=False, max_length=40, widget=forms.HiddenInput)
    accepted_doubts = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta(PeopleForm.Meta):
        fields = ("sets", "intake_channel", *CORRECTABLE)
        widgets = {
            **PeopleForm.Meta.widgets,
            "intake_channel": forms.RadioSelect,
            "sets": forms.NumberInput(attrs={"min": 1}),
        }

    def __init__(
        self,
        *args: Any,
        desk: Organisation,
        is_expected: bool = False,
        **kwargs: Any,
    ) -> None:
        now = timezone.localtime()
        kwargs["initial"] = {
            "received_on": now.date(),
            "received_time": now.time(),
            "return_same_as_applicant": True,
            **kwargs.get("initial", {}),
        }
        super().__init__(*args, **kwargs)
        self.desk = desk
        self.is_expected = is_expected
        self.procedure: Procedure | None = None
        self.day: date | None = None
        self.page: BookPage | None = None

    def clean(self) -> dict[str, Any]:
        """Find the procedure, copy the return address, ask the rules."""
        values = super().clean()
        if values.get("return_channel") == ReturnChannel.PUBLIC_POST and values.get(
            "return_same_as_applicant"
        ):
            for part in ("name", "phone", "address"):
                values[f"return_{part}"] = values.get(f"applicant_{part}", "")
        if values.get("intake_channel") != IntakeChannel.PUBLIC_POST:
            values["item_number"] = ""
        elif self.is_expected and not values.get("item_number"):
            self._demand_item_number()
        values.setdefault("item_number", "")
        self._find_procedure(values)
        self._find_book_line(values)
        return values

    def _demand_item_number(self) -> None:
        if "item_number" not in self.errors:
            self.add_error(
                "item_number",
                _("It comes by post: write the number of its postal item."),
            )

    def _find_procedure(self, values: dict[str, Any]) -> None:
        typed, day = values.get("procedure_code"), values.get("received_on")
        self.day = day
        if not typed:
            return
        found = Procedure.objects.of(self.desk.scope).typed(typed, day)
        if found is None:
            self.add_error(
                "procedure_code",
                _("No procedure has the code «%(code)s». Check it in the catalogue.")
                % {"code": typed},
            )
        self.procedure = found

    def clean_book_page(self) -> str:
        """A page of this desk, or none."""
        code = self.cleaned_data["book_page"]
        if code:
            try:
                self.page = page_of_desk(code, self.desk)
            except Invalid as error:
                raise forms.ValidationError(str(error)) from error
        return code

    def _find_book_line(self, values: dict[str, Any]) -> None:
        """Which line it is, that it is free, and not older than its paper."""
        if self.page is None or "line" in self.errors:
            return
        if values.get("line") is None:
            self.add_error(
                "line",
                _("Which line of page %(page)s is it? Write 1 to %(most)d.")
                % {"page": self.page, "most": LINES},
            )
            return
        self.instance.book_line = self.page.line(values["line"])
        try:
            check_book_line(self.instance, self.desk)
        except Conflict as error:
            self.add_error("line", str(error))
        if (day := values.get("received_on")) and day < self.page.day:
            self.add_error(
                "received_on",
                _("The page was printed on %(day)s: nothing was written before.")
                % {"day": write_date(self.page.day)},
            )

    def _post_clean(self) -> None:
        super()._post_clean()
        values = self.cleaned_data
        if self.procedure is None or not values.get("received_on"):
            return
        draft = self.instance
        draft.procedure, draft.desk = self.procedure, self.desk_for(self.procedure)
        draft.received_at = timezone.make_aware(
            datetime.combine(
                values["received_on"], values.get("received_time") or time.min
            )
        )
        day = values["received_on"]
        if entry_rules.why_not_by_post(self.procedure, Leg.RETURN, day):
            # What was not offered cannot have been refused.
            draft.why_not_post = ""
        for field, sentence in entry_rules.find_faults(draft, now=timezone.now()):
            self.add_error(self._field_shown(field), sentence)

    def desk_for(self, procedure: Procedure) -> Organisation:
        """Where the dossier is handed in: here."""
        return self.desk

    def _field_shown(self, field: str) -> str:
        """The field the clerk typed in, when the return address was copied."""
        same = self.cleaned_data.get("return_same_as_applicant")
        return (
            field.replace("return_", "applicant_")
            if (same and field in ("return_name", "return_address"))
            else field
        )

    def find_doubts(self) -> Iterable[entry_rules.Finding]:
        """About numbers; a copied phone is doubted once, where it was typed."""
        number = self.cleaned_data["item_number"]
        is_copied = self.cleaned_data.get("return_same_as_applicant")
        for field, sentence in entry_rules.find_doubts(
            self.instance, item_number=number
        ):
            if not (is_copied and field == "return_phone"):
                yield field, sentence

    def envelope(self) -> PostalItem | None:
        """The unsaved envelope it came in."""
        number = self.cleaned_data["item_number"]
        return PostalItem(number=number, leg=Leg.INTAKE) if number else None
