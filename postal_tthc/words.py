"""Sentences of Django that its own Vietnamese catalogue lacks.

Named here so that ours collects and translates them; ours is asked first.
"""

from django.utils.translation import gettext_noop, ngettext_lazy

NULL_CHARACTERS = gettext_noop("Null characters are not allowed.")
MOST_FORMS = ngettext_lazy(
    "Please submit at most %d form.", "Please submit at most %d forms."
)
LOST_LINES = gettext_noop(
    "ManagementForm data is missing or has been tampered with. Missing fields: "
    "%(field_names)s. You may need to file a bug report if the issue persists."
)
