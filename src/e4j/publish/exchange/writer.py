"""What an exporter needs to know about the world: how our texts read in HTML and in plain words, and the bytes of media."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from e4j.model.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """`html` gives inline HTML without links into our site, `plain` the words alone, `media` bytes by the name that items use."""

    html: Callable[[Text], str]
    plain: Callable[[Text], str]
    media: Mapping[str, bytes] = field(default_factory=dict)
