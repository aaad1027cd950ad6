#!/usr/bin/env bash
# Makes .venv and sees to the system packages: `tools/setup.sh build` for `make report`,
# `tools/setup.sh test` for `make test`, `tools/setup.sh bench` for `make bench`. At once when all is
# there. As root on Debian or Ubuntu it installs what is missing; for others it prints the line to
# type, and stops. Python packages are those of the lock files, by version and by hash; `make lock`
# writes these anew where pyproject.toml asks for something else.
set -euo pipefail
cd "$(dirname "$0")/.."

purpose=${1:-test}
stamp=.venv/.reglet-$purpose
python=${PYTHON:-python3}

# What must be there, and the Debian package that has it.
libraries="
libgobject-2.0.so.0 libglib2.0-0
libpango-1.0.so.0 libpango-1.0-0
libpangoft2-1.0.so.0 libpangoft2-1.0-0
libharfbuzz.so.0 libharfbuzz0b
libharfbuzz-subset.so.0 libharfbuzz-subset0
libfontconfig.so.1 libfontconfig1
"
programs=""
if [ "$purpose" = test ]; then
  programs="
java default-jre-headless
fc-match fontconfig
pdftotext poppler-utils
pdftoppm poppler-utils
qpdf qpdf
gs ghostscript
zbarimg zbar-tools
chromium chromium
npm npm
"
elif [ "$purpose" = bench ]; then
  programs="
pdftotext poppler-utils
chromium chromium
npm npm
"
fi

say() { printf '%s\n' "$*" >&2; }

missing_packages() {
  printf '%s' "$libraries" | "$python" -c '
import ctypes, importlib.util, sys

if not all(map(importlib.util.find_spec, ("ensurepip", "venv"))):
    print("python3-venv")
for library, package in filter(None, map(str.split, sys.stdin)):
    try:
        ctypes.CDLL(library)
    except OSError:
        print(package)
'
  while read -r program package; do
    [ -z "$program" ] || command -v "$program" >/dev/null || printf '%s\n' "$package"
  done <<<"$programs"
}

require_python() {
  if ! command -v "$python" >/dev/null; then
    say "Python 3.11 or newer is needed: apt-get install -y python3 python3-venv"
    exit 1
  fi
  if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    say "Python 3.11 or newer is needed; $("$python" --version) is here. Name another: PYTHON=…"
    exit 1
  fi
}

require_packages() {
  local missing
  missing=$(missing_packages | sort -u | tr '\n' ' ')
  missing=${missing% }
  [ -z "$missing" ] && return
  if ! command -v apt-get >/dev/null; then
    say "Missing, under the names Debian gives them: $missing"
    exit 1
  fi
  if [ "$(id -u)" -ne 0 ]; then
    say "Missing system packages. To install them:"
    say ""
    say "  sudo apt-get update && sudo apt-get install -y --no-install-recommends $missing"
    say ""
    exit 1
  fi
  say "Installing $missing"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  # shellcheck disable=SC2086  # a list of names
  apt-get install -y -qq --no-install-recommends $missing >/dev/null
}

install() {
  .venv/bin/python -m pip install --quiet --disable-pip-version-check "$@"
}

# --no-deps, since the lock file has all that anything needs: pip need not look for it.
require_environment() {
  local lock=requirements.lock
  [ "$purpose" != test ] || lock=requirements-test.lock
  if ! .venv/bin/python -c '' 2>/dev/null; then
    say "Making .venv"
    "$python" -m venv --clear .venv
  fi
  say "Installing Python packages into .venv"
  install --require-hashes --no-deps -r "$lock"
  install --no-deps --no-build-isolation -e .
  [ "$purpose" != bench ] || install -e ".[bench]"
}

# CommonMark's own examples, which the tests run, come with the source of markdown-it-py.
fetch_examples() {
  local folder
  folder=$(mktemp -d)
  sed -n '/^markdown-it-py==/,/^    # via/p' requirements-test.lock >"$folder/markdown-it-py.lock"
  .venv/bin/python -m pip download --quiet --disable-pip-version-check --no-deps --require-hashes \
    --no-binary markdown-it-py --dest "$folder" -r "$folder/markdown-it-py.lock"
  mkdir -p .venv/share
  tar -xzf "$folder"/markdown_it_py-*.tar.gz -O --wildcards \
    'markdown_it_py-*/tests/test_cmark_spec/commonmark.json' >.venv/share/commonmark.json
  rm -r "$folder"
}

# The reading system that the reader test opens EPUBs in: tests/reader/package.json.
fetch_reader() {
  mkdir -p .venv/share/node
  cp tests/reader/package.json tests/reader/package-lock.json .venv/share/node
  (cd .venv/share/node && npm ci --ignore-scripts --no-audit --no-fund --loglevel error >&2)
}

# Ace, which holds EPUBs against EPUB Accessibility; of browsers it takes the system's Chromium.
fetch_ace() {
  mkdir -p .venv/share/ace
  cp tools/ace/package.json tools/ace/package-lock.json .venv/share/ace
  (cd .venv/share/ace && npm ci --ignore-scripts --no-audit --no-fund --loglevel error >&2)
}

# Paged.js, which reglet is measured beside; of browsers it takes the system's Chromium.
fetch_paged() {
  mkdir -p .venv/share/paged
  cp tools/paged/package.json tools/paged/package-lock.json .venv/share/paged
  (cd .venv/share/paged && npm ci --ignore-scripts --no-audit --no-fund --loglevel error >&2)
}

fingerprint() {
  cksum pyproject.toml requirements*.lock tools/setup.sh tests/reader/package-lock.json tools/*/package-lock.json
  pwd
}

require_python
require_packages
if [ "$(cat "$stamp" 2>/dev/null)" != "$(fingerprint)" ] || ! .venv/bin/python -c '' 2>/dev/null; then
  require_environment
  if [ "$purpose" = test ]; then
    fetch_examples
    fetch_reader
    fetch_ace
  elif [ "$purpose" = bench ]; then
    fetch_paged
  fi
  fingerprint >"$stamp"
fi
