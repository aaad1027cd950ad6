"""Puts the preview together: watches a folder, builds it, and serves what there is to show."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread

from reglet.preview.server import Server
from reglet.preview.session import Session
from reglet.preview.watch import changes
from reglet.views import view_from

Changes = SimpleQueue[frozenset[Path]]


class PortTakenError(Exception):
    """Another program listens at the port."""


class Preview:
    """A report that is shown as long as `run` runs."""

    def __init__(self, session: Session, editor: str, port: int) -> None:
        self.session = session
        self.end = Event()
        self._changes: Changes = SimpleQueue()
        view = view_from(session.folder, colour=False)
        try:
            self.server = Server(self.session, view, editor, self._changes, port)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            raise PortTakenError from error

    @property
    def url(self) -> str:
        """Return the address of the page."""
        return self.server.url

    def run(self) -> None:
        """Build, and build again with every change, until `end` is set."""
        Thread(target=self._watch, daemon=True).start()
        self.session.build()
        while not self.end.is_set():
            changed = self._next()
            if changed is not None:
                self.session.build(changed)

    def _watch(self) -> None:
        for changed in changes(self.session.folder, self.end):
            self._changes.put(changed)

    def _next(self) -> frozenset[Path] | None:
        """Return all that has changed since the last build, waiting for it a while."""
        try:
            changed = self._changes.get(timeout=0.5)
            while not self._changes.empty():
                changed |= self._changes.get_nowait()
        except Empty:
            return None
        return changed

    def close(self) -> None:
        """End all that has been begun."""
        self.end.set()
        self.server.shutdown()
        self.server.server_close()
        self.session.close()


@contextmanager
def serving(
    session: Session, editor: str, port: int, *, otherwise: int | None = None
) -> Iterator[Preview]:
    """Serve a report at a port, or at the one `otherwise` where that is taken, and end it after.

    Raises PortTakenError.
    """
    try:
        preview = Preview(session, editor, port)
    except PortTakenError:
        if otherwise is None:
            raise
        preview = Preview(session, editor, otherwise)
    Thread(target=preview.server.serve_forever, daemon=True).start()
    try:
        yield preview
    finally:
        preview.close()
