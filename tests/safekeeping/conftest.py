import pytest

from tests.support.installations import spare_installation


@pytest.fixture(scope="session")
def home(tmp_path_factory, django_db_setup, django_db_blocker):
    """An installation with an archived cycle and one under way, filled once; whoever changes it puts it back."""
    folder = tmp_path_factory.mktemp("home") / "place"
    with django_db_blocker.unblock(), spare_installation(folder, migrated=True) as made:
        yield made.filled()
