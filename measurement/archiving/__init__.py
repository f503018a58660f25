"""The archive: packages of step 11 (BagIt, RFC 8493), their check, how long they are kept, search, and handing over a year."""

import logging

from measurement.models import MeasurementCycle
from measurement.papers.render import PaperFailed
from measurement.signing.waiting import ELECTRONIC, waiting_signatures

from .building import PackageFailed, build_package, current_package
from .checking import package_faults

__all__ = ["PackageFailed", "package_faults", "build_package", "current_package", "package_or_later"]

logger = logging.getLogger(__name__)


def package_or_later(cycle: MeasurementCycle) -> None:
    """Build the package, unless a paper still waits for an electronic signature; then, and after a failure, the first download makes it."""
    if waiting_signatures().filter(paper__cycle=cycle, method__in=ELECTRONIC).exists():
        return
    try:
        build_package(cycle)
    except (PaperFailed, OSError):
        logger.exception("archive package of cycle %s could not be built", cycle.pk)
