"""Reports that reach for files which are not theirs."""

from attack import Attack, Link, Pipe, section

PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>'


def listed(name: str, path: str, *said: str) -> Attack:
    """Attack by a path in `sections:`."""
    text = f"title: T\nsections:\n  - {path}\n"
    return Attack(name, {"report.yaml": text}, tuple(f"report.yaml:3:5 {code}" for code in said))


def styled(name: str, path: str, code: str) -> Attack:
    """Attack by the path of a citation style."""
    files = {"report.yaml": f"title: T\nnotes:\n  style: {path}\n"}
    return Attack(name, files, (f"report.yaml:3:10 {code}",))


def pictured(name: str, path: str, code: str) -> Attack:
    """Attack by the path of a picture."""
    return section(name, f"![A map]({path})", f"3:1 {code}")


ATTACKS = (
    listed("a section above the folder", "../outside/secret.md", "outside-folder"),
    listed("a section above the folder, by a way round", "sections/../../outside/secret.md",
           "outside-folder"),
    listed("a section by an absolute path", "{outside}/secret.md", "outside-folder"),
    listed("a section at a file: address", '"file://{outside}/secret.md"', "missing-file"),
    listed("a section at a FILE:/// address", '"FILE:///etc/passwd.md"', "missing-file"),
    listed("a section on a share", '"\\\\\\\\server\\\\share\\\\secret.md"', "outside-folder"),
    listed("a section on a share, with slashes", "//server/share/secret.md", "outside-folder"),
    listed("a section on a drive", "C:/secret.md", "outside-folder"),
    listed("a section relative to a drive", "C:secret.md", "outside-folder"),
    listed("a section of the home folder", "~/secret.md", "outside-folder"),
    listed("a section of root's home folder", "~root/secret.md", "outside-folder"),
    listed("dots in percent signs", '"%2e%2e/outside/secret.md"', "missing-file"),
    listed("a path with a NUL", '"../outside/secret.md\\0.md"', "control-character",
           "outside-folder"),
    listed("backslashes that lead up", '"..\\\\outside\\\\secret.md"', "outside-folder"),
    listed("a path of 10,000 letters", f"{'a' * 10_000}.md", "unreadable-file"),
    listed("a path of 5,000 folders", f"{'a/' * 5_000}a.md", "unreadable-file"),
    listed("a device as a section", "/dev/zero.md", "outside-folder"),
    Attack("a section that is a link to a secret",
           {"sections/02.md": Link("{outside}/secret.md")}, ("sections/02.md outside-folder",)),
    Attack("a section that is a link up", {"sections/02.md": Link("../../outside/secret.md")},
           ("sections/02.md outside-folder",)),
    Attack("a section that is a link to itself", {"sections/02.md": Link("02.md")},
           ("sections/02.md unreadable-file",)),
    Attack("a section that is a device", {"sections/02.md": Link("/dev/zero")},
           ("sections/02.md outside-folder",)),
    Attack("a section that is a pipe", {"sections/02.md": Pipe()},
           ("sections/02.md unreadable-file",)),
    Attack("a section that is a folder", {"sections/02.md/x": ""}, ()),
    Attack("sections that are a link to elsewhere", {"sections/01.md": "", "more": Link("..")}, ()),
    Attack("figures that are a link to elsewhere",
           {"figures": Link("{outside}"), "sections/01.md": "# One\n\n![A](figures/secret.png)\n"},
           ("figures outside-folder", "sections/01.md:3:1 bad-image")),
    Attack("data that are a link to elsewhere", {"data": Link("{outside}")},
           ("data outside-folder",)),
    Attack("a data file that is a link", {"data/a.yaml": Link("{outside}/secret.yaml")},
           ("data/a.yaml outside-folder",)),
    Attack("a data file that is a pipe", {"data/a.yaml": Pipe()}, ("data/a.yaml unreadable-file",)),
    Attack("sources that are a link", {"sources.yaml": Link("{outside}/secret.yaml")},
           ("sources.yaml outside-folder",)),
    Attack("BibTeX that is a pipe", {"sources.bib": Pipe()}, ("sources.bib unreadable-file",)),
    Attack("a folder that holds itself",
           {"figures/loop": Link(".."), "figures/a/loop": Link("../.."),
            "data/loop": Link("../data")}, ()),
    Attack("a profile that is a link", {"profiles/a.icc": Link("{outside}/secret.png")},
           ("profiles/a.icc outside-folder",)),
    Attack("templates that are a link", {"templates": Link("{outside}")},
           ("templates outside-folder",)),
    Attack("a template that is a link",
           {"templates/inquiry/book.html": Link("{outside}/secret.html")},
           ("templates/inquiry/book.html outside-folder",)),
    Attack("a style sheet that is a pipe", {"templates/inquiry/pdf/style.css": Pipe()},
           ("templates/inquiry/pdf/style.css unreadable-file",)),
    styled("a citation style above the folder", "../outside/secret.csl", "outside-folder"),
    styled("a citation style by an absolute path", "{outside}/secret.csl", "outside-folder"),
    styled("a citation style's name with slashes", "../../outside/secret", "unknown-style"),
    styled("a citation style at an address", "https://example.org/a.csl", "missing-file"),
    Attack("a citation style that is a link",
           {"report.yaml": "title: T\nnotes: {style: a.csl}\n",
            "a.csl": Link("{outside}/secret.csl")}, ("report.yaml:2:16 outside-folder",)),
    pictured("a picture above the folder", "../outside/secret.png", "bad-image"),
    pictured("a picture above the folder, encoded", "%2e%2e%2foutside%2fsecret.png", "bad-image"),
    pictured("a picture by an absolute path", "/etc/secret.png", "bad-image"),
    pictured("a picture at a file: address", "file:///etc/secret.png", "bad-link"),
    pictured("a picture at a FILE:/// address", "FILE:///etc/secret.png", "bad-link"),
    pictured("a picture at file: with a tab", "&Tab;file:///etc/secret.png", "bad-link"),
    pictured("a picture with a NUL in its name", "figures/a.png%00.svg", "bad-image"),
    pictured("a picture on a share", "\\\\\\\\server\\\\secret.png", "missing-image"),
    pictured("a picture on the network", "https://example.org/a.png", "remote-image"),
    pictured("a picture without a scheme", "//example.org/a.png", "remote-image"),
    pictured("a picture that is data", "data:image/svg+xml,<svg/>", "bad-link"),
    Attack("a picture in other letter case",
           {"sections/01.md": "# One\n\n![A](FIGURES/A.SVG)\n", "figures/a.svg": PICTURE},
           ("sections/01.md:3:1 missing-image",)),
    Attack("a section whose name is no text", {"sections/02-\udcff.md": "# Two\n"},
           ("sections/02-\\udcff.md unreadable-file",)),
    Attack("a picture in a folder whose name is no text", {"figures/\udcff/a.svg": PICTURE},
           ("figures/\\udcff/a.svg unreadable-file",)),
    Attack("data whose name is no text", {"data/\udcff.yaml": "- {a: 1}\n"},
           ("data/\\udcff.yaml unreadable-file",)),
    Attack("a template whose name is no text", {"templates/inquiry/\udcff.html": "x"},
           ("templates/inquiry/\\udcff.html unreadable-file",)),
    Attack("a profile and a picture whose names are no text, built",
           {"profiles/\udcff.txt": "x", "figures/\udcff.txt": "x"}, (), ("ebook",)),
    Attack("a picture that is a link",
           {"figures/a.png": Link("{outside}/secret.png"),
            "sections/01.md": "# One\n\n![A](figures/a.png)\n"},
           ("sections/01.md:3:1 bad-image",)),
    Attack("a picture that is a pipe",
           {"figures/a.png": Pipe(), "sections/01.md": "# One\n\n![A](figures/a.png)\n"},
           ("sections/01.md:3:1 bad-image",)),
    Attack("a picture that is a device",
           {"figures/a.png": Link("/dev/random"), "sections/01.md": "# One\n\n![A](figures/a.png)\n"},
           ("sections/01.md:3:1 bad-image",)),
)  # fmt: skip
