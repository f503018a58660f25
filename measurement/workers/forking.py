"""The process that has imported what a worker needs, and forks a child for each order: no Django, no database, one thread.

Started by warm.py; arguments: the number of a socket, then the modules to import. Each message on the socket is an order (JSON: worker, argv) with four
files: what the child reads, what it answers, what it complains of, and where it says its number first and a last byte when it ended well. A child is the
worker as if it had just been started, a script or a module, and sets its own limits. When whoever started this is gone, the socket says so, and it ends.
"""

import gc
import importlib
import json
import os
import runpy
import signal
import socket
import sys
import traceback

MOST_BYTES, FILES = 65536, 4
DONE = b"."


def serve(orders: socket.socket) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel buries the children
    while True:
        order, files, *_ = socket.recv_fds(orders, MOST_BYTES, FILES)
        if not order:
            return
        if os.fork() == 0:
            orders.close()
            work(**json.loads(order), files=files)
        for file in files:
            os.close(file)


def work(worker: str, argv: list[str], files: list[int]) -> None:
    """Never comes back."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    *standard, report = files
    for number, file in enumerate(standard):
        os.dup2(file, number)
        os.close(file)
    os.write(report, f"{os.getpid()}\n".encode())
    try:
        sys.argv = [worker, *argv]
        run = runpy.run_path if worker.endswith(".py") else runpy.run_module
        run(worker, run_name="__main__")
        sys.stdout.flush()
    except BaseException:  # whatever ended the worker is told, and ends with it
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)
    os.write(report, DONE)
    os._exit(0)


if __name__ == "__main__":
    place, *modules = sys.argv[1:]
    for name in modules:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()  # what is here stays shared with the children
    serve(socket.socket(fileno=int(place)))
