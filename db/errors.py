"""What a person who runs Packgrid can mend: each error is said in one line, without a traceback."""


class DatabaseUnavailable(Exception):
    """The database cannot be used as it is; the text, one line without a password, says why."""


class LoadError(Exception):
    """A file cannot be loaded, and nothing of it was.

    `problems` are lines for a person, each with the number of the line it is about, in order.
    """

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class InputError(Exception):
    """What a caller asked for cannot be; the text says which argument, and what was expected.

    `path` is where in an answer the field stands that was asked for so, empty while not known.
    """

    def __init__(self, message: str, path: tuple[str | int, ...] = ()) -> None:
        super().__init__(message)
        self.path = path
