"""Signatures: what is signed passes what it passed before, and what is tampered with is told."""

import datetime
import io
import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner, Result
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID
from test_manifest import PROJECT

from reglet import pipeline
from reglet.cli import cli
from reglet.manifest.make import facts_of, make_manifest
from reglet.model.document import Built
from reglet.model.report import READY_MADE
from reglet.proof.files import prove_files
from reglet.proof.finding import Verdict
from reglet.proof.signatures import prove_signatures, signatures
from reglet.signing import Certificate, UnusableError, read_certificate
from reglet.verify_commands import PASSWORD

WORD = "tr0ub4dor"
Edit = Callable[[bytes], bytes]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a certificate that vouches for itself."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.datetime.now(datetime.UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Ada Bauer")])
    held = (
        x509.CertificateBuilder(name, name, key.public_key(), 7)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=2))
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("certificate") / "me.p12"
    lock = BestAvailableEncryption(WORD.encode())
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"me", key, held, None, lock))
    return path


@pytest.fixture(scope="module")
def signer(certificate: Path) -> Certificate:
    return read_certificate(certificate, WORD)


@pytest.fixture(scope="module")
def plain() -> bytes:
    pdf, file = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page()
    pdf.Root.Words = pikepdf.String("The gate was shut.")
    pdf.save(file)
    return file.getvalue()


def run(*arguments: str | Path, password: str | None = WORD) -> Result:
    return CliRunner(env={PASSWORD: password}).invoke(cli, [*map(str, arguments)])


def test_a_signature_comes_behind_the_file(plain: bytes, signer: Certificate) -> None:
    signed = signer.sign(plain)
    assert signed.startswith(plain)
    (found,) = signatures(signed)
    assert (found.name, found.fits, found.whole) == ("Ada Bauer", True, True)
    held = signer.signer.signing_cert
    assert held is not None
    assert found.fingerprint == sha256(held.dump()).hexdigest()
    with pikepdf.open(io.BytesIO(signed)) as pdf:
        field = pdf.Root.AcroForm.Fields[0]
        assert field.V.SubFilter == "/ETSI.CAdES.detached"
        assert str(field.TU) == "Signature of the author"
        assert not int(str(field.F)) & 2  # hidden, which PDF/A forbids
    finding = prove_signatures(signed)
    assert finding.verdict is Verdict.PASSED
    assert finding.detail[0].startswith("signed by Ada Bauer on 20")


def test_two_may_sign_one_after_the_other(plain: bytes, signer: Certificate) -> None:
    twice = signer.sign(signer.sign(plain))
    assert [(item.fits, item.whole) for item in signatures(twice)] == [(True, False), (True, True)]
    assert prove_signatures(twice).verdict is Verdict.PASSED


TAMPERED: dict[str, tuple[Edit, str]] = {
    "a word changed": (
        lambda data: data.replace(b"was shut", b"was open"), "the file was changed after that"
    ),
    "more behind it": (
        lambda data: data + b"\n% more\n", "more was added to the file after that"
    ),
    "a byte of the signature": (
        lambda data: data.replace(b"/Contents <30", b"/Contents <31"), ""
    ),
    "a range that leaves out more": (
        lambda data: data.replace(b"/ByteRange [0 ", b"/ByteRange [9 "), ""
    ),
    "no signature in it": (lambda data: data[: data.rindex(b"/ByteRange")], ""),
}  # fmt: skip


@pytest.mark.parametrize("name", TAMPERED)
def test_what_was_tampered_with_fails(name: str, plain: bytes, signer: Certificate) -> None:
    edit, words = TAMPERED[name]
    signed = signer.sign(plain)
    assert edit(signed) != signed
    finding = prove_signatures(edit(signed))
    assert finding.verdict is Verdict.FAILED
    assert words in "; ".join(finding.detail)


