"""How every form of the product is drawn."""

from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    """Fields with label, hint and error, from templates/components/."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
