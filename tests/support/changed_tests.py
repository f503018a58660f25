"""Says which tests `make check` runs: those of the rules and of the code itself always, a room's where something of the room has changed.

Changed is what differs from where this branch left the main one, committed or not. A change of what all tests share runs no more than that.
"""

import subprocess
from pathlib import Path, PurePath

ALWAYS = [
    "tests/rules",
    *(f"tests/whole/test_{name}.py" for name in ("architecture", "tables", "templates", "icons")),
]
MAIN = "origin/main"


def answer_of(*command: str) -> list[str]:
    return subprocess.run(["git", *command], capture_output=True, text=True).stdout.split()


def changed_files() -> list[str]:
    base = answer_of("merge-base", "HEAD", MAIN) or ["HEAD"]
    return answer_of("diff", "--name-only", *base) + answer_of("ls-files", "--others", "--exclude-standard")


def tests_of(file: str) -> str:
    """The folder of tests of a module's room; a file of tests is its own."""
    parts = PurePath(file).parts
    if parts[0] == "tests" and parts[-1].startswith("test_"):
        return file
    return f"tests/{parts[1]}" if parts[0] == "measurement" and len(parts) > 2 else ""


def main() -> None:
    found = {tests_of(file) for file in changed_files()} - {""}
    print(*ALWAYS, *sorted(place for place in found if Path(place).exists() and place not in ALWAYS))


if __name__ == "__main__":
    main()
