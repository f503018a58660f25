"""`{% url %}` and `{% static %}` for our own templates, which name the same few addresses on every page: each is worked out once. And
`{% draw %}` for the lines of long lists (views/stencils.py)."""

from typing import Any

from django.template import Context, Library, Node, TemplateSyntaxError
from django.template.base import Parser, Token, token_kwargs
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as parsed_url
from django.templatetags.static import StaticNode
from django.urls import NoReverseMatch
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from measurement.addresses import reverse
from measurement.views.stencils import Stencil

register = Library()


class AddressNode(URLNode):
    """Django's tag with our `reverse`. The administration's pages have namespaces, which depend on the request, and keep Django's way."""

    def render(self, context: Context) -> SafeString | str:
        name = self.view_name.resolve(context)
        if ":" in name or self.kwargs:
            return super().render(context)
        try:
            address = conditional_escape(reverse(name, [arg.resolve(context) for arg in self.args]))
        except NoReverseMatch:
            if self.asvar is None:
                raise
            address = SafeString()
        if self.asvar is None:
            return address
        context[self.asvar] = address
        return ""


class StaticAddressNode(Node):
    """The address of a file that is shipped with the program: the same as long as the process lives."""

    def __init__(self, path: str):
        self.path, self.address = path, ""

    def render(self, context: Context) -> str:
        if not self.address:
            self.address = conditional_escape(StaticNode.handle_simple(self.path))
        return self.address


class LineNode(Node):
    """One line of a list by its stencil."""

    def __init__(self, template: str, line: dict[str, Any]):
        self.stencil, self.line = Stencil(template), line

    def render(self, context: Context) -> SafeString:
        return self.stencil.draw(**{name: value.resolve(context) for name, value in self.line.items()})


@register.tag
def draw(parser: Parser, token: Token) -> LineNode:
    """`{% draw "folder/line.html" row=row period=period %}`: the template with nothing but these, which are plain data."""
    _, template, *words = token.split_contents()
    line = token_kwargs(words, parser)
    if words or not line or template[0] != template[-1] or template[0] not in "'\"":
        raise TemplateSyntaxError(f'{token.contents} is no {{% draw "template" name=value … %}}')
    return LineNode(template[1:-1], line)


@register.tag
def url(parser: Parser, token: Token) -> AddressNode:
    """Django's `{% url %}`, its addresses worked out once."""
    node = parsed_url(parser, token)
    return AddressNode(node.view_name, node.args, node.kwargs, node.asvar)


@register.tag
def static(parser: Parser, token: Token) -> Node:
    """Django's `{% static %}`; a path written out in the template is looked up once."""
    _, *words = token.split_contents()
    path = words[0] if words else ""
    if len(words) == 1 and path[0] == path[-1] and path[0] in "'\"":
        return StaticAddressNode(path[1:-1])
    return StaticNode.handle_token(parser, token)
