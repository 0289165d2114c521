"""Mark answers: one meaning of right, the same as in the browser. Pure: integers only, no clock, no locale."""

from e4j.mark.canonical import canonical
from e4j.mark.marking import Mark, mark, possible

__all__ = ["Mark", "canonical", "mark", "possible"]
