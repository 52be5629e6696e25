"""Fields of what programs send: text tidied as the pages do it, days within reason."""

from datetime import date, datetime
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from postal_tthc.accounts.models import Organisation
from postal_tthc.lib.vietnamese import tidy

EARLIEST, LATEST = date(2010, 1, 1), date(2099, 12, 31)
MOST_SMALL, MOST_WHOLE = 32_767, 2_147_483_647
OUT_OF_RANGE = _("Write a day of the years 2010 to 2099.")


class TidyCharField(serializers.CharField):
    """Text in composed letters (NFC), without stray spaces."""

    def to_internal_value(self, data: Any) -> str:
        """Tidy first: it can lengthen a text, and it can empty it."""
        told = super().to_internal_value(data)
        # A NUL is left, to be refused by the field's own rule.
        text = told if "\x00" in told else tidy(told)
        if not text and not self.allow_blank:
            self.fail("blank")
        return text


class LinesField(TidyCharField):
    """Text of several lines, each of them tidy; empty ones are left out."""

    def to_internal_value(self, data: Any) -> str:
        """Line by line. A NUL is left, to be refused by the field's own rule."""
        told = serializers.CharField.to_internal_value(self, data)
        if "\x00" in told:
            return told
        text = "\n".join(filter(None, map(tidy, told.splitlines())))
        if not text and not self.allow_blank:
            self.fail("blank")
        return text


class DayField(serializers.DateField):
    """A day that an office can mean."""

    default_error_messages = {"range": OUT_OF_RANGE}

    def to_internal_value(self, value: Any) -> date:
        """Within reason."""
        day = super().to_internal_value(value)
        if not EARLIEST <= day <= LATEST:
            self.fail("range")
        return day


class MomentField(serializers.DateTimeField):
    """A moment that an office can mean; without a zone, Vietnam's."""

    default_error_messages = {"range": OUT_OF_RANGE}

    def to_internal_value(self, value: Any) -> datetime:
        """Within reason."""
        try:
            moment = super().to_internal_value(value)
        except (OverflowError, ValueError):
            # The year 1 has no moment in every zone.
            self.fail("range")
        if not EARLIEST <= timezone.localdate(moment) <= LATEST:
            self.fail("range")
        return moment


class ReadSerializer(serializers.ModelSerializer):
    """What is read only: an empty choice and an empty address are answers too."""

    def build_standard_field(self, name: str, model_field: Any) -> tuple[Any, Any]:
        """An e-mail address that may be empty is a text."""
        kind, options = super().build_standard_field(name, model_field)
        if kind is serializers.EmailField:
            return serializers.CharField, options
        return kind, options

    def include_extra_kwargs(
        self, kwargs: dict[str, Any], extra_kwargs: dict[str, Any]
    ) -> dict[str, Any]:
        """Keep what the framework drops of a field that is only read."""
        is_open = kwargs.get("allow_blank", False)
        told = super().include_extra_kwargs(kwargs, extra_kwargs)
        return told | ({"allow_blank": True} if is_open and "choices" in told else {})


class OrganisationSerializer(ReadSerializer):
    """An organisation, as others name it."""

    class Meta:
        model = Organisation
        fields = ("symbol", "name", "kind")
        read_only_fields = fields


class TidyModelSerializer(serializers.ModelSerializer):
    """Takes texts and days as the pages do; the database's rules are the verbs'."""

    def build_standard_field(self, name: str, model_field: Any) -> tuple[Any, Any]:
        """Our own fields for texts and days."""
        kind, options = super().build_standard_field(name, model_field)
        own = {serializers.CharField: TidyCharField, serializers.DateField: DayField}
        if kind is serializers.IntegerField:
            options |= _bounds(model_field)
        return own.get(kind, kind), options

    def get_validators(self) -> list[Any]:
        """None for the row as a whole: the verb says it in words."""
        return []


def _bounds(model_field: Any) -> dict[str, Any]:
    """What every database holds in such a column, and what the model allows of it."""
    is_small = "Small" in model_field.get_internal_type()
    most = MOST_SMALL if is_small else MOST_WHOLE
    limits = [x for x in model_field.validators if hasattr(x, "limit_value")]
    told = [x.limit_value for x in limits if isinstance(x, MaxValueValidator)]
    least = [x.limit_value for x in limits if isinstance(x, MinValueValidator)]
    return {
        "min_value": max(0, *least) if least else 0,
        "max_value": min(most, *told) if told else most,
        "validators": [],
    }


class Strict:
    """Refuses names that it does not know: a slip is not passed over in silence."""

    def to_internal_value(self, data: Any) -> Any:
        """Only what is asked for."""
        if isinstance(data, dict):
            known = {x for x, field in self.fields.items() if not field.read_only}
            if unknown := sorted(str(x) for x in set(data) - known):
                raise serializers.ValidationError(
                    {
                        name: [_("This is not a field of this request.")]
                        for name in unknown
                    }
                )
        return super().to_internal_value(data)
