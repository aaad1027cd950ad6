"""Nothing in, what was measured on out: the machine, and the versions of all that took part."""

import os
import platform
import re
import shutil
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pypandoc

from bench.others import paged_program
from bench.place import ROOT

PACKAGES = ("reglet", "weasyprint", "typst")
PROGRAMS = (("pdflatex", "--version"), ("chromium", "--version"), ("node", "--version"))
GIB = 1 << 20  # in KiB


def machine() -> dict[str, str]:
    """Return what the machine is."""
    kib = int(_named("/proc/meminfo", r"MemTotal: *(\d+)") or 0)
    return {
        "processor": _named("/proc/cpuinfo", r"model name\s*: (.+)") or platform.machine(),
        "cores": str(len(os.sched_getaffinity(0))),
        "memory": f"{kib / GIB:.0f} GiB",
        "system": _named("/etc/os-release", r'PRETTY_NAME="(.+)"') or platform.system(),
        "kernel": platform.release(),
        "load before": f"{os.getloadavg()[0]:.1f}",
    }


def versions() -> dict[str, str]:
    """Return the versions of programs and packages; those that are not there are left out."""
    found = {"Python": platform.python_version(), "pandoc": str(pypandoc.get_pandoc_version())}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    found["reglet"] = f"{found['reglet']} {_said('git', 'describe', '--always', '--dirty')}".strip()
    for program, option in PROGRAMS:
        if shutil.which(program):
            found[program] = _said(program, option)
    if paged := paged_program():
        found["pagedjs-cli"] = _said(paged, "--version")
    return found


def _named(file: str, pattern: str) -> str:
    try:
        match = re.search(pattern, Path(file).read_text())
    except OSError:
        return ""
    return match[1] if match else ""


def _said(*command: str) -> str:
    """Return the first line that a program says."""
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return next(iter(done.stdout.splitlines()), "")
