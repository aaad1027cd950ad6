"""A seed in, sentences out: words of several thousand kinds, as often as a language has them.

The commonest are English, so that lines break and words divide as they do in reports; the others
are made of stems and endings. A text with few kinds of words would flatter whoever remembers them.
"""

from itertools import accumulate
from random import Random

COMMON = """the of and to in a that it was for on be at by had not are but from have they which one
were all their there been if more when will would who so no said what up its about than into them
can only other time new some could these two may first then do any like my now over such our man
even most made after also did many off before must well back through years where much your way
down should because long each just state people those too here""".split()

STEMS = """act aid aim air arm ask attack bank base board body book bring call camp care case cause
charg child church city claim class clear clos commit consid contact control council count court
cover cross cut damag dat day deal death defend demand detain direct doubt driv east effect end
enter escort event evid examin fact fail fall fear field fight find fire forc form found friend gate
gather govern ground group guard hand hear help hold hospit hous human injur inquir inspect judg
keep kill know land law lead leav letter liv loss mark matter mean measur meet member minist mind
mov murder name nation night north notic number obey offer offic open order parent part past pay
peac plac plan point polic port power prison promis prov publish quest read reason receiv record
refug refus releas relief remain report request resid rest return right road rul search send
sentenc serv settl side sign soldier sound south speak stand stat stay stop street suffer supply
support surround talk tell test threat town trad travel treat trial trust turn visit voic wait walk
wall war warn watch water west win wit witness word work wound writ yard year""".split()

ENDINGS = """s ed ing er ers ment ation al ive ly able ence ity or ful less en es y""".split()

BEGINNINGS = ("", "", "re", "un", "dis", "over", "counter")
KINDS = 6000  # of words beside the common ones
COMMON_SHARE = 0.5
MARKS = (".", ".", ".", ".", ";", "?")


class Prose:
    """Sentences of one seed. The number of words is what is asked for, not one more."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        made = {f"{begin}{stem}{end}" for begin in BEGINNINGS for stem in STEMS for end in ENDINGS}
        sampled = chance.sample(sorted(made), KINDS)
        # what is said often is short
        self.rare = sorted(sampled, key=lambda word: len(word) * chance.uniform(0.7, 1.3))
        self.common_weights = _falling(len(COMMON), 2)
        self.rare_weights = _falling(KINDS, 40)

    def words(self, count: int) -> list[str]:
        """Return words alone."""
        common = self.chance.choices(COMMON, cum_weights=self.common_weights, k=count)
        rare = self.chance.choices(self.rare, cum_weights=self.rare_weights, k=count)
        pairs = zip(common, rare, strict=True)
        return [one if self.chance.random() < COMMON_SHARE else other for one, other in pairs]

    def phrase(self, count: int) -> str:
        """Return words with one capital, and no mark behind them."""
        return " ".join(self.words(count)).capitalize()

    def text(self, count: int) -> str:
        """Return sentences."""
        parts: list[str] = []
        while count > 0:
            length = min(count, self.chance.randint(7, 26))
            length = count if count - length < 4 else length
            words = self.words(length)
            words[0] = words[0].capitalize()
            if length > 14:
                words[length // 2] += ","
            parts.append(" ".join(words) + self.chance.choice(MARKS))
            count -= length
        return " ".join(parts)


def _falling(count: int, flat: int) -> list[float]:
    """Return running sums of how often words are said, by their rank (Zipf and Mandelbrot)."""
    return list(accumulate(1 / (flat + rank) for rank in range(count)))
