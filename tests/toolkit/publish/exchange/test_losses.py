"""docs/quizzes.md says of every format exactly what the code loses, for each of the thirteen kinds."""

import re
from importlib.util import find_spec

import pytest
from toolkit.conftest import REPOSITORY
from toolkit.quizzes import EVERYTHING, sent

from e4j.model.exchange import FORMATS
from e4j.publish.exchange import EXPORTERS

GUIDE = (REPOSITORY / "docs/quizzes.md").read_text(encoding="utf-8")
WRITTEN = sorted(name for name, module in EXPORTERS.items() if find_spec(module))
KINDS = [item.type for item in EVERYTHING.items]


def documented(name: str) -> dict[str, set[str]]:
    section = re.search(rf"^### {re.escape(FORMATS[name][0])}$(.*?)(?=^##)", GUIDE, re.MULTILINE | re.DOTALL)
    assert section is not None, f"docs/quizzes.md has no section about {FORMATS[name][0]}"
    rows = re.findall(r"^\| ([a-z ]+) \| [^|]+ \|(.*)\|$", section[1], re.MULTILINE)
    return {kind: set(re.findall(r"`([a-z]+)`", fields)) for kind, fields in rows}


@pytest.mark.parametrize("name", WRITTEN)
def test_the_guide_lists_what_is_lost_of_each_kind(name: str) -> None:
    lost: dict[str, set[str]] = {kind: set() for kind in KINDS}
    for loss in sent(name, EVERYTHING).losses:
        if loss.item:
            lost[loss.item].add(loss.field)
    always = set.intersection(*lost.values())
    assert documented(name) == {"every kind": always, **{kind: fields - always for kind, fields in lost.items()}}


@pytest.mark.parametrize("name", WRITTEN)
def test_every_loss_says_what_becomes_of_it(name: str) -> None:
    losses = sent(name, EVERYTHING).losses
    assert all(loss.message and loss.field for loss in losses)
    assert [loss.field for loss in losses if not loss.item] == ["settings"]


def test_every_kind_is_in_the_sample() -> None:
    assert len(set(KINDS)) == len(KINDS) == 13
