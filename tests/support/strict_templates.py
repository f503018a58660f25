"""How the tests load our templates: what is missing or undefined fails the test instead of leaving a gap on a page.

Django leaves a name out that nobody handed over: an empty cell, a condition that is never true. Two guards speak up:

- `UNDEFINED` stands where a template prints a variable that is not there (`{{ row.nmae }}`);
- `HeaderCheck` stands before each template and asks for the names that its header says it takes, also for those
  that the template only asks for in `{% if %}` and `{% for %}`, which Django forgives.

Templates of libraries keep Django's ways: they are found by a second engine (sakip/test_settings.py).
"""

from django.template.base import TextNode
from django.template.loaders import cached

from tests.support.template_names import header_of


class UndefinedInTemplate(AssertionError):
    """A template of ours uses or takes what nobody handed over to it."""


class Undefined(str):
    """Django prints this for an undefined variable: it asks for `%s` in it, then formats the variable's name into it."""

    def __contains__(self, part: object) -> bool:
        return True

    def __mod__(self, variable: object) -> str:
        raise UndefinedInTemplate(f"{{{{ {variable} }}}} is undefined")

    def __html__(self) -> str:
        """A call in a variable that found nothing (DoesNotExist) puts this object itself on the page."""
        raise UndefinedInTemplate("a variable of this template found nothing")


UNDEFINED = Undefined("UNDEFINED")


class HeaderCheck(TextNode):
    """Asks for what the header requires. It is a kind of text, because `extends` has to be the first tag after text."""

    def __init__(self, name: str, required: frozenset[str]):
        super().__init__("")
        self.name, self.required = name, required

    def render_annotated(self, context) -> str:
        lacking = sorted(name for name in self.required if name not in context)
        if lacking:
            raise UndefinedInTemplate(f"{self.name} takes {', '.join(lacking)}, which nobody handed over")
        return ""


class Loader(cached.Loader):
    """The templates of the project, each with the check of its header in front."""

    def get_template(self, template_name: str, skip=None):
        template = super().get_template(template_name, skip)
        header = header_of(template.source)
        if header and not isinstance(template.nodelist[0], HeaderCheck):
            template.nodelist.insert(0, HeaderCheck(template_name, header.required))
        return template
