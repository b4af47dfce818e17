"""Refusals with a name: an act that may not happen raises `Refused("the_fact")`."""


class Refused(Exception):
    """An act was refused.

    `code` names the fact (`already_voted`); `details` fill the placeholders of its sentence, which is
    found in one place only: the module named by `settings.REALTIME_REFUSALS`.
    """

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code = code
        self.details = details
