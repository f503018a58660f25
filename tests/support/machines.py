"""A machine of somebody else: a token of an office, and a client that sends it."""

from django.test import Client

from measurement.doors.api_tokens import make_token
from measurement.rules.machine_access import Scope
from tests.support.characters import Office

ROOT = "/api/v1/"
APPROVED_ONLY = (Scope.CYCLES, Scope.RESULTS, Scope.PLAN, Scope.PAPERS)


def secret_of(made: Office, *scopes: Scope) -> str:
    """The secret of a token of this office; without scopes one that sees whatever is approved."""
    return make_token(made.unit, made.administrator, "Dasbor kabupaten", scopes or APPROVED_ONLY, 30)[1]


class Machine:
    """Calls the API with a token and reads what comes."""

    def __init__(self, made: Office, *scopes: Scope):
        self.client = Client(headers={"Authorization": f"Bearer {secret_of(made, *scopes)}"})

    def get(self, rest: str = "", query: dict | None = None, **headers: str):
        return self.client.get(ROOT + rest, query, headers=headers or None)

    def read(self, rest: str = "", **query) -> dict:
        """What a call answers that succeeds."""
        response = self.get(rest, query)
        assert response.status_code == 200, response.content
        return response.json()

    def everything(self, rest: str, size: int) -> list[dict]:
        """A whole list, page by page, along the addresses that the pages give."""
        found, url = [], f"{ROOT}{rest}?jumlah={size}"
        while url:
            page = self.client.get(url).json()
            assert len(page["data"]) <= size
            found, url = [*found, *page["data"]], page["berikutnya"]
        return found
