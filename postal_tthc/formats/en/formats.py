"""The English switch changes words; dates stay as the paper beside it has them."""

from postal_tthc.formats.vi.formats import *  # noqa: F403

DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
