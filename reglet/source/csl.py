"""The vocabulary of sources.yaml: CSL 1.0.2's types and variables and a few of our own.

One literal row a variable: its kind and the words that editors show.
"""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Variable:
    """A field of a source: the kind of its value, and what it is."""

    kind: Literal["text", "number", "names", "date", "address", "doi", "words"]
    about: str


TYPES: tuple[str, ...] = (
    "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book",
    "broadcast", "chapter", "classic", "collection", "dataset", "document", "entry",
    "entry-dictionary", "entry-encyclopedia", "event", "figure", "graphic", "hearing",
    "interview", "legal_case", "legislation", "manuscript", "map", "motion_picture",
    "musical_score", "pamphlet", "paper-conference", "patent", "performance", "periodical",
    "personal_communication", "post", "post-weblog", "regulation", "report", "review",
    "review-book", "software", "song", "speech", "standard", "thesis", "treaty", "webpage",
)  # fmt: skip

TYPES_MEANT: dict[str, str] = {
    "blog": "post-weblog", "blog-post": "post-weblog", "conference": "paper-conference",
    "film": "motion_picture", "movie": "motion_picture", "video": "motion_picture",
    "inbook": "chapter", "incollection": "chapter", "inproceedings": "paper-conference",
    "journal": "article-journal", "journal-article": "article-journal",
    "letter": "personal_communication", "email": "personal_communication",
    "magazine": "article-magazine", "magazine-article": "article-magazine",
    "mastersthesis": "thesis", "phdthesis": "thesis", "dissertation": "thesis",
    "misc": "document", "news": "article-newspaper", "newspaper": "article-newspaper",
    "newspaper-article": "article-newspaper", "online": "webpage", "website": "webpage",
    "web": "webpage", "podcast": "broadcast", "press-release": "document", "techreport": "report",
    "law": "legislation", "statute": "legislation", "case": "legal_case",
}  # fmt: skip
"""What BibTeX and everyday speech call the types."""

FIELDS_MEANT: dict[str, str] = {
    "address": "publisher-place", "archive-date": "archived-date", "archive-url": "archived",
    "archivedate": "archived-date", "archiveurl": "archived", "authors": "author",
    "booktitle": "container-title",
    "city": "publisher-place", "date": "issued", "editors": "editor",
    "institution": "publisher", "journal": "container-title", "journaltitle": "container-title",
    "keywords": "keyword", "link": "URL", "location": "publisher-place",
    "newspaper": "container-title", "organization": "publisher", "pages": "page",
    "place": "publisher-place", "published": "issued", "school": "publisher",
    "series": "collection-title", "shorttitle": "title-short", "urldate": "accessed",
    "website": "container-title", "year": "issued",
}  # fmt: skip
"""What BibTeX and everyday speech call the variables."""

