"""What a file leaves open, so that the person is asked: nothing is taken before it is answered. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class SpendingQuestion:
    """A sentence, the answers that it may have (value → label), and the one that was given."""

    key: str
    sentence: str
    choices: Mapping[str, str]
    answer: str = ""

    @property
    def is_open(self) -> bool:
        return self.answer not in self.choices


class Answers:
    """Asks, and remembers what was asked."""

    def __init__(self, given: Mapping[str, str]):
        self.given = given
        self.questions: list[SpendingQuestion] = []

    def ask(self, key: str, sentence: str, choices: Mapping[str, str]) -> str:
        """The answer, "" as long as there is none."""
        answer = self.given.get(key, "")
        self.questions.append(SpendingQuestion(key, sentence, choices, answer if answer in choices else ""))
        return answer if answer in choices else ""

    @property
    def are_complete(self) -> bool:
        return not any(question.is_open for question in self.questions)
