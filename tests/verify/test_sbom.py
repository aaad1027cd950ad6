"""The list of dependencies, held against CycloneDX 1.6; lock files, against pyproject.toml."""

import json
import re
import tomllib
from importlib import metadata

import pytest
from click.testing import CliRunner
from conftest import ROOT
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from reglet.cli import cli
from reglet.manifest.sbom import list_dependencies, read_lock
from reglet.manifest.versions import packages

LOCKS = ("requirements.lock", "requirements-test.lock")


def test_it_is_as_the_standard_wants_it() -> None:
    text = CliRunner().invoke(cli, ["sbom", "--extra", "sign"]).stdout
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    assert text.encode() == list_dependencies(frozenset({"sign"}))
    names = {row["name"] for row in json.loads(text)["components"]}
    assert {"weasyprint", "pyhanko", "cryptography"} <= names
    assert "pyhanko" not in {row["name"] for row in json.loads(list_dependencies())["components"]}


def test_every_package_is_told_with_its_licence_and_hashes() -> None:
    bom = json.loads(list_dependencies())
    rows = {row["name"]: row for row in bom["components"]}
    assert rows.keys() == packages().keys()
    for name, row in rows.items():
        assert row["version"] == metadata.version(name)
        assert row["purl"] == f"pkg:pypi/{name}@{row['version']}"
    weasyprint = rows["weasyprint"]
    assert "BSD" in str(weasyprint["licenses"])
    (page,) = weasyprint["externalReferences"]
    assert page["url"] == "https://pypi.org/project/weasyprint/70.0/"
    assert all(re.fullmatch("[0-9a-f]{64}", item["content"]) for item in page["hashes"])
    needs = {row["ref"]: row["dependsOn"] for row in bom["dependencies"]}
    assert f"pkg:pypi/pydyf@{metadata.version('pydyf')}" in needs[weasyprint["purl"]]
    silent = {name for name, row in rows.items() if not row.get("licenses")}
    assert silent <= {"resvg-py"}  # whose metadata name none


@pytest.mark.parametrize("name", LOCKS)
def test_the_lock_has_what_pyproject_asks_for(name: str) -> None:
    """Where this fails, `make lock` writes the lock files anew."""
    text = (ROOT / name).read_text(encoding="utf-8")
    locked = dict(read_lock(text).keys())
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [
        *project["build-system"]["requires"],
        *project["project"]["dependencies"],
        *(project["project"]["optional-dependencies"]["test"] if "test" in name else []),
    ]
    for requirement in map(Requirement, wanted):
        if requirement.name != "reglet":
            package = canonicalize_name(requirement.name)
            assert package in locked, package
            assert requirement.specifier.contains(locked[package]), package
    assert all(read_lock(text).values())
    assert "://" not in re.sub(r"#.*", "", text)
