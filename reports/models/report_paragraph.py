"""The words of a report, paragraph by paragraph."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reports.models.report import Report
from reports.narrative.sections import SECTIONS


class ReportParagraph(models.Model):
    """One paragraph of a section; figures in it are references, never digits.

    ``origin`` names the sentence of ``reports.narrative`` that wrote it, empty for one
    that a person added. An edited one is left alone when the report is written anew.
    A dropped one is kept, so that it does not come back by itself.
    """

    report = models.ForeignKey(
        Report, on_delete=models.CASCADE, related_name="paragraphs"
    )
    section = models.CharField(_("section"), max_length=20)
    position = models.PositiveSmallIntegerField(_("position"))
    text = models.TextField(_("text"))
    origin = models.CharField(max_length=40, blank=True, editable=False)
    is_edited = models.BooleanField(default=False, editable=False)
    is_dropped = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("paragraph of a report")
        verbose_name_plural = _("paragraphs of reports")
        ordering = ["report", "section", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(section__in=sorted(SECTIONS)),
                name="paragraph_section_is_known",
            ),
            models.UniqueConstraint(
                fields=["report", "origin"],
                condition=~Q(origin=""),
                name="one_paragraph_of_an_origin",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def key(self) -> str:
        """Its name on the page of the words: the origin, also before it is stored."""
        return self.origin or str(self.pk)
