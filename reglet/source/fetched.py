"""The report's pictures on the network: addresses in, what became of each out.

Each is fetched once, from hosts that whoever builds has allowed, and then read as those of
`figures/` are.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from reglet.model.limits import raise_hint
from reglet.model.project import Image, InputFile, Project, Remote
from reglet.source.door import MEGABYTE, natural
from reglet.source.drawings import UnusableError
from reglet.source.net import Answer, Bounds, UnfetchedError, fetch
from reglet.source.origins import Origin, origin_of
from reglet.source.pictures import read_picture

FOLDER = "fetched"
SAVE = "save the picture in `figures/`"
SECONDS = "fetch-seconds"

_DRAWING = "image/svg+xml"
_KNOWN = re.compile(r"image/|application/octet-stream\Z")  # what hosts call pictures
_UNFIT = re.compile(r"[^A-Za-z0-9_-]+")


@dataclass(slots=True)
class Net:
    """Fetches pictures of one report; `answers` may be those of the build before.

    `tell` is told of each host that is asked.
    """

    project: Project
    allowed: frozenset[Origin] = frozenset()
    answers: dict[str, Answer] = field(default_factory=dict)
    tell: Callable[[str], None] = lambda _: None
    _remotes: dict[str, Remote] = field(default_factory=dict)
    _images: dict[str, Image] = field(default_factory=dict)
    _inputs: dict[str, InputFile] = field(default_factory=dict)
    _silent: dict[Origin, UnfetchedError] = field(default_factory=dict)

    def picture(self, address: str) -> Remote:
        """Return what is to be had at an address; nothing is asked for twice."""
        if address not in self._remotes:
            self._remotes[address] = self._found(address)
        return self._remotes[address]

    def brought(self) -> Project:
        """Return the report with the pictures that were fetched."""
        known = {file.path for file in self.project.inputs}
        new = [file for address, file in self._inputs.items() if address not in known]
        inputs = sorted([*self.project.inputs, *new], key=lambda file: natural(file.path))
        images = {**self.project.images, **self._images}
        return replace(self.project, images=images, inputs=tuple(inputs)) if new else self.project

    def _found(self, address: str) -> Remote:
        origin = origin_of(address)
        if origin is None or origin not in self.allowed:
            hint = f"{SAVE}, or build with `--allow-net {origin}`" if origin else SAVE
            return Remote(fault="remote-image", hint=hint)
        try:
            answer = self._answer(address, origin)
            image = self._read(address, answer)
        except UnfetchedError as error:
            hint = f"build with `--allow-net {error.allow}`, too, or {SAVE}" if error.allow else ""
            return Remote(fault="unfetched-image", reason=str(error), hint=hint)
        except UnusableError as error:
            return Remote(fault="bad-image", reason=str(error))
        self.answers[address] = answer
        digest = hashlib.sha256(answer.data).hexdigest()
        self._inputs[address] = InputFile(address, len(answer.data), digest)
        path = _path(address)
        self._images[path] = image
        return Remote(path)

    def _answer(self, address: str, origin: Origin) -> Answer:
        """Fetch from a host, unless it has been silent before."""
        if address in self.answers:
            return self.answers[address]
        if origin in self._silent:
            raise self._silent[origin]
        limits = self.project.report.limits
        bounds = Bounds(
            limits["picture-size"] * MEGABYTE,
            limits[SECONDS],
            f"{limits.worded('picture-size')}; {raise_hint('picture-size')}",
            f"{limits.worded(SECONDS)}; {raise_hint(SECONDS)}",
        )
        self.tell(address)
        try:
            return fetch(address, self.allowed, bounds)
        except UnfetchedError as error:
            if error.silent:
                self._silent[error.silent] = error
            raise

    def _read(self, address: str, answer: Answer) -> Image:
        """Look at what was fetched as at any picture."""
        limits = self.project.report.limits
        held = (*self.project.images.values(), *self._images.values())
        if sum(len(image.data) for image in held) + len(answer.data) > (
            limits["pictures-size"] * MEGABYTE
        ):
            over = f"all pictures are over the limit of {limits.worded('pictures-size')}"
            raise UnusableError(f"{over}; {raise_hint('pictures-size')}")
        name = f"{address}.svg" if answer.media_type == _DRAWING else urlsplit(address).path
        try:
            return replace(read_picture(name, answer.data, limits), path=address)
        except UnusableError as error:
            known = _KNOWN.match(answer.media_type)
            called = "" if known else f"; the host calls it `{answer.media_type[:60]}`"
            raise UnusableError(f"{error}{called}") from error


def _path(address: str) -> str:
    """Return a picture's path in the report: no two addresses share one, none has a mark in it."""
    stem = PurePosixPath(unquote(urlsplit(address).path)).stem
    digest = hashlib.sha256(address.encode()).hexdigest()
    return f"{FOLDER}/{digest[:32]}/{_UNFIT.sub('-', stem)[:60].strip('-') or 'picture'}"
