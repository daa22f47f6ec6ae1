"""Refusals that a room may raise; each carries the sentence a clerk will read."""


class DomainError(Exception):
    """A step was refused; `str(error)` is a Chinese sentence: what happened, what to do."""


class NotAllowed(DomainError):
    """The person may see the thing but may not take this step."""


class StaleState(DomainError):
    """Somebody else moved first, so nothing was written."""

    def __init__(self, sentence: str = "") -> None:
        super().__init__(sentence or "刚刚有人先办了这一步，您写的内容还在。请核对后再试。")


class TooOften(DomainError):
    """Tried or asked for too often; the sentence says when to try again."""


class InvalidInput(DomainError):
    """One field is not acceptable; `field` names it."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class AlreadyDone(DomainError):
    """The same submission arrived before; `subject` is what it made then.

    Twice the same form is one result: a face answers with that result.
    """

    def __init__(self, kind: str, subject_type: str, subject_id: int | None) -> None:
        super().__init__("这一步已经办过了，没有重复办理。")
        self.kind = kind
        self.subject_type = subject_type
        self.subject_id = subject_id
