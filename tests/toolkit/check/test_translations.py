"""What a translation must keep."""

import pytest

from e4j.check.translations import lost_placeholders
from e4j.model.text import Translation


@pytest.mark.parametrize(("source", "text", "lost"), [
    ("Judges are {{1}}, trials {{2}}.", "Les procès sont {{2}}, les juges {{1}}.", []),
    ("Judges are {{1}}, trials {{2}}.", "Les juges sont {{1}}.", ["{{2}}"]),
    ("Judges are {{1}}.", "Les juges sont {{1}} et {{1}}.", ["{{1}}"]),
    ("Judges are {{1}}.", "Les juges sont {1}.", ["{{1}}"]),
])
def test_gaps_of_a_sentence_survive(source: str, text: str, lost: list[str]) -> None:
    assert lost_placeholders(Translation(context="c", source=source, text=text, line=1)) == lost
