"""Faults of the caller or the machine. An author's mistake is a `Finding`, never an exception.

E4jError
├── UsageError         the command was called in a way that cannot work
└── EnvironmentFault   something outside the sources is missing or refuses
"""


class E4jError(Exception):
    """Say in one sentence what is wrong and what to do about it."""


class UsageError(E4jError):
    """The command line asks for something that does not exist."""


class EnvironmentFault(E4jError):
    """A tool, a folder or a file the machine should have is missing or refuses."""
