"""How many pages there may be: what counts them as they come, and stops at one too many."""

from collections.abc import Callable

from reglet.model.limits import Limits


class TooManyPagesError(Exception):
    """An edition has more pages than it may."""


def counted(
    limits: Limits, on_page: Callable[[int], None] = lambda _: None
) -> Callable[[int], None]:
    """Pass the number of each page on; one too many raises TooManyPagesError."""
    most = limits["pages"]

    def count(page: int) -> None:
        if page > most:
            raise TooManyPagesError
        on_page(page)

    return count
