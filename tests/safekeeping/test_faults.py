"""What goes wrong where many offices use it, with real processes on loopback under load: nothing is lost, nothing done twice, and nobody sees a 500."""

import json
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pytest

from tests.bench.worker import ROOT
from tests.support.cluster import NGINX, PATIENCE, Cluster, Postgres, answer, nginx, page, until

PEOPLE, SAVES = 12, 30
COMING_BACK = {"502", "503", "504", "away"}
pytestmark = [
    pytest.mark.pages,
    pytest.mark.skipif(not NGINX, reason="nginx is not installed"),
    pytest.mark.filterwarnings("default"),
]


@pytest.fixture(scope="module")
def cluster(demonstration_files):
    """In a folder that PostgreSQL's own user may enter."""
    folder = Path(tempfile.mkdtemp(prefix="sakip-cluster-"))
    folder.chmod(0o755)
    made = Cluster(folder, demonstration_files)
    yield made
    made.primary.stop("immediate")
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def webs(cluster):
    pair = [cluster.web(), cluster.web()]
    yield pair
    for web in pair:
        web.stop()


@pytest.fixture
def port(cluster, webs, tmp_path):
    with nginx(tmp_path / "nginx", webs) as listening:
        yield listening


class Load(threading.Thread):
    """People who save and go on trying when they are told to come again."""

    def __init__(self, cluster, port: int):
        super().__init__()
        self.cluster = cluster
        self.people = cluster.ask("stages:open_rows", people=PEOPLE)
        self.order = {
            "port": port,
            "people": self.people,
            "saves": SAVES,
            "bare": False,
            "stubborn": PATIENCE,
        }

    def run(self) -> None:
        command = [sys.executable, "-m", "tests.bench.load"]
        done = subprocess.run(
            command, cwd=ROOT, input=json.dumps(self.order), capture_output=True, text=True, check=True
        )
        self.said = json.loads(done.stdout)

    def wait_for_saves(self, count: int) -> None:
        rows = ", ".join(str(one["row"]) for one in self.people)
        query = f"SELECT sum(version) FROM measurement_worksheetrow WHERE id IN ({rows})"
        before = sum(one["version"] for one in self.people)
        until(lambda: self.cluster.primary.ask(query, "sakip")[0] - before >= count, "saves")

    def checked(self) -> set[str]:
        """Everything saved once, and only once; the troubles on the way."""
        self.join()
        assert self.said["errors"] == []
        rows = [one["row"] for one in self.people]
        kept = self.cluster.ask("stages:kept_rows", rows=rows)
        assert kept == {str(one["row"]): [one["version"] + SAVES, SAVES] for one in self.people}
        return set(self.said["troubles"])


def test_a_web_server_that_is_killed_under_load_loses_nothing(cluster, webs, port):
    load = Load(cluster, port)
    load.start()
    load.wait_for_saves(PEOPLE)
    webs[0].kill()
    load.wait_for_saves(PEOPLE * SAVES // 2)
    webs[0].start()
    assert load.checked() <= COMING_BACK


@pytest.mark.parametrize("mode", ["fast", "immediate"])
def test_a_primary_that_is_restarted_under_load_is_busy_and_loses_nothing(cluster, port, mode):
    load = Load(cluster, port)
    load.start()
    load.wait_for_saves(PEOPLE)
    cluster.primary.stop(mode)
    assert answer(port, "/masuk/") == 503
    cluster.primary.start()
    troubles = load.checked()
    assert troubles <= COMING_BACK
    assert "503" in troubles


def test_a_replica_that_lags_is_told_of_and_one_that_is_lost_is_not_missed(cluster):
    cookie = cluster.ask("stages:open_rows", people=1)[0]["cookie"]
    replica = Postgres(cluster.folder / "replica", cluster.primary)
    until(lambda: cluster.primary.ask("SELECT 1 FROM pg_stat_replication"), "the replica")
    web = cluster.web(REPLICA_URL=replica.address("sakip"), REPLICA_SECONDS="20")
    try:
        renamed(cluster, "Nama awal")
        until(lambda: "Nama awal" in page(web.port, SEARCH, cookie), "the replica to follow")
        replica.ask("SELECT pg_wal_replay_pause()")
        time.sleep(1)
        renamed(cluster, "Nama baru")
        until(lambda: "tertinggal sekitar" in page(web.port, SEARCH, cookie), "the lag to be told")
        assert "Nama awal" in page(web.port, SEARCH, cookie)
        assert "Nama baru" in page(web.port, SEARCH, f"{cookie}; sakip_baru_mengirim=1")
        until(lambda: "Nama baru" in page(web.port, SEARCH, cookie), "the primary to be asked instead")
        replica.stop("immediate")
        assert "Nama baru" in page(web.port, SEARCH, cookie)
        replica.start()
        renamed(cluster, "Nama akhir")
        until(lambda: "Nama akhir" in page(web.port, SEARCH, cookie), "the replica to be back")
    finally:
        web.stop()
        replica.stop("immediate")


SEARCH = "/cari/?q=nama&jenis=indikator"


def renamed(cluster, name: str) -> None:
    cluster.primary.ask(f"UPDATE measurement_indicator SET name = '{name} ' || id", "sakip")
