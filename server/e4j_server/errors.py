"""Name every fault a person can act on.

    ServerError
    ├── SetupFault              the machine or its settings: printed by the command line, exit 2
    │   ├── ConfigInvalid
    │   ├── SiteUnusable
    │   ├── KeysUnusable
    │   ├── DatabaseUnreachable
    │   ├── SchemaMismatch
    │   └── AddressUnusable
    └── Refusal                 what the API answers instead of what was asked
        ├── BadRequest          400
        │   ├── BadJson
        │   └── MisspeltCode
        ├── BadToken            401
        │   └── BadAuthorsCode
        ├── ForeignSite         403
        ├── NotFound            404
        │   ├── UnknownCode
        │   └── UnknownAttempt
        ├── MethodNotAllowed    405
        ├── BodyTooLarge        413
        │   └── TooManyEvents
        ├── WrongContentType    415
        │   └── WrongPacking
        ├── TooManyCodes        429
        ├── Broken              500
        ├── Busy                503
        └── StorageFull         507

Bugs are not in this tree: they propagate and are answered as `Broken`.
"""

from typing import ClassVar


class ServerError(Exception):
    """Be the root of every fault named here."""


class SetupFault(ServerError):  # its children say what is wrong; so does a refusal
    """Tell an operator what is wrong with the machine or its settings, and what to do."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(f"{problem}\n{remedy}")
        self.problem = problem
        self.remedy = remedy


class ConfigInvalid(SetupFault):
    """Report settings that cannot be used, all of them at once."""


class SiteUnusable(SetupFault):
    """Report a site folder that holds no built site."""


class KeysUnusable(SetupFault):
    """Report a folder of keys that cannot be used."""


class DatabaseUnreachable(SetupFault):
    """Report a database that cannot be opened."""


class SchemaMismatch(SetupFault):
    """Report a database made by another version of the server."""


class AddressUnusable(SetupFault):
    """Report an address and port on which the server cannot listen."""


class Refusal(ServerError):
    """Answer a caller with a permanent code, a status, a sentence and what to do next.

    `message` and `hint` are the English keys of the catalogs in `locales/`.
    """

    code: ClassVar[str]
    status: ClassVar[int]
    message: ClassVar[str]
    hint: ClassVar[str]

    def __init__(self, *, retry_after: int | None = None) -> None:
        super().__init__(self.code)
        self.retry_after = retry_after
        """Seconds to wait, sent as `Retry-After`."""


class BadRequest(Refusal):
    """Refuse a request whose body does not have the agreed shape."""

    code = "bad-request"
    status = 400
    message = "The server does not understand this request."
    hint = "Reload the page and try again. If it happens again, tell the person who looks after this site."


class BadJson(BadRequest):
    """Refuse a body that is not strict JSON in UTF-8, or is packed wrongly."""

    code = "bad-json"
    message = "The server cannot read this request."


class MisspeltCode(BadRequest):
    """Refuse a recovery code whose digits cannot be right."""

    code = "misspelt-code"
    message = "This is not a complete recovery code."
    hint = "The code has 25 digits in five groups of five. Compare each digit: one may be wrong or missing."


class BadToken(Refusal):
    """Refuse a call without a token that the server gave out."""

    code = "bad-token"
    status = 401
    message = "The server does not know this device."
    hint = "Enter your recovery code to continue where you were, or start again. Your answers stay on this device."
    scheme: ClassVar[str] = "Bearer"
    """How to say who is calling, sent as `WWW-Authenticate`."""


class BadAuthorsCode(BadToken):
    """Refuse to show pages for authors to somebody without the code."""

    code = "bad-authors-code"
    message = "These pages are for authors."
    hint = "Enter any name and the authors' code. The person who looks after this site has it."
    scheme = 'Basic realm="E4J", charset="UTF-8"'


class ForeignSite(Refusal):
    """Refuse a call that a page of another website made."""

    code = "foreign-site"
    status = 403
    message = "This request came from another website."
    hint = "Open the course at its own address and try again."


class NotFound(Refusal):
    """Refuse an address where there is nothing."""

    code = "not-found"
    status = 404
    message = "There is nothing at this address."
    hint = "Check the address, or go back to the first page."


class UnknownCode(NotFound):
    """Refuse a well-formed recovery code that belongs to nobody."""

    code = "unknown-code"
    message = "Nobody has this recovery code."
    hint = "Compare each digit with your paper. If the code is from another site, use it there."


class UnknownAttempt(NotFound):
    """Refuse an attempt that this learner did not make."""

    code = "unknown-attempt"
    message = "The server has no such attempt of yours."
    hint = "Answers on this device are sent when there is a connection. Then try again."


class MethodNotAllowed(Refusal):
    """Refuse a method that an address does not have."""

    code = "method-not-allowed"
    status = 405
    message = "This address cannot be used in this way."
    hint = BadRequest.hint


class BodyTooLarge(Refusal):
    """Refuse a body over 256 KB, packed or unpacked."""

    code = "body-too-large"
    status = 413
    message = "This is too much to send at once."
    hint = "Send it in smaller parts."


class TooManyEvents(BodyTooLarge):
    """Refuse a batch of more than 200 events."""

    code = "too-many-events"


class WrongContentType(Refusal):
    """Refuse a body that does not say it is JSON."""

    code = "wrong-content-type"
    status = 415
    message = "The server reads only JSON here."
    hint = "Send the request with the header Content-Type: application/json."


class WrongPacking(WrongContentType):
    """Refuse a `Content-Encoding` other than gzip."""

    code = "wrong-content-encoding"
    message = "The server cannot unpack this request."
    hint = "Send it as it is, or packed with gzip."


class TooManyCodes(Refusal):
    """Refuse an address that tried too many wrong recovery codes."""

    code = "too-many-codes"
    status = 429
    message = "Too many wrong recovery codes were tried."
    hint = "Wait one minute, then try again. Nothing is lost."


class Broken(Refusal):
    """Admit a mistake of ours without showing its inside."""

    code = "broken"
    status = 500
    message = "Something went wrong on the server."
    hint = "Your answers stay on this device. Tell the person who looks after this site."


class Busy(Refusal):
    """Ask the caller to come back: the database is locked or cannot be reached."""

    code = "busy"
    status = 503
    message = "The server is busy."
    hint = "Your answers stay on this device and will be sent again by themselves."


class StorageFull(Refusal):
    """Refuse to write on a full disk; reading goes on."""

    code = "storage-full"
    status = 507
    message = "The server has no room left to store anything."
    hint = Broken.hint
