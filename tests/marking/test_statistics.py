"""The figures are those a person gets by hand, small groups stay hidden, and a bad translation is found."""

import json
import random
from itertools import count

import pytest

from e4j.mark.statistics import Flag, Row, read_rows, report

LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")


def _row(who, item, earned, **more):
    return Row(**{"who": str(who), "quiz": "q", "item": item, "iv": "1", "lang": "en", "earned": earned, "possible": 1000} | more)


def _group(rows, item="a", kind="all", name="", least=1):
    (quiz,) = report(rows, least)
    found = next(one for one in quiz.items if one.item == item)
    return next(one for one in found.groups if (one.kind, one.name) == (kind, name))


def _flags(rows, item="a", least=1):
    (quiz,) = report(rows, least)
    return set(next(one for one in quiz.items if one.item == item).flags)


def _table(own, rest):
    """Make four learners: what each earned of item a, and of item b of ten points."""
    for who, (a, b) in enumerate(zip(own, rest, strict=True)):
        yield _row(who, "a", a)
        yield _row(who, "b", b, possible=10_000)


def test_figures_are_those_a_person_gets_by_hand():
    # x = 1 1 0 0, rest = .8 .4 .6 .2: means .5 and .5; cov = (.15 - .05 - .05 + .15) / 3 = .2/3; var x = 1/3; var rest = .2/3;
    # cov_max pairs 0 0 1 1 with .2 .4 .6 .8: (.15 + .05 + .05 + .15) / 3 = .4/3.
    group = _group(_table([1000, 1000, 0, 0], [8000, 4000, 6000, 2000]))
    assert (group.n, group.facility) == (4, 0.5)
    assert group.discrimination == pytest.approx(100 * (0.2 / 3) / (1 / 3 * 0.2 / 3) ** 0.5, abs=0.001)
    assert group.discrimination == 44.721
    assert group.efficiency == 50


def test_an_item_that_sorts_as_the_rest_does_is_wholly_efficient_and_its_contrary_not_at_all():
    assert _group(_table([0, 0, 1000, 1000], [1000, 2000, 3000, 4000])).efficiency == 100
    contrary = _group(_table([1000, 1000, 0, 0], [1000, 2000, 3000, 4000]))
    assert (contrary.efficiency, contrary.discrimination) == (-100, -89.443)


def test_marks_that_do_not_vary_tell_nobody_apart():
    group = _group(_table([1000] * 4, [1000, 2000, 3000, 4000]))
    assert (group.facility, group.discrimination, group.efficiency) == (1, None, None)
    alone = _group([_row(who, "a", 1000 * (who % 2)) for who in range(4)])
    assert (alone.facility, alone.discrimination) == (0.5, None)


def test_partly_right_answers_count_in_part():
    assert _group(_table([333, 666, 1000, 0], [1, 2, 3, 4])).facility == 0.5


def test_only_the_first_answer_of_a_learner_counts():
    assert _group([_row(1, "a", 0), _row(1, "a", 1000), _row(2, "a", 1000)]).n == 2


def test_options_are_counted_with_the_rest_of_those_who_took_them():
    options = {"right": True, "wrong": False, "never": False}
    rows = []
    for who, (chosen, rest) in enumerate([("right", 8000), ("right", 6000), ("wrong", 2000), ("wrong", 4000)] * 5):
        rows += [_row(who, "a", 1000 * (chosen == "right"), response=chosen, options=options), _row(who, "b", rest, possible=10_000)]
    shown = [(one.name, one.n, one.share, one.right, one.mean_rest) for one in _group(rows).choices]
    assert shown == [("right", 10, 0.5, True, 0.7), ("wrong", 10, 0.5, False, 0.3), ("never", 0, 0, False, None)]
    assert _flags(rows) == {Flag(code="idle", name="never")}


def test_parts_are_counted_where_they_are_right():
    rows = [_row(who, "a", 500, response={"p": "p", "q": "p"}, parts={"p": 1000, "q": 0}) for who in range(3)]
    assert [(one.name, one.n, one.right) for one in _group(rows).choices] == [("p", 3, True), ("q", 0, True)]


def test_opinions_are_counted_and_not_judged():
    rows = [_row(who, "a", 0, possible=0, response="1" if who else "2", options={"1": False, "2": False}) for who in range(4)]
    group = _group(rows)
    assert group.facility is None
    assert [(one.name, one.n, one.right) for one in group.choices] == [("1", 3, None), ("2", 1, None)]
    assert _flags(rows) == set()


def test_typed_text_is_never_repeated():
    rows = [_row(who, "a", 0, response="my name is Amina") for who in range(40)]
    assert "Amina" not in repr(report(rows))


@pytest.mark.parametrize(
    ("earned", "flags"),
    [([1000] * 19 + [0] * 81, {"too-hard"}), ([1000] * 96 + [0] * 4, {"too-easy"}), ([1000] * 20 + [0] * 80, set()), ([1000] * 95 + [0] * 5, set())],
)
def test_too_hard_and_too_easy_items_are_flagged(earned, flags):
    assert {flag.code for flag in _flags([_row(who, "a", one) for who, one in enumerate(earned)])} == flags


