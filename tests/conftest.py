"""What every test shares: `--accept` for goldens, and the repository's own report, built once."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="write goldens anew; read them after")
