"""What an indicator follows, on its page: chosen among the plan's indicators, never in a circle."""

from collections import defaultdict

from django import forms

from measurement.models import Indicator
from measurement.rules.following import FollowRule, circle_from


class FollowedField(forms.ModelMultipleChoiceField):
    """The other indicators of the same plan that are in use, by place and name."""

    def __init__(self, indicator: Indicator):
        plan = indicator.node.plan_id
        others = Indicator.objects.filter(node__plan=plan, retired=False).exclude(pk=indicator.pk)
        super().__init__(
            others.select_related("node__sub_unit").order_by("node__position", "position"),
            label="Indikator yang diikuti",
            required=False,
            help_text="Satu untuk “sama dengan”, beberapa untuk jumlah atau rata-rata; tahan Ctrl untuk memilih beberapa.",
            widget=forms.SelectMultiple({"size": 8}),
        )

    def label_from_instance(self, obj: Indicator) -> str:
        return f"{obj.node.place} – {obj.name}"


def following_gap(indicator: Indicator, rule: str, followed: list[Indicator]) -> str:
    """Why an indicator can't follow these in this way, as a sentence; empty where it can."""
    if rule and not followed:
        return "Pilih indikator yang diikuti, atau kosongkan isian “mengikuti”."
    if followed and not rule:
        return "Pilih cara mengikutinya: sama, jumlah, atau rata-rata."
    if rule == FollowRule.SAME and len(followed) > 1:
        return "“Sama dengan” hanya untuk satu indikator; pilih jumlah atau rata-rata untuk beberapa."
    return _circle(indicator, followed)


def _circle(indicator: Indicator, followed: list[Indicator]) -> str:
    """Whether anything that is followed follows this indicator, near or far."""
    follows: dict[int, list[int]] = defaultdict(list)
    links = Indicator.follows.through.objects.filter(from_indicator__node__plan=indicator.node.plan_id)
    for link in links.exclude(from_indicator=indicator.pk):
        follows[link.from_indicator_id].append(link.to_indicator_id)
    follows[indicator.pk] = [source.pk for source in followed]
    way = circle_from(indicator.pk, follows)
    if not way:
        return ""
    names = dict(Indicator.objects.filter(pk__in=way).values_list("pk", "name"))
    return (
        f"Melingkar: {' → '.join(f'“{names[pk]}”' for pk in way)}. Satu di antaranya harus diketik sendiri."
    )
