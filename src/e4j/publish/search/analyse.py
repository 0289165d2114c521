"""Bring a text to index terms: folded, cut, stemmed. The twin of `web/search/analyse.ts`; both pass `tests/search/examples.json`.

A text is cut into runs of letters first, and each run is then brought to terms on its own (NFKC, lower case, accents off,
folding, cut by script, stem). A run is analysed once and remembered, which is what makes a whole site affordable. Letters
are listed, not asked of the Unicode database: Python's and a browser's are of different years.

Stems are light: longest ending first, in few steps, as in J. Savoy, "A stemming procedure and stopword list for general
French corpora" (1999), and L. Larkey et al., "Light stemming for Arabic" (2007), each step made so that all forms of a word
meet the same rules. Chinese: overlapping bigrams, J.-Y. Nie & F. Ren (1999).
"""

import operator
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping

from e4j.publish.search.tables import Stemmer, Step, Tables, read_tables

LONGEST_TERM = 32
_HAS_DIGIT = re.compile("[0-9]")


class Analyser:
    """Bring texts of one language to terms, remembering every run of letters seen."""

    def __init__(self, lang: str) -> None:
        """Prepare for `lang`; words in other scripts are stemmed by the first language of their script."""
        tables = read_tables()
        self.lang = lang
        self._runs = re.compile(f"[{tables.raw}]+")
        self._cjk_runs = re.compile(f"[{tables.raw_cjk}]+")
        self._accented = re.compile(f"[{tables.accented}]+")
        *scripts, cjk = tables.words
        self._words = re.compile("|".join(f"[{letters}]+" for letters in scripts))
        self._not_cjk = re.compile(f"[^{cjk}\n]")
        self._stop, self._keep = tables.cjk_stop, tables.cjk_keep
        self._fold = _fold_table(tables)
        self._stemmers = [_pick_stemmer(tables, lang, script) for script in ("latin", "greek", "cyrillic", "arabic")]
        self._known: dict[str, str | tuple[str, ...]] = {}

    def analyse(self, text: str) -> dict[str, int]:
        """Count the terms of `text`: `{"bribe": 2}` for "Bribes and bribery"."""
        counts = self._count_cjk(text)
        known = self._known
        for run, times in Counter(self._runs.findall(text)).items():
            terms = known.get(run)
            if terms is None:
                terms = known[run] = self._learn(run)
            if type(terms) is str:
                counts[terms] = counts.get(terms, 0) + times
            else:
                for term in terms:
                    counts[term] = counts.get(term, 0) + times
        return counts

    def _learn(self, run: str) -> str | tuple[str, ...]:
        """Analyse a run. Nearly every run is one term, which stands alone: the loop over terms costs more than the rest."""
        terms = tuple(self._terms_of_run(run))
        return terms[0] if len(terms) == 1 else terms

    def _count_cjk(self, text: str) -> dict[str, int]:
        """Count single characters and overlapping pairs of every CJK run."""
        runs = self._cjk_runs.findall(text)
        if not runs:
            return {}
        # One string for all runs, with a mark no pair may cross, keeps the counting in C.
        joined = self._not_cjk.sub("\n", unicodedata.normalize("NFKC", "\n".join(runs)))
        pairs = Counter(map(operator.add, joined, joined[1:]))
        counts = dict(Counter(joined))
        counts.pop("\n", None)
        counts.pop(self._stop, None)
        stop, keep = self._stop, self._keep
        counts.update(
            {pair: times for pair, times in pairs.items() if "\n" not in pair and (stop not in pair or pair in keep)}
        )
        return counts

    def _terms_of_run(self, run: str) -> Iterator[str]:
        for word in self._words.findall(self._normalise(run)):
            term = stem(word, self._stemmers[_script(word)])
            if term:
                yield term[:LONGEST_TERM]

    def _normalise(self, run: str) -> str:
        if run.isascii():
            return run.lower()
        lower = unicodedata.normalize("NFKC", run).lower()
        plain = self._accented.sub(lambda match: unicodedata.normalize("NFD", match[0]), lower)
        return plain.translate(self._fold)


def analyse(text: str, lang: str) -> dict[str, int]:
    """Count the terms of one text. For many texts keep an `Analyser`: it remembers words."""
    return Analyser(lang).analyse(text)


def stem(word: str, stemmer: Stemmer | None) -> str:
    """Bring a folded word to its stem; empty for stop words and single letters."""
    if _HAS_DIGIT.search(word):
        return word
    if len(word) == 1 or (stemmer and word in stemmer.stop):
        return ""
    for step in stemmer.steps if stemmer else ():
        word = _apply(step, word)
    return word


def _apply(step: Step, word: str) -> str:
    if step.kind == "=":
        return step.rules.get(word, word)
    begins = step.kind == "^"
    if word[0 if begins else -1] not in step.edges:
        return word
    for size in range(min(step.longest, len(word) - step.least), 0, -1):
        part = word[:size] if begins else word[-size:]
        if part in step.rules:
            return step.rules[part] + word[size:] if begins else word[:-size] + step.rules[part]
    return word


def _script(word: str) -> int:
    """Say which of Latin 0, Greek 1, Cyrillic 2, Arabic 3 a word is written in, by its first letter."""
    first = ord(word[0])
    if first < 0x370 or 0x1E00 <= first < 0x1F00:
        return 0
    if first < 0x400:
        return 1
    return 2 if first < 0x600 else 3


def _pick_stemmer(tables: Tables, lang: str, script: str) -> Stemmer | None:
    langs = tables.stems.get(script, ())
    if not langs:
        return None
    return tables.stemmers[lang if lang in langs else langs[0]]


def _fold_table(tables: Tables) -> Mapping[int, str | None]:
    plane = "".join(map(chr, range(0x10000)))
    dropped: dict[int, str | None] = dict.fromkeys(map(ord, re.findall(f"[{tables.drop}]", plane)))
    return dropped | {ord(letter): plain for letter, plain in tables.fold.items()}
