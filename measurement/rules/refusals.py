"""Kind refusals: what the doors raise when something can't be done. The middleware turns them into pages with the sentence on them."""


class Refusal(Exception):
    """It can't be done, and `sentences` say why and what to do instead."""

    status = 422

    def __init__(self, *sentences: str):
        self.sentences = list(sentences)
        super().__init__(" ".join(sentences))


class NotAtThisStep(Refusal):
    """Somebody was faster, or the step's turn has not come."""

    status = 409


class Stale(Refusal):
    """The page was older than what is stored; nothing was written."""

    status = 409


class Incomplete(Refusal):
    """Something is missing; the sentences are those of `requirements`."""


class BadFile(Refusal):
    """An upload that can't be accepted."""
