"""What a template takes: the names in its header, and the names that its tags and variables use.

A header is the first comment of a template: `{# What it is. Takes lines (label, value), name; maybe explained. #}`.
What follows `maybe` may be missing; brackets say what a name is; `Takes nothing` where nothing is taken.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.template import engines
from django.template.backends.django import DjangoTemplates
from django.template.base import FilterExpression, Node, NodeList, Template, TextNode, Variable
from django.template.defaulttags import ForNode, WithNode
from django.template.loader_tags import ExtendsNode, IncludeNode
from django.template.smartif import TokenBase

# Django's own names, and those of the context processors that no page hands over.
EVERYWHERE = {"True", "False", "None", "block", "csrf_token", "forloop", "request", "user", "messages"}
INSIDE = ("nodelist", "nodelist_loop")  # where a tag keeps what it binds names for
NO_NAMES = ("origin", "token", "parent_name")
HEADER = re.compile(r"\s*{#(.*?)#}")
TAKES = re.compile(r"\bTakes ([^.]*)")


@dataclass(frozen=True)
class Header:
    """What a template says that it takes; both are empty for `Takes nothing`."""

    required: frozenset[str]
    optional: frozenset[str]

    @property
    def names(self) -> frozenset[str]:
        return self.required | self.optional


def header_of(source: str) -> Header | None:
    """The header of a template's source; None where it has none or one that does not say what it takes."""
    comment = HEADER.match(source)
    takes = TAKES.search(_without_brackets(comment[1])) if comment else None
    if takes is None:
        return None
    required, _, optional = takes[1].strip().removeprefix("nothing").partition("maybe ")
    return Header(_names(required), _names(optional))


def _without_brackets(words: str) -> str:
    while (shorter := re.sub(r"\([^()]*\)", "", words)) != words:
        words = shorter
    return words


def _names(words: str) -> frozenset[str]:
    return frozenset(filter(None, re.split(r"[,;\s]+", words)))


@cache
def template(name: str) -> Template:
    backend = engines["ours"]
    assert isinstance(backend, DjangoTemplates)
    return backend.engine.get_template(name)


def header(name: str) -> Header:
    """What a template says that it takes: nothing, if it does not say."""
    return header_of(template(name).source) or Header(frozenset(), frozenset())


def needed_names(name: str) -> set[str]:
    """The names that a template uses without binding them itself, or that what it includes requires from it."""
    return _used(template(name).nodelist, frozenset(EVERYWHERE))


def forwarded_names(name: str) -> set[str]:
    """The names that a template need not have, but hands on to what it includes where it has them."""
    open_includes = [node for node in includes(name) if not node.isolated_context]
    return set().union(
        *(header(node.template.var).optional - node.extra_context.keys() for node in open_includes)
    )


def inherited_names(name: str) -> set[str]:
    """What the templates take that this one extends, which are drawn from the same context."""
    inherited: set[str] = set()
    for node in template(name).nodelist:
        if isinstance(node, ExtendsNode) and isinstance(node.parent_name, FilterExpression):
            parent = str(node.parent_name.var)
            inherited |= header(parent).names | inherited_names(parent)
    return inherited


def includes(name: str) -> list[IncludeNode]:
    found = template(name).nodelist.get_nodes_by_type(IncludeNode)
    return [node for node in found if isinstance(node, IncludeNode)]


def _used(nodes: Iterable[Node], bound: frozenset[str]) -> set[str]:
    """The names that nodes use in their order; a name that one of them binds `as` is bound for those that follow."""
    used: set[str] = set()
    for node in nodes:
        used |= _used_by(node, bound)
        bound |= {alias for alias in (getattr(node, "asvar", None),) if alias}
    return used


def _used_by(node: Node, bound: frozenset[str]) -> set[str]:
    if isinstance(node, TextNode):
        return set()
    if isinstance(node, IncludeNode):
        return _used_by_include(node, bound)
    inside = bound | _bound_by(node)
    return set().union(
        *(
            _used_in(value, inside if attribute in INSIDE else bound)
            for attribute, value in vars(node).items()
            if attribute not in NO_NAMES
        )
    )


def _bound_by(node: Node) -> frozenset[str]:
    """The names that a node binds for what stands inside it."""
    if isinstance(node, ForNode):
        return frozenset(node.loopvars)
    return frozenset(node.extra_context) if isinstance(node, WithNode) else frozenset()


def _used_by_include(node: IncludeNode, bound: frozenset[str]) -> set[str]:
    """What the values handed over by `with` use, and what the included template requires from around it."""
    used = _used_in(node.extra_context, bound)
    if node.isolated_context:
        return used
    return used | (header(node.template.var).required - bound - node.extra_context.keys())


def _used_in(value: object, bound: frozenset[str]) -> set[str]:
    """The names in whatever a node keeps: variables, conditions, nodes, and lists and dicts of them."""
    if isinstance(value, Variable):
        return {value.lookups[0]} - bound if value.lookups else set()
    if isinstance(value, Node):
        return _used_by(value, bound)
    if isinstance(value, NodeList):
        return _used(value, bound)
    return set().union(*(_used_in(part, bound) for part in _parts_of(value)))


def _parts_of(value: object) -> Iterable[object]:
    if isinstance(value, FilterExpression):
        return [value.var, *(argument for _, arguments in value.filters for _, argument in arguments)]
    if isinstance(value, TokenBase):
        return [value.first, value.second, getattr(value, "value", None)]
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list | tuple) else ()
