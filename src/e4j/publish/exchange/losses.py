"""Say what a format cannot carry."""

from collections.abc import Iterable, Iterator, Mapping

from e4j.model import quiz as q
from e4j.model.exchange import Loss

_COMMON: Mapping[str, str] = {
    "outcome": "the outcome it shows is not named",
    "explain": "the explanation is left out",
    "hints": "the hints are left out",
    "reread": "the place to read again is left out",
    "points": "the points are set anew in the other system",
    "tags": "the tags are left out",
    "media": "the picture or sound is left out",
    "confidence": "nobody is asked how sure they are",
    "shuffle": "the other system decides whether parts are shuffled",
}


def common_losses(item: q.Item, carried: Iterable[str]) -> Iterator[Loss]:
    """Yield what is lost of the fields that every kind has, where they say something; `carried` names those that are not lost."""
    kept = set(carried)
    for name, message in _COMMON.items():
        if name not in kept and _says(item, name):
            yield Loss(item=item.id, field=name, message=message)


def settings_losses(quiz: q.Quiz) -> Iterator[Loss]:
    """Yield a loss where a quiz is taken in another way than the usual one: that is set in the other system."""
    if quiz.settings != q.Settings():
        yield Loss(item="", field="settings", message="how the quiz is taken is set in the other system")


def _says(item: q.Item, name: str) -> bool:
    value = getattr(item, name)
    return value != 1 if name == "points" else value is not None if name == "confidence" else bool(value)


__all__ = ["common_losses", "settings_losses"]
