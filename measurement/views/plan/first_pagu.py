"""Pagu murni on the page of a plan: of every branch where the budget was changed, and of the whole with the documents."""

from decimal import Decimal

from measurement.plan import radar
from measurement.record.pagu_history import PaguHistory
from measurement.rules.numbers import show_money


class FirstPagu:
    """What the branches of one year had before the budget was changed; money of a sub kegiatan counts in all above it."""

    def __init__(self, facts: radar.Facts, history: PaguHistory):
        self.facts, self.history = facts, history
        self.more: dict[int, Decimal] = {}  # plan node id → by how much pagu murni is above today's
        for pk, first in history.changed.items():
            found = facts.by_node.get(pk)
            difference = first - (found.node.amount or Decimal(0)) if found else first
            while found:
                self.more[found.node.pk] = self.more.get(found.node.pk, Decimal(0)) + difference
                found = facts.by_node.get(found.node.parent_id) if found.node.parent_id else None

    def of(self, branch: radar.Branch) -> str:
        """Empty where it is the same."""
        more = self.more.get(branch.node.pk)
        return show_money(branch.pagu + more) if more else ""

    @property
    def words(self) -> str:
        """One sentence on the whole year; empty where nothing was changed."""
        if not self.history.changed:
            return ""
        roots = [found.node.pk for found in self.facts.by_node.values() if found.node.parent_id is None]
        now = self.facts.pagu
        first = now + sum((self.more.get(pk, Decimal(0)) for pk in roots), Decimal(0))
        return (
            f"Pagu murni {show_money(first)}{_by(self.history.approved)}; "
            f"pagu perubahan {show_money(now)}{_by('; '.join(self.history.documents))}."
        )


def _by(document: str) -> str:
    return f" menurut {document}" if document else ""
