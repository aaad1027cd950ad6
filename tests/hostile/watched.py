"""A process that builds hostile reports, each in a child that is watched and cannot outgrow limits.

A line of JSON comes in for each report, a line of what became of it goes out. Python's audit hook
tells of every file, socket and program that the child asks for; inotify, of what C libraries open
in the folder that is none of its business.
"""

import ctypes
import json
import os
import resource
import signal
import struct
import sys
import sysconfig
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from reglet import pipeline
from reglet.changeover import STAND_IN
from reglet.messages import render
from reglet.progress import NoProgress
from reglet.source.templates import house_templates
from reglet.views import view_from

CPU = 60  # seconds that a report may compute
MEMORY = 2_000_000_000  # bytes of address space
FILE = 100_000_000  # bytes of one file
WAIT = 240  # seconds until a report that waits is ended

Json = dict[str, Any]

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_CHANGES = ("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.chmod")
_PROGRAMS = ("pandoc",)  # that reglet runs: it words citations, shut in by its own sandbox
_LOOKS = ("ldconfig", "gcc", "ld", "cc")  # of ctypes.util.find_library, as engines are imported
_OPENED = 0x20  # IN_OPEN


class Guard:
    """Keeps what a report asked for that it may not have."""

    def __init__(self, job: Json) -> None:
        home, output = Path(job["folder"]).resolve(), Path(job["output"]).resolve()
        scratch = Path(tempfile.gettempdir()).resolve()  # the test's own, with the cache in it
        beside = output.with_name(f"{STAND_IN}{output.name}")
        self.ours = (output, beside, scratch)
        code = {sys.prefix, sys.base_prefix, *sysconfig.get_paths().values()}
        package = Path(pipeline.__file__).parent
        self.read = (
            home, package, house_templates(), *(Path(folder).resolve() for folder in sorted(code)),
            Path("/usr/share"),
            Path("/dev/null"), Path("/dev/urandom"), Path("/proc"), Path("/sys"), *self.ours,
        )  # fmt: skip
        self.broken: list[str] = []

    def hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Judge one event of the interpreter."""
        if event == "open" and isinstance(arguments[0], (str, bytes, os.PathLike)):
            writes = bool((arguments[2] or 0) & _WRITES)
            self._judge(event, arguments[0], self.ours if writes else self.read)
        elif event in _CHANGES:
            self._judge(event, arguments[0], self.ours)
        elif event.startswith(("socket.", "urllib.", "http.", "ftplib.", "smtplib.")):
            self.broken.append(f"{event} {arguments[1:]}")
        elif event in ("subprocess.Popen", "os.posix_spawn", "os.exec"):
            name = Path(os.fsdecode(arguments[0])).stem
            if name not in (*_PROGRAMS, *_LOOKS):
                self.broken.append(f"{event} {name}")
        elif event in ("os.system", "os.startfile", "pty.spawn"):
            self.broken.append(event)

    def _judge(
        self, event: str, path: str | bytes | os.PathLike[str], allowed: tuple[Path, ...]
    ) -> None:
        place = Path(os.path.realpath(os.fsdecode(path)))
        if not any(place.is_relative_to(folder) for folder in allowed):
            self.broken.append(f"{event} {place}")


def watch(folder: str) -> Callable[[], list[str]]:
    """Watch a folder; the function returned tells which of its files were opened since."""
    libc = ctypes.CDLL(None, use_errno=True)
    handle = libc.inotify_init1(os.O_NONBLOCK)
    assert libc.inotify_add_watch(handle, os.fsencode(folder), _OPENED) >= 0

    def opened() -> list[str]:
        try:
            data = os.read(handle, 100_000)
        except BlockingIOError:
            return []
        names = []
        while data:
            length = struct.unpack_from("iIII", data)[3]
            names.append(f"opened {data[16 : 16 + length].rstrip(bytes(1)).decode()}")
            data = data[16 + length :]
        return names

    return opened


def run(job: Json) -> Json:
    """Check or build one report under the guard."""
    os.chdir(tempfile.gettempdir())  # below which names relative to an open folder are judged
    opened, guard = watch(job["outside"]), Guard(job)
    sys.addaudithook(guard.hook)
    folder = Path(job["folder"])
    try:
        if job["editions"]:
            found = pipeline.build(
                folder,
                editions=job["editions"],
                output=Path(job["output"]),
                progress=NoProgress(),
            ).diagnostics
        else:
            found = pipeline.check(folder).diagnostics
        shown = render(found, "human", view_from(folder, colour=False))
    except BaseException:  # whatever leaves reglet is a fault of its own
        return {"error": traceback.format_exc()}
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "said": [f"{item.span} {item.code}" for item in found],
        "severe": any(item.severity == "error" for item in found),
        "shown": shown,
        "broken": [*guard.broken, *opened()],
        "seconds": usage.ru_utime + usage.ru_stime,
        "memory": usage.ru_maxrss * 1024,
    }


def in_child(job: Json) -> Json:
    """Run a job in a child process; what kills the child is told."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.close(reader)
        signal.alarm(WAIT)
        resource.setrlimit(resource.RLIMIT_CPU, (CPU, CPU))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_FSIZE, (FILE, FILE))
        with os.fdopen(writer, "w") as out:
            json.dump(run(job), out)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as answer:
        text = answer.read()
    status = os.waitpid(child, 0)[1]
    return json.loads(text) if text else {"error": f"killed: {os.waitstatus_to_exitcode(status)}"}


def main() -> None:
    """Answer a job a line until there is none."""
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what engines print is no answer
    import reglet.formats.epub.drawings
    import reglet.formats.epub.edition  # the engines, once for all children
    import reglet.formats.pdf.edition
    import reglet.formats.web
    import reglet.formats.wrap
    import reglet.proof.gate
    import reglet.resolve.document
    import reglet.source.project
    import reglet.text.section  # noqa: F401

    for line in sys.stdin:
        print(json.dumps(in_child(json.loads(line))), file=out, flush=True)


if __name__ == "__main__":
    main()
