"""Pictures of the text in, the same under the names that their files have out; faults are told.

`Project.images` holds what can be set, by normalised path; `broken_images` says why others cannot.
What stands on the network is had by `Fetch`, if at all.
"""

import re
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from posixpath import normpath

from reglet.model.diagnostic import Diagnostic, diagnose, nearest
from reglet.model.document import Kind, Node
from reglet.model.project import Fetch, Project, Remote
from reglet.model.report import Report
from reglet.model.span import Span

SAVE = "save the picture in `figures/`"
_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*):")
_NETWORK = frozenset({"http", "https", "ftp", "ftps"})
_LONGEST_SHOWN = 60  # characters of an address


def unfetched(_address: str) -> Remote:
    """Fetch nothing."""
    return Remote(fault="remote-image")


@dataclass(slots=True)
class Pictures:
    """Looks the report's pictures up; `found` collects what is wrong with them."""

    project: Project
    fetch: Fetch = unfetched
    found: list[Diagnostic] = field(default_factory=list)

    def settle(self, node: Node) -> Node:
        """Give a picture the path of its file; any other node stays as it is."""
        source = node.attrs.get("src", "")
        if node.kind is not Kind.IMAGE or not source:  # an empty one is an `empty-link` already
            return node
        return replace(node, attrs={**node.attrs, "src": self._path(source, node.span)})

    def covered(self, report: Report) -> Report:
        """Give the cover's picture the path of its file; a report without it has no such cover."""
        if report.cover is None:
            return report
        path = self._path(report.cover.picture, report.cover.span)
        cover = replace(report.cover, picture=path) if path in self.project.images else None
        return replace(report, cover=cover)

    def _path(self, source: str, span: Span) -> str:
        """Return the path of a picture; one that cannot be had keeps its address."""
        scheme = _SCHEME.match(source)
        if scheme or source.startswith("//"):
            return self._elsewhere(span, source.strip(), scheme[1].lower() if scheme else "")
        path = normpath(source)
        if path not in self.project.images:
            self._absent(span, source, path)
        return path

    def _elsewhere(self, span: Span, source: str, scheme: str) -> str:
        shown = source[:_LONGEST_SHOWN]
        if scheme and scheme not in _NETWORK:
            self.found.append(diagnose("bad-link", span, SAVE, target=shown))
            return source
        remote = self.fetch(source if scheme else f"https:{source}")
        if remote.fault:
            told = diagnose(remote.fault, span, remote.hint, path=shown, reason=remote.reason)
            self.found.append(told)
            return source
        return remote.path

    def _absent(self, span: Span, source: str, path: str) -> None:
        broken = self.project.broken_images
        reason = broken.get(path) or broken.get(source)
        if reason:
            self.found.append(diagnose("bad-image", span, path=path, reason=reason))
        else:
            self.found.append(diagnose("missing-image", span, self._meant(path), path=path))

    def _meant(self, path: str) -> str:
        """Return a hint at the picture that has the name, or nearly so, in whatever folder."""
        known = [*self.project.images, *self.project.broken_images]
        name = PurePosixPath(path).name
        same = [other for other in known if PurePosixPath(other).name == name]
        return nearest(path, known) if not same else f"did you mean `{same[0]}`?"
