"""Workers that begin at once: each order has a process of its own, which takes nothing with it."""

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from measurement.workers.warm import WarmWorker

ECHO = "import os, sys\nsys.stdout.write(f'{os.getpid()} {sys.argv[1]} {sys.stdin.read()}')"


@pytest.fixture
def worker():
    made = WarmWorker(["json"], {"LANG": "C.UTF-8"})
    yield made
    made.close()


@pytest.fixture
def script(tmp_path):
    def written(text: str) -> str:
        path = tmp_path / "worker.py"
        path.write_text(text)
        return str(path)

    return written


def test_every_order_has_its_own_process_arguments_and_answer(worker, script):
    echo = script(ECHO)
    with ThreadPoolExecutor(8) as pool:
        done = list(pool.map(lambda n: worker.run(echo, [f"a{n}"], b"x" * n * 100_000, 20), range(16)))
    told = [one.answer.decode().split(" ") for one in done]
    assert all(one.well for one in done)
    assert [(argument, len(read)) for _, argument, read in told] == [
        (f"a{n}", n * 100_000) for n in range(16)
    ]
    assert len({pid for pid, _, _ in told}) == 16


@pytest.mark.parametrize(
    "text",
    [
        "print('begun', flush=True); raise ValueError('rusak')",
        "print('begun', flush=True); import os; os._exit(0)",
        "print('begun', flush=True); import os, signal; os.kill(os.getpid(), signal.SIGSEGV)",
    ],
)
def test_a_worker_that_breaks_off_did_not_end_well_and_keeps_what_it_answered(worker, script, text):
    done = worker.run(script(text), [], b"", 20)
    assert (done.well, done.late, done.answer) == (False, False, b"begun\n")
    assert worker.run(script(ECHO), ["a"], b"", 20).well


def test_a_worker_that_is_late_is_ended(worker, script):
    begun = time.monotonic()
    done = worker.run(script("print('begun', flush=True)\nwhile True: pass"), [], b"", 1)
    assert (done.well, done.late, done.answer) == (False, True, b"begun\n")
    assert time.monotonic() - begun < 15


def test_it_is_started_again_when_it_was_ended_from_outside(worker, script):
    assert worker.run(script(ECHO), ["a"], b"", 20).well
    os.kill(worker.process.pid, signal.SIGKILL)
    worker.process.wait()
    assert worker.run(script(ECHO), ["a"], b"", 20).well


def test_a_worker_knows_nothing_of_ours(worker, script, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "rahasia")
    done = worker.run(
        script("import os\nprint(sorted(os.environ), sorted(os.listdir('/proc/self/fd')))"), [], b"", 20
    )
    environment, files = done.answer.decode().split("] [")
    assert "SECRET" not in environment
    assert len(files.split(",")) <= 5  # the standard ones, the report, and the folder that is listed


def test_no_more_work_at_once_than_may(script, tmp_path):
    """Each makes a file that must not be there, and takes it away again."""
    alone = script(
        "import os, sys, time\nos.close(os.open(sys.argv[1], os.O_CREAT | os.O_EXCL))\ntime.sleep(0.2)\nos.remove(sys.argv[1])"
    )
    single = WarmWorker([], {"LANG": "C.UTF-8"}, at_once=1)
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _: single.run(alone, [str(tmp_path / "turn")], b"", 60), range(4)))
    single.close()
    assert [one.complaint for one in done if not one.well] == []


def test_a_fork_of_ours_starts_its_own(worker, script):
    echo = script(ECHO)
    worker.run(echo, ["a"], b"", 20)
    before = worker.process.pid
    if (child := os.fork()) == 0:
        fine = worker.run(echo, ["a"], b"", 20).well and worker.process.pid != before
        worker.close()
        os._exit(0 if fine else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert worker.run(echo, ["a"], b"", 20).well


def test_it_ends_with_the_process_that_started_it(worker, script):
    worker.run(script(ECHO), ["a"], b"", 20)
    process = worker.process
    worker.close()
    assert process.returncode == 0
