"""What may stand behind `--allow-net`, and which addresses lead there."""

import pytest
from click.testing import CliRunner

from reglet.cli import cli
from reglet.source.origins import Origin, origin_of, typed_origin


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("example.org", Origin("https", "example.org", 443)),
        ("Example.ORG", Origin("https", "example.org", 443)),
        ("https://example.org/", Origin("https", "example.org", 443)),
        ("example.org:8443", Origin("https", "example.org", 8443)),
        ("http://example.org", Origin("http", "example.org", 80)),
        ("http://127.0.0.1:8000", Origin("http", "127.0.0.1", 8000)),
        ("[::1]:8443", Origin("https", "::1", 8443)),
        ("bücher.example", Origin("https", "xn--bcher-kva.example", 443)),
    ],
)
def test_hosts_that_can_be_typed(text: str, origin: Origin) -> None:
    assert typed_origin(text) == origin
    assert typed_origin(str(origin)) == origin


@pytest.mark.parametrize(
    "text",
    [
        *("", "*", "*.example.org", "example.org/pictures", "https://example.org/a", "a b"),
        *("ftp://example.org", "user@example.org", "https://u:p@example.org", "example.org:x"),
        *("example.org:70000", "https://", "//example.org", "exa\\mple.org", "example.org?a"),
        *("[::1", "file:///etc/passwd", "example.org#a", "ex ample.org", "example.org\n"),
    ],
)
def test_what_is_no_host(text: str) -> None:
    result = CliRunner().invoke(cli, ["check", "--allow-net", text])
    assert result.exit_code == 2
    assert "is no host" in result.stderr
    assert "--allow-net" in CliRunner().invoke(cli, ["check", "--help"]).stdout


@pytest.mark.parametrize(
    "address",
    [
        *("https://example.org.evil.test/a.png", "https://evil.test/example.org"),
        *("https://example.org@evil.test/a.png", "https://user@example.org/a.png"),
        *("https://evil.test\\@example.org/a.png", "http://example.org/a.png"),
        *("https://example.org:444/a.png", "https://sub.example.org/a.png"),
        *("https://example.org./a.png", "https://example.org%2eevil.test/a.png"),
        *("https://evil.test#@example.org/", "https:/example.org/a.png", "https:example.org/a.png"),
    ],
)
def test_no_other_address_is_the_same_host(address: str) -> None:
    assert origin_of(address) != typed_origin("example.org")


def test_addresses_of_a_host() -> None:
    for address in (
        "https://example.org",
        "HTTPS://EXAMPLE.org:443/a?b#c",
        "https://example.org?a",
    ):
        assert origin_of(address) == typed_origin("example.org")
