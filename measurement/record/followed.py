"""What an indicator follows, as its row of the worksheet keeps it."""

from measurement.models import Indicator


def followed_entries(indicator: Indicator, year: int) -> list[dict]:
    """What an indicator follows, as it is kept in its row: id, name and place of each, and why one gives nothing that year."""
    return [
        {
            "indicator": source.pk,
            "name": source.name,
            "place": source.node.place,
            "lacks": _lack(source, year),
        }
        for source in indicator.follows.all()
    ]


def _lack(source: Indicator, year: int) -> str:
    if source.retired:
        return "tidak dipakai lagi"
    return "" if any(target.year == year for target in source.targets.all()) else f"tanpa target {year}"