VARIABLES: dict[str, Variable] = {
    # names
    "author": Variable("names", "Who wrote it: a name, `Family, Given`, or a list of them."),
    "chair": Variable("names", "Who led the session or the meeting."),
    "collection-editor": Variable("names", "Who edits the series."),
    "compiler": Variable("names", "Who put the collection together."),
    "composer": Variable("names", "Who composed the music."),
    "container-author": Variable("names", "Who wrote the book that the chapter is in."),
    "contributor": Variable("names", "Anyone else who had a part in it."),
    "curator": Variable("names", "Who curated the exhibition or the holding."),
    "director": Variable("names", "Who directed the film or the broadcast."),
    "editor": Variable("names", "Who edited it."),
    "editor-translator": Variable("names", "Who both edited and translated it."),
    "editorial-director": Variable("names", "Who has the direction of the edition."),
    "executive-producer": Variable("names", "The executive producer of a film or broadcast."),
    "guest": Variable("names", "Who was a guest in the broadcast."),
    "host": Variable("names", "Who hosted the broadcast."),
    "illustrator": Variable("names", "Who drew the pictures."),
    "interviewer": Variable("names", "Who asked the questions."),
    "narrator": Variable("names", "Who reads or tells it."),
    "organizer": Variable("names", "Who held the event."),
    "original-author": Variable("names", "Who wrote what this is made from."),
    "performer": Variable("names", "Who played, sang or acted."),
    "producer": Variable("names", "Who produced the film or the broadcast."),
    "recipient": Variable("names", "To whom the letter went."),
    "reviewed-author": Variable("names", "Who wrote what is reviewed."),
    "script-writer": Variable("names", "Who wrote the script."),
    "series-creator": Variable("names", "Who created the series."),
    "translator": Variable("names", "Who translated it."),
    # dates
    "accessed": Variable("date", "When the address was last looked at."),
    "available-date": Variable("date", "When it could first be had."),
    "event-date": Variable("date", "When the event took place."),
    "issued": Variable("date", "When it was published: YYYY, YYYY-MM or YYYY-MM-DD."),
    "original-date": Variable("date", "When the original was published."),
    "submitted": Variable("date", "When it was handed in."),
    # titles
    "title": Variable("text", "Its title."),
    "title-short": Variable("text", "Its title in short, for a source that is cited again."),
    "collection-title": Variable("text", "The series it belongs to."),
    "container-title": Variable("text", "The newspaper, journal, book or site it stands in."),
    "container-title-short": Variable("text", "The short title of what it stands in."),
    "original-title": Variable("text", "The title of the original."),
    "part-title": Variable("text", "The title of the part."),
    "reviewed-genre": Variable("text", "What kind of work is reviewed."),
    "reviewed-title": Variable("text", "The title of what is reviewed."),
    "translated-title": Variable("text", "Its title, translated."),
    "translated-title-short": Variable("text", "Its short title, translated."),
    "volume-title": Variable("text", "The title of the volume."),
    "volume-title-short": Variable("text", "The short title of the volume."),
    "journalAbbreviation": Variable("text", "The journal's title, abbreviated."),
    "shortTitle": Variable("text", "The same as title-short."),
    # numbers
    "chapter-number": Variable("number", "The number of the chapter."),
    "citation-number": Variable("number", "Set by the citation style; leave it out."),
    "collection-number": Variable("number", "Its number in the series."),
    "edition": Variable("number", "Which edition it is: a number, or words."),
    "first-reference-note-number": Variable("number", "Set by reglet; leave it out."),
    "issue": Variable("number", "The issue of the journal."),
    "locator": Variable("number", "Where in it; better written in the citation."),
    "number": Variable("number", "Its number: of a report, a patent, a resolution."),
    "number-of-pages": Variable("number", "How many pages it has."),
    "number-of-volumes": Variable("number", "How many volumes it has."),
    "page": Variable("number", "The pages of what it stands in: 105-108."),
    "page-first": Variable("number", "The first of these pages."),
    "part": Variable("number", "The number of the part."),
    "part-number": Variable("number", "The number of the part."),
    "printing": Variable("number", "Which printing it is."),
    "printing-number": Variable("number", "Which printing it is."),
    "section": Variable("number", "The section of the law or of the newspaper."),
    "supplement": Variable("number", "The number of the supplement."),
    "supplement-number": Variable("number", "The number of the supplement."),
    "version": Variable("number", "The version of software or data."),
    "volume": Variable("number", "The volume."),
    # who, where
    "archive": Variable("text", "The archive that holds it."),
    "archive_collection": Variable("text", "The collection of the archive."),
    "archive_location": Variable("text", "Its place in the archive: box, folder."),
    "archive-place": Variable("text", "Where the archive is."),
    "authority": Variable("text", "The court or body it comes from."),
    "call-number": Variable("text", "Its shelf mark."),
    "division": Variable("text", "The division of the body it comes from."),
    "event": Variable("text", "The event: the same as event-title."),
    "event-place": Variable("text", "Where the event took place."),
    "event-title": Variable("text", "The event: a conference, a hearing."),
    "jurisdiction": Variable("text", "Where the law or the judgment is in force."),
    "original-publisher": Variable("text", "Who published the original."),
    "original-publisher-place": Variable("text", "Where the original was published."),
    "publisher": Variable("text", "Who published it."),
    "publisher-place": Variable("text", "Where it was published."),
    "source": Variable("text", "The catalogue or database it was found in."),
    # what it is
    "abstract": Variable("text", "What it says, in short."),
    "annote": Variable("text", "A note on it, for the author alone."),
    "categories": Variable("words", "Fields of study, as a list."),
    "citation-key": Variable("text", "Its key in a reference manager."),
    "citation-label": Variable("text", "Set by the citation style; leave it out."),
    "dimensions": Variable("text", "How large or how long it is."),
    "genre": Variable("text", "What kind it is: press release, PhD thesis, letter."),
    "keyword": Variable("text", "Words by which it is found."),
    "language": Variable("text", "The language it is written in, as a tag: en, fa."),
    "license": Variable("text", "The terms on which it may be used."),
    "medium": Variable("text", "What it is made of or stored on: CD, microfilm."),
    "note": Variable("text", "Anything else that the reader should know."),
    "references": Variable("text", "Other works on the same law or judgment."),
    "scale": Variable("text", "The scale of the map."),
    "status": Variable("text", "Whether it is forthcoming, in print, withdrawn."),
    "year-suffix": Variable("text", "Set by the citation style; leave it out."),
    # addresses and standard numbers
    "DOI": Variable("doi", "Its DOI, as 10.1000/182."),
    "ISBN": Variable("text", "Its ISBN."),
    "ISSN": Variable("text", "The ISSN of what it stands in."),
    "PMCID": Variable("text", "Its number in PubMed Central."),
    "PMID": Variable("number", "Its number in PubMed."),
    "URL": Variable("address", "Its web address."),
    # what CSL lacks
    "archived": Variable("address", "The web address of an archived copy."),
    "archived-date": Variable("date", "When that copy was made."),
}
