"""An author's signature: a finished PDF and a certificate in, the same PDF with a signature out.

The signature is a PAdES baseline one (ETSI EN 319 142-1, level B-B), added behind the last byte of
the file, which stays as it is. pyHanko makes it.
"""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.signers import Signer

NAME = "Signature"
SPOKEN = "Signature of the author"


class UnusableError(ValueError):
    """A certificate or a file that cannot be used; its words say why."""


@dataclass(frozen=True, slots=True, repr=False)
class Certificate:
    """A certificate with its key, ready to sign; neither is ever shown."""

    signer: "Signer"

    def sign(self, data: bytes) -> bytes:
        """Return a PDF with a signature of all its bytes. Raises UnusableError for what is none."""
        from pyhanko.pdf_utils.misc import PdfError
        from pyhanko.sign.fields import InvisSigSettings, SigFieldSpec, SigSeedSubFilter
        from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

        # Out of the page's bounds: PDF/UA-1 7.18.1 wants what lies on the page hidden or tagged,
        # and PDF/A-3 6.3.2 wants nothing hidden.
        unseen = InvisSigSettings(box_out_of_bounds=True)
        try:
            name = _free_name(data)
            writer = _writer(data)
            spec = SigFieldSpec(name, invis_sig_settings=unseen, readable_field_name=SPOKEN)
            kind = PdfSignatureMetadata(
                field_name=name, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES
            )
            signed = PdfSigner(kind, self.signer, new_field_spec=spec).sign_pdf(writer)
        except (PdfError, ValueError) as error:
            raise UnusableError(f"it cannot be signed: {error}") from None
        return bytes(signed.getvalue())


def read_certificate(path: Path, password: str) -> Certificate:
    """Read a certificate and its key from a PKCS#12 file (RFC 7292). Raises UnusableError."""
    try:
        from pyhanko.sign.signers import SimpleSigner
    except ModuleNotFoundError:
        raise UnusableError("pyHanko is not installed: pip install 'reglet[sign]'") from None
    from cryptography.hazmat.primitives.serialization import pkcs12

    try:
        data = path.read_bytes()
        key, found, _ = pkcs12.load_key_and_certificates(data, password.encode() or None)
    except OSError as error:
        raise UnusableError((error.strerror or "it cannot be read").lower()) from None
    except (ValueError, TypeError):
        raise UnusableError("it is no PKCS#12 file, or this is not its password") from None
    if key is None or found is None:
        raise UnusableError("it holds no certificate with its key")
    return Certificate(
        SimpleSigner.load_pkcs12_data(data, [], passphrase=password.encode() or None)
    )


def _free_name(data: bytes) -> str:
    """Name the field; a file may be signed by several, one after the other."""
    from reglet.proof.signatures import signatures

    count = len(signatures(data))
    return f"{NAME}{count + 1}" if count else NAME


def _writer(data: bytes) -> "IncrementalPdfFileWriter":
    """Write behind a file, whose metadata stay as they are: they tell of the report."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    class Writer(IncrementalPdfFileWriter):
        def _update_meta(self) -> None:
            """Leave XMP alone, which pyHanko 0.38 writes anew in a form that PDF/A-3 refuses."""

    return Writer(io.BytesIO(data))
