"""Terms of a text: the examples both languages hold to, and what the stems are for."""

import json
from collections import Counter
from pathlib import Path

import pytest

from e4j.publish.search import Analyser, analyse, page_terms

EXAMPLES = Path(__file__).parents[1] / "search" / "examples.json"
LANGS = ("ar", "zh", "en", "fr", "ru", "es")

FORMS = {
    "en": [
        "bribe bribes bribed bribing bribery",
        "investigate investigating investigation investigators investigative",
        "traffic trafficker trafficking trafficked",
        "organise organized organisations organizing",
        "child children",
        "policy policies",
    ],
    "fr": [
        "enquête enquêtes enquêter enquêteurs enquêtrice enquêtait",
        "national nationale nationaux nationales",
        "voler volé volée voleurs",
        "blanchiment blanchir",
    ],
    "es": [
        "investigar investigación investigaciones investigadora investigue",
        "niño niña niños niñas",
        "juez jueces",
        "traficar tráfico traficantes",
    ],
    "ru": [
        "закон закона законов законом законный законность",
        "взятка взятки взяток взяткой",
        "расследование расследования расследовать расследует",
        "ребёнок ребенка дети детей",
        "организация организацией организовать организованной",
    ],
    "ar": [
        "جريمة الجريمة جرائم والجرائم جريمتها للجريمة",
        "فساد الفساد بالفساد للفساد وفساد",
        "معلم المعلمون المعلمين معلمات",
        "مدرسة المدرسة مدارس مدرستنا",
    ],
}


def test_examples_hold() -> None:
    examples = json.loads(EXAMPLES.read_text(encoding="utf-8"))
    analysers = {lang: Analyser(lang) for lang in LANGS}
    found = {(e["lang"], e["text"]): analysers[e["lang"]].analyse(e["text"]) for e in examples}
    assert found == {(e["lang"], e["text"]): dict(Counter(e["terms"].split())) for e in examples}


def test_there_are_examples_enough_in_each_language() -> None:
    counts = Counter(example["lang"] for example in json.loads(EXAMPLES.read_text(encoding="utf-8")))
    assert set(counts) == set(LANGS)
    assert sum(counts.values()) >= 200
    assert min(counts.values()) >= 20


@pytest.mark.parametrize(("lang", "forms"), [(lang, forms) for lang, rows in FORMS.items() for forms in rows])
def test_forms_of_a_word_meet_in_one_term(lang: str, forms: str) -> None:
    analyser = Analyser(lang)
    assert len({tuple(analyser.analyse(form)) for form in forms.split()}) == 1


@pytest.mark.parametrize(("lang", "texts"), [("en", "police policy"), ("fr", "tribunal tribune"), ("ru", "закон закупка")])
def test_different_words_stay_apart(lang: str, texts: str) -> None:
    assert len(analyse(texts, lang)) == 2


def test_analysing_is_the_same_whatever_was_analysed_before() -> None:
    fresh, used = Analyser("en"), Analyser("en")
    used.analyse("Judges judged. UN-backed judges’ views, twice: judges.")
    text = "The judges' UN-backed view"
    assert used.analyse(text) == fresh.analyse(text) == {"judg": 1, "un": 1, "bac": 1, "view": 1}


def test_chinese_pairs_do_not_cross_punctuation_or_words_of_other_scripts() -> None:
    assert analyse("人权。UN法", "zh") == {"人": 1, "权": 1, "法": 1, "人权": 1, "un": 1}


def test_an_unknown_language_is_indexed_by_script() -> None:
    assert analyse("Bribes взятки", "pt") == {"brib": 1, "взятк": 1}


def test_page_terms_weighs_title_over_heading_over_text() -> None:
    terms = page_terms(Analyser("en"), "Bribes", ["Judges", "Courts"], "coin " * 40 + "judge, bribe, stone stone")
    assert terms == {"coin": 7, "judg": 4, "brib": 7, "ston": 2, "court": 3}


def test_page_terms_never_weigh_more_than_fifteen() -> None:
    assert page_terms(Analyser("en"), "Coin", ["Coin"], "coin " * 500) == {"coin": 15}
