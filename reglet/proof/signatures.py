"""The signatures of a PDF: its bytes in, who signed, what of it, and whether it still is so, out.

Nobody is asked whether a certificate is the person's that it names: compare its fingerprint with
one that you have from them.
"""

import hashlib
import io
import logging
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from reglet.proof.finding import Finding, Verdict

if TYPE_CHECKING:
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

STANDARD = "signature"
VALIDATOR = "pyHanko"
PACKAGE = "pyhanko"

_RANGE = b"/ByteRange"  # every signature has it, in the clear (ISO 32000-1, 12.8.1)
_MISSING = "it is not installed: pip install 'reglet[sign]'"


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature: `fits` if neither what it signs nor the signature was changed.

    `whole` if it signs all that is in the file; `fingerprint` is the certificate's SHA-256.
    """

    name: str
    fingerprint: str
    when: str
    fits: bool
    whole: bool

    def __str__(self) -> str:
        signed = f"signed by {self.name} on {self.when}, certificate {self.fingerprint}"
        if not self.fits:
            return f"{signed}: the file was changed after that"
        return signed if self.whole else f"{signed}: more was added to the file after that"


class UnreadableSignatureError(ValueError):
    """A signature that makes no sense."""


def is_signed(data: bytes) -> bool:
    """Tell whether a PDF may have signatures; without any library."""
    return _RANGE in data


def signatures(data: bytes) -> tuple[Signature, ...]:
    """Check all signatures of a PDF, the last one last.

    Raises ModuleNotFoundError where pyHanko is not installed, UnreadableSignatureError.
    """
    if not is_signed(data):
        return ()
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.general import UnacceptableSignerError
    from pyhanko.sign.validation.errors import SignatureValidationError

    logging.getLogger(PACKAGE).addHandler(logging.NullHandler())  # else it writes on stderr
    try:
        found = PdfFileReader(io.BytesIO(data)).embedded_signatures
        return tuple(map(_check, found))
    except (PdfError, SignatureValidationError, UnacceptableSignerError, ValueError) as error:
        raise UnreadableSignatureError(str(error)) from None
    except (TypeError, KeyError, IndexError, AttributeError, RecursionError):
        raise UnreadableSignatureError("it is damaged") from None


def prove_signatures(data: bytes) -> Finding:
    """Say of a signed PDF whether its signatures hold."""
    try:
        number = version(PACKAGE)
    except PackageNotFoundError:
        return Finding(STANDARD, VALIDATOR, "", Verdict.NOT_PROVEN, detail=(_MISSING,))
    try:
        found = signatures(data)
    except UnreadableSignatureError as error:
        return Finding(STANDARD, VALIDATOR, number, Verdict.FAILED, detail=(str(error),))
    holds = bool(found) and all(item.fits for item in found) and found[-1].whole
    verdict = Verdict.PASSED if holds else Verdict.FAILED
    return Finding(STANDARD, VALIDATOR, number, verdict, detail=tuple(map(str, found)))


def _check(embedded: "EmbeddedPdfSignature") -> Signature:
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    certificate = embedded.signer_cert
    own = ValidationContext(trust_roots=[certificate], allow_fetching=False)
    status = validate_pdf_signature(embedded, own)
    when = status.signer_reported_dt
    return Signature(
        name=str(
            certificate.subject.native.get("common_name") or certificate.subject.human_friendly
        ),
        fingerprint=hashlib.sha256(certificate.dump()).hexdigest(),
        when=f"{when:%Y-%m-%d}" if when else "no date",
        fits=bool(status.intact and status.valid),
        whole=status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
    )
