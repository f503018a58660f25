"""Many people at once, as a process of its own: reads who saves what from stdin, says on stdout what came of it. Nothing but sockets, so that the
server keeps the machine to itself.

An order: `port`, `people` (cookie, csrf, cycle, row, version, value), `bare` (the least that a save must do, instead of the worksheet's own), `saves` of
each, or `seconds` in which each thinks for `thinks` (from, to) before each save.
"""

import asyncio
import json
import random
import resource
import sys
import time
from urllib.parse import urlencode

PATIENCE = 120


class Person:
    """Somebody who has a worksheet open and types into one row of it."""

    def __init__(self, order: dict, given: dict):
        self.order, self.given = order, given
        self.version, self.value = given["version"], given["value"]
        self.times: list[float] = []
        self.errors: list[str] = []

    async def save(self) -> None:
        begun = time.perf_counter()
        try:
            status, body = await asyncio.wait_for(self._post(), PATIENCE)
            fault = "" if status == 200 else f"status {status}"
            self._take(fault, json.loads(body) if not fault else {})
        except (OSError, ValueError, TimeoutError, asyncio.IncompleteReadError) as failure:
            self.errors.append(f"{type(failure).__name__} {failure}"[:200])
        self.times.append(time.perf_counter() - begun)

    def _take(self, fault: str, said: dict) -> None:
        row = self.given["row"]
        if self.order["bare"]:
            good = said.get("written") == 1
            version = self.version + 1
        else:
            good = not fault and not (said.get("stale") or said.get("errors") or said.get("closed"))
            version = said.get("versions", {}).get(f"version-{row}")
        if good and version:
            self.version, self.value = int(version), self.value + 1
        else:
            self.errors.append(fault or json.dumps(said)[:200])

    async def _post(self) -> tuple[int, bytes]:
        cycle, row, value = self.given["cycle"], self.given["row"], self.value + 1
        if self.order["bare"]:
            path, fields = (
                "/ukur/simpan/",
                {"cycle": cycle, "row": row, "version": self.version, "realised": value},
            )
        else:
            path = f"/siklus/{cycle}/kertas-kerja/simpan/"
            fields = {f"version-{row}": self.version, f"realised-{row}": value}
        content = urlencode(fields)
        lines = [
            f"POST {path} HTTP/1.1",
            "Host: 127.0.0.1",
            f"Cookie: {self.given['cookie']}",
            f"X-CSRFToken: {self.given['csrf']}",
            "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(content)}",
            "Connection: close",
        ]
        reader, writer = await asyncio.open_connection("127.0.0.1", self.order["port"])
        try:
            writer.write("\r\n".join([*lines, "", content]).encode())
            answer = await reader.read()
        finally:
            writer.close()
        head, _, body = answer.partition(b"\r\n\r\n")
        return int(head.split()[1]), body


async def work(person: Person, order: dict) -> None:
    """All saves at once, one after the other; or with thoughts between them for so many seconds."""
    if not order.get("thinks"):
        for _ in range(order["saves"]):
            await person.save()
        return
    chance = random.Random(person.given["row"])
    until = time.perf_counter() + order["seconds"]
    await asyncio.sleep(chance.uniform(0, order["thinks"][1]))
    while time.perf_counter() < until:
        await person.save()
        await asyncio.sleep(chance.uniform(*order["thinks"]))


async def crowd(order: dict) -> dict:
    people = [Person(order, given) for given in order["people"]]
    begun = time.perf_counter()
    await asyncio.gather(*(work(person, order) for person in people))
    return {
        "seconds": time.perf_counter() - begun,
        "times": [seconds for person in people for seconds in person.times],
        "errors": [error for person in people for error in person.errors],
        "people": [{**person.given, "version": person.version, "value": person.value} for person in people],
    }


if __name__ == "__main__":
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    print(json.dumps(asyncio.run(crowd(json.load(sys.stdin)))))
