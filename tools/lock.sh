#!/usr/bin/env bash
# Pins every package that reglet stands on, by its version and by the hashes of its files on PyPI for
# all platforms: requirements.lock for builds, requirements-test.lock for work on reglet.
# `tools/lock.sh --upgrade` takes the newest versions within the ranges of pyproject.toml.
set -euo pipefail
cd "$(dirname "$0")/.."

python=${PYTHON:-python3}
[ -x .venv/share/lock/bin/uv ] || {
  "$python" -m venv .venv/share/lock
  .venv/share/lock/bin/python -m pip install --quiet --disable-pip-version-check 'uv>=0.9,<1'
}

lock() {
  local file=$1
  shift
  .venv/share/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
    --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' \
    --output-file "$file" "$@" pyproject.toml tools/build.in
}

lock requirements-test.lock --extra test "$@"
lock requirements.lock --constraint requirements-test.lock
