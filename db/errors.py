"""What a person who runs Packgrid can mend: each error is said in one line, without a traceback."""


class DatabaseUnavailable(Exception):
    """The database cannot be used as things are; the text says why in one line, no password in it."""


class LoadError(Exception):
    """A file cannot be loaded, and nothing of it was.

    `problems` are lines for a person, each with the number of the line it is about, in order.
    """

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems
