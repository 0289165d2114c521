"""A generated corpus of the size the original programme has: 117 university modules of 8 pages and 48 lessons of 3, in six languages.

Words are drawn by Zipf's law from 20,000 made-up words a language, built from the letter pairs of our own texts, so that the
index meets as many different words as a real library would give it. Everything follows from the seed.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
VOCABULARY = 20_000
CATALOG = """\
id: corpus
title: Corpus
source_language: en
languages: [ar, zh, en, fr, ru, es]
licence: CC-BY-4.0
publisher: bench
url: http://localhost:8000/
"""


class Words:
    """Draws words of one language."""

    def __init__(self, language: str, seed: int = 1) -> None:
        """Make the vocabulary."""
        self.random = random.Random(f"{language}{seed}")
        self.joint = "" if language == "zh" else " "
        self.vocabulary = _vocabulary(language, self.random)
        self.weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(self.vocabulary))))

    def text(self, count: int) -> str:
        """Return a sentence or paragraph of `count` words."""
        return self.joint.join(self.random.choices(self.vocabulary, cum_weights=self.weights, k=count)) + ("。" if not self.joint else ".")


def _vocabulary(language: str, source: random.Random) -> list[str]:
    pairs: defaultdict[str, Counter[str]] = defaultdict(Counter)
    lengths: list[int] = []
    for text in _own_texts(language):
        for word in text.split():
            letters = "".join(c for c in word if c.isalpha()).lower()
            if not letters:
                continue
            lengths.append(len(letters))
            for one, other in zip(f"^{letters}", letters, strict=False):
                pairs[one][other] += 1
    tables = {letter: (list(nexts), list(accumulate(nexts.values()))) for letter, nexts in sorted(pairs.items())}
    words: dict[str, None] = {}
    while len(words) < VOCABULARY:
        length = source.choice((1, 2, 2, 2, 3, 4)) if language == "zh" else source.choice(lengths)
        word, last = "", "^"
        while len(word) < length and last in tables:
            last = source.choices(tables[last][0], cum_weights=tables[last][1])[0]
            word += last
        words[word] = None
    return list(words)


def _own_texts(language: str) -> Iterator[str]:
    if language == "en":
        for path in sorted((ROOT / "modules").rglob("*.md")):
            yield from path.read_text(encoding="utf-8").splitlines()
        return
    for path in sorted([*(ROOT / "translations" / language).rglob("*.po"), *(ROOT / "src" / "e4j" / "locales" / language).glob("*.po")]):
        with path.open("rb") as file:
            yield from (str(message.string) for message in read_po(file) if message.id)


def write_corpus(folder: Path, modules: int = 117, lessons: int = 48) -> int:
    """Write the corpus as a content root; return the number of pages a language."""
    words = {code: Words(code) for code in LANGUAGES}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "catalog.yml").write_text(CATALOG, encoding="utf-8")
    pages = 0
    for number in range(modules + lessons):
        university = number < modules
        _module(folder, words, number, "university" if university else "primary", 8 if university else 3)
        pages += 8 if university else 3
    return pages


def _module(folder: Path, words: dict[str, Words], number: int, level: str, pages: int) -> None:
    name = f"m{number:03}"
    home = folder / "modules" / level / name
    home.mkdir(parents=True, exist_ok=True)
    texts: list[tuple[str, str]] = []

    def say(context: str, count: int) -> str:
        text = words["en"].text(count)
        texts.append((context, text))
        return text

    lines = [f"id: {name}", f"title: {say('title', 4)}", f"level: {level}", f"summary: {say('summary', 25)}", "ages: [18, 99]", "minutes: 90",
             "themes: [corruption]", "licence: CC-BY-4.0", f"quiz: {name}-quiz"]
    (home / "module.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    for page in range(pages):
        (home / f"{page:02}-p{page}.md").write_text(_page(say, f"p{page}", name, last=page == pages - 1), encoding="utf-8")
    _translations(folder, words, f"modules/{name}", texts)
    texts.clear()
    _quiz(folder, say, name)
    _translations(folder, words, f"quizzes/{name}-quiz", texts)


def _page(say, name: str, module: str, *, last: bool) -> str:
    lines = ["---", f"id: {name}", f"title: {say(f'{name}/title', 4)}", f"description: {say(f'{name}/description', 15)}", "minutes: 10", "---", ""]
    for section in range(6):
        place = f"{name}/s{section}"
        lines += [f"## {say(place, 4)[:-1]} {{#s{section}}}", ""]
        texts = [say(place, 58) for _ in range(3)]
        lines += [part for text in texts for part in (text, "")]
        lines += [*(f"- {say(place, 14)}" for _ in range(3)), ""]
        if section == 2:
            rows = [[say(place, 4)[:-1] for _ in range(3)] for _ in range(4)]
            lines += ["| " + " | ".join(rows[0]) + " |", "|---|---|---|", *("| " + " | ".join(row) + " |" for row in rows[1:]), ""]
        if section == 3:
            lines += [":::{note} " + say(place, 3), say(place, 45), ":::", ""]
    if last:
        lines += [f":::{{quiz}} {module}-quiz", ":::", ""]
    return "\n".join(lines)


def _quiz(folder: Path, say, name: str) -> None:
    lines = ["schema: quiz/1", f"id: {name}-quiz", f"title: {say('title', 4)}", "items:"]
    for number in range(6):
        item = f"i{number}"
        lines += [f"  - id: {item}", "    type: single", f"    stem: {say(f'{item}/stem', 18)}", "    options:"]
        for option in ("a", "b", "c"):
            text, feedback = say(f"{item}/options/{option}/text", 5), say(f"{item}/options/{option}/feedback", 12)
            lines.append(f"      - {{id: {option}, text: {text}, correct: {str(option == 'a').lower()}, feedback: {feedback}}}")
        lines.append(f"    explain: {say(f'{item}/explain', 25)}")
    path = folder / "quizzes" / f"{name}-quiz.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _translations(folder: Path, words: dict[str, Words], domain: str, texts: list[tuple[str, str]]) -> None:
    for code in LANGUAGES:
        if code == "en":
            continue
        blocks = ['msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n']
        for context, text in dict.fromkeys(_heading(context, text) for context, text in texts):
            count = max(1, len(text.split()))
            blocks.append(f'msgctxt "{context}"\nmsgid "{text}"\nmsgstr "{words[code].text(count)}"\n')
        path = folder / "translations" / code / f"{domain}.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(blocks), encoding="utf-8")


def _heading(context: str, text: str) -> tuple[str, str]:
    """Headings and table cells are written without their full stop."""
    return (context, text[:-1]) if len(text.split()) == 4 and "/s" in context else (context, text)


def write_plain(folder: Path, pages: int) -> None:
    """Write the same amount of text as plain Markdown for static-i18n: one file a page and language, `name.<lang>.md`."""
    docs = folder / "docs"
    docs.mkdir(parents=True, exist_ok=True)
    for code in LANGUAGES:
        words = Words(code)
        for page in range(pages):
            body = _page(lambda _, count, words=words: words.text(count), f"p{page}", "m", last=False)
            body = body.partition("---\n\n")[2].replace(":::{note} ", "!!! note\n\n    ").replace(":::", "")
            target = docs / (f"index.{code}.md" if page == 0 else f"m{page // 8:03}/p{page % 8}.{code}.md")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(f"# {words.text(4)}\n\n{body}", encoding="utf-8")
    (folder / "mkdocs.yml").write_text(
        "site_name: peer\ntheme: {name: material, font: false}\nmarkdown_extensions: [attr_list, admonition, tables]\nplugins:\n  - search\n  - i18n:\n"
        "      docs_structure: suffix\n      languages:\n" + "".join(
            f"        - {{locale: {code}, name: {code}, build: true{', default: true' if code == 'en' else ''}}}\n" for code in LANGUAGES),
        encoding="utf-8",
    )