def test_a_certificate_that_cannot_be_used(certificate: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.p12"
    other.write_text("no certificate")
    for path, password in ((certificate, "wrong"), (certificate, ""), (other, WORD)):
        with pytest.raises(UnusableError, match="no PKCS#12 file, or this is not its password"):
            read_certificate(path, password)
    with pytest.raises(UnusableError, match="no such file"):
        read_certificate(tmp_path / "none.p12", WORD)


def test_the_command(certificate: Path, plain: bytes, tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(plain)
    result = run("sign", file, "--certificate", certificate)
    assert (result.exit_code, result.stderr) == (0, "")
    signed = tmp_path / "report-signed.pdf"
    assert signed.read_bytes().startswith(plain)
    assert file.read_bytes() == plain
    wrong = run("sign", file, "--certificate", certificate, password="wr0ng")
    assert wrong.exit_code == 1
    assert "this is not its password" in wrong.stderr
    asked = run("sign", file, "--certificate", certificate, password=None)
    assert f"{PASSWORD} holds the password" in asked.stderr
    file.write_text("no PDF")
    broken = run("sign", file, "--certificate", certificate)
    assert broken.exit_code == 1
    assert "report.pdf: it cannot be signed" in broken.stderr
    for told in (result, wrong, asked, broken):
        assert WORD not in told.output
        assert "wr0ng" not in told.output


REPORT = """\
title: Wells
date: 2026-11-24
editions:
  - screen
  - {name: second, format: pdf, standard: ua-2}
  - web
"""


@pytest.fixture(scope="module")
def signed_report(certificate: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a report with signatures once; return its folder."""
    folder = tmp_path_factory.mktemp("signed") / "wells"
    (folder / "sections").mkdir(parents=True)
    (folder / "report.yaml").write_text(REPORT)
    (folder / "sections/01.md").write_text("# One\n\nDeep.^[A note.]\n")
    result = CliRunner(env={PASSWORD: WORD, "SOURCE_DATE_EPOCH": "1767312000"}).invoke(
        cli, ["build", str(folder), "--sign", str(certificate)]
    )
    assert result.exit_code == 0, result.output
    assert "passes signature" in result.output
    assert WORD not in result.output
    return folder


@pytest.mark.full
def test_signed_files_hold_their_standards(signed_report: Path) -> None:
    files = [signed_report / "output" / f"wells{end}.pdf" for end in ("", "-second")]
    for path, found in prove_files(files).items():
        passed = {item.standard for item in found if item.verdict is Verdict.PASSED}
        assert passed == {item.standard for item in found}, [str(item) for item in found]
        ua, archive = ("UA-2", "A-4") if "second" in path.name else ("UA-1", "A-3a")
        assert {f"PDF/{ua}", f"PDF/{archive}", "structure", "signature"} <= {
            name.removesuffix("f") if name.startswith("PDF/") else name for name in passed
        }


@pytest.mark.full
def test_signed_files_are_verified_by_their_first_part(
    signed_report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1777777777")  # the build's own counts
    output = signed_report / "output"
    rows = {row["name"]: row for row in json.loads((output / "manifest.json").read_text())["files"]}
    data = (output / "wells.pdf").read_bytes()
    first = rows["wells.pdf"]["unsigned"]
    assert first["sha256"] == sha256(data[: first["bytes"]]).hexdigest()
    assert "unsigned" not in rows["index.html"]
    result = run("verify", signed_report)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "wells.pdf: signature passed: signed by Ada Bauer on 20" in result.stdout
    (output / "wells.pdf").write_bytes(data[: first["bytes"]])
    result = run("verify", output, "--manifest", output / "manifest.json", "--format", "concise")
    (output / "wells.pdf").write_bytes(data)
    assert result.exit_code == 1
    assert "wells.pdf: error[file-differs]" in result.stderr


def test_what_is_for_the_press_is_not_signed(signer: Certificate) -> None:
    asked = pipeline._Asked((), None, "light", unproven=False, sign=signer.sign)
    for name, form in (("press", "pdf"), ("wrap", "wrap"), ("ebook", "epub"), ("web", "web")):
        built = Built(READY_MADE[name], f"wells.{form}", "", b"%PDF")
        assert asked.signed(built) == built


def test_a_file_signed_after_its_build_is_known(
    plain: bytes, signer: Certificate, tmp_path: Path
) -> None:
    edition = READY_MADE["screen"]
    built = Built(edition, "report.pdf", "application/pdf", plain, pages=1)
    manifest = make_manifest(
        facts_of(PROJECT, [edition], depth="light", unproven=False), PROJECT, [built]
    )
    (tmp_path / "manifest.json").write_bytes(manifest.data)
    file = tmp_path / "report-signed.pdf"
    signed = signer.sign(plain)
    ends = {
        signed: (0, "signature passed"),
        plain + b" ": (1, "has more in it than the file that was built"),
        signed + b" ": (1, "more was added to the file after that"),
        signed.replace(b"was shut", b"was open"): (1, "none of the files that the manifest lists"),
    }
    for data, (code, words) in ends.items():
        file.write_bytes(data)
        result = run("verify", file, "--manifest", tmp_path / "manifest.json")
        assert result.exit_code == code
        assert words in result.output
