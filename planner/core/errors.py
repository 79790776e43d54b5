"""What can go wrong in a way that a person can act on."""


class PlannerError(Exception):
    """A finished sentence for a person: what is wrong, what to do, and what was kept."""

    @property
    def sentence(self) -> str:
        """The sentence to show."""
        return str(self.args[0]) if self.args else ""


class Refused(PlannerError):
    """An action that may not be done as asked; nothing was changed."""


class Environment(PlannerError):
    """The disk, the file or another program stands in the way; it is not a fault of the planner's."""


class NotOurs(Environment):
    """The file is not a workspace this version can open: plain, damaged, or from a newer version."""


class WrongPassphrase(PlannerError):
    """No key slot opens with what was typed; the next try has to wait `wait_s` seconds."""

    def __init__(self, sentence: str, *, wait_s: int = 0) -> None:
        super().__init__(sentence)
        self.wait_s = wait_s


class InUse(Environment):
    """Another program holds the workspace open."""
