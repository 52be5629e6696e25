"""Codes a scanner reads, in templates: {% code128 dossier.code %}, {% qr address %}."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from postal_tthc.lib import barcodes

register = template.Library()


@register.simple_tag
def code128(
    text: object,
    *,
    width_mm: float | None = None,
    height_mm: float = 12,
    label: str = "",
) -> SafeString:
    """The text as a Code 128; nothing for a text that it cannot carry.

    Numbers are kept as they stand on an envelope, so some have other letters: such
    a page is printed without the bars, never refused.
    """
    try:
        drawn = barcodes.code128(
            str(text), width_mm=width_mm, height_mm=height_mm, label=str(label)
        )
    except ValueError:
        return SafeString()
    return mark_safe(drawn)  # of the text only the label is in it, escaped


@register.simple_tag
def qr(text: object, *, size_mm: float = 25, label: str = "") -> SafeString:
    """The text as a QR code; nothing for an empty or far too long text."""
    try:
        drawn = barcodes.qr(str(text), size_mm=size_mm, label=str(label))
    except ValueError:
        return SafeString()
    return mark_safe(drawn)  # of the text only the label is in it, escaped
