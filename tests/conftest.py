import pytest

from .characters import Office, office


@pytest.fixture
def kecamatan(db) -> Office:
    """The office that most tests are about."""
    return office()


@pytest.fixture
def neighbour(kecamatan) -> Office:
    """Another office in the same installation, whose people are strangers here."""
    return office("416-318")