def test_an_item_that_tells_nobody_apart_is_flagged():
    assert {flag.code for flag in _flags(_table([1000, 1000, 0, 0], [1000, 2000, 3000, 4000]))} == {"efficiency"}


def test_a_wrong_option_that_the_better_half_prefers_is_flagged():
    rows = []
    for who in range(40):
        better = who >= 20
        chosen = "wrong" if better and who % 4 else "right"
        rows += [_row(who, "a", 1000 * (chosen == "right"), response=chosen, options={"right": True, "wrong": False})]
        rows += [_row(who, "b", 100 * who, possible=10_000)]
    assert Flag(code="misleading", name="wrong") in _flags(rows)


def _people(*sizes, **fixed):
    names = count()
    return [_row(next(names), "a", 1000, lang=lang, edition=edition) for lang, edition, n in sizes for _ in range(n)]


def _shown(rows):
    (quiz,) = report(rows)
    return {(one.kind, one.name): one.n for one in quiz.items[0].groups}


def test_fewer_than_thirty_are_not_shown():
    assert _shown(_people(("en", "", 29))) == {("all", ""): None, ("lang", "en"): None}
    assert _shown(_people(("en", "", 30))) == {("all", ""): 30, ("lang", "en"): 30}


def test_a_group_that_would_show_a_few_others_by_subtraction_is_withheld_too():
    assert _shown(_people(("en", "", 40), ("fr", "", 35), ("ar", "", 5))) == {("all", ""): 80, ("lang", "en"): 40, ("lang", "fr"): None, ("lang", "ar"): None}
    assert _shown(_people(("en", "", 40), ("ar", "", 5))) == {("all", ""): 45, ("lang", "en"): None, ("lang", "ar"): None}
    assert _shown(_people(("en", "", 40), ("ar", "", 15), ("fr", "", 15)))[("lang", "en")] == 40


def test_editions_are_shown_only_where_no_difference_of_groups_is_small():
    shown = _shown(_people(("en", "", 10), ("en", "mine", 40), ("fr", "", 50)))
    assert shown == {("all", ""): 100, ("lang", "en"): 50, ("lang", "fr"): 50, ("edition", ""): None, ("edition", "mine"): None}
    shown = _shown(_people(("en", "", 30), ("en", "mine", 40), ("fr", "", 50)))
    assert shown == {("all", ""): 120, ("lang", "en"): 70, ("lang", "fr"): 50, ("edition", ""): 80, ("edition", "mine"): 40}


def _classes(seed, planted=None, learners=200, items=8):
    """Simulate learners of six languages with one ability each; in the planted language one item is 35 points harder."""
    chance = random.Random(seed)
    for language in LANGUAGES:
        for number in range(learners):
            ability = chance.gauss(0, 0.15)
            for item in range(items):
                p = 0.5 + 0.05 * item + ability - (0.35 if (language, item) == planted else 0)
                yield _row(f"{language}{number}", f"i{item}", 1000 * (chance.random() < p), lang=language)


@pytest.mark.parametrize("seed", range(6))
def test_a_bad_translation_is_found_and_nothing_else(seed):
    (quiz,) = report(_classes(seed, planted=(LANGUAGES[seed], 2 + seed % 4)))
    found = {(one.item, flag.name) for one in quiz.items for flag in one.flags if flag.code == "hard-in-language"}
    assert found == {(f"i{2 + seed % 4}", LANGUAGES[seed])}


@pytest.mark.parametrize("seed", range(10, 18))
def test_nothing_is_found_where_nothing_is_planted(seed):
    (quiz,) = report(_classes(seed))
    assert [flag for one in quiz.items for flag in one.flags if flag.code == "hard-in-language"] == []


def test_a_language_with_a_few_learners_is_not_judged():
    rows = [_row(f"{language}{n}", "a", 0 if language == "ar" else 1000 * (n % 4 > 0), lang=language) for language, size in (("en", 200), ("ar", 29)) for n in range(size)]
    assert "hard-in-language" not in {flag.code for flag in _flags(rows, least=30)}


def test_rows_are_read_from_lines():
    line = json.dumps({"who": 7, "quiz": "q", "item": "a", "iv": "1", "lang": "en", "edition": "", "earned": 0, "possible": 1000, "response": "x", "options": {"x": False}})
    (row,) = read_rows([line, "\n"])
    assert (row.who, row.response, row.options) == ("7", "x", {"x": False})


@pytest.mark.parametrize("line", ["{", "[]", "{}", '{"who": 1}', '{"who": 1, "name": "Amina"}'])
def test_a_line_that_is_no_row_is_named(line):
    with pytest.raises(ValueError, match="line 1 is not an answer"):
        read_rows([line])
