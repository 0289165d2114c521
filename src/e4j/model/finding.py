"""What is wrong with a source, where, and how to mend it."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters: an error stops the build, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Finding:
    """One mistake of an author: `path:line: code message`, and what to do about it."""

    path: str
    line: int
    code: str
    message: str
    hint: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        """Write the finding the way compilers do, so that editors can jump to it."""
        return f"{self.path}:{self.line}: {self.code} {self.message}\n    {self.hint}"
