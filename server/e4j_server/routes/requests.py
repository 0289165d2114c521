"""Read what a caller sent, and refuse what may not be read."""

import zlib
from collections.abc import Iterable
from urllib.parse import urlsplit

from flask import Request

from e4j_server.config import Config
from e4j_server.errors import BadJson, BadRequest, BadToken, BodyTooLarge, ForeignSite, WrongContentType, WrongPacking
from e4j_server.services.learners import recognise_learner
from e4j_server.services.messages import LANGUAGES
from e4j_server.services.strict_json import parse_json
from e4j_server.store.database import Database

LARGEST_BODY = 256 * 1024
"""Bytes of a body, before and after unpacking."""

_GZIP = 16 + zlib.MAX_WBITS
_SCHEME = "bearer "


def choose_language(request: Request) -> str:
    """Return the language of ours that the caller likes best."""
    return find_language(request, LANGUAGES) or LANGUAGES[0]


def find_language(request: Request, offered: Iterable[str]) -> str | None:
    """Return the offered language that the caller likes best, or `None` if none will do.

    Each wanted language is looked up in turn, from the most to the least exact tag (RFC 4647,
    3.4). Werkzeug's own match prefers an exact second choice: `zh-TW, en` would get English.
    """
    known = {language.lower(): language for language in offered}
    for wanted, quality in request.accept_languages:
        tag = wanted.lower()
        while tag and quality:
            if tag in known:
                return known[tag]
            tag = tag.rpartition("-")[0]
    return None


def refuse_foreign_site(request: Request, config: Config) -> None:
    """Raise `ForeignSite` if a page of another website made this call.

    Tokens are not sent by browsers on their own, so this is a second lock. `Sec-Fetch-Site`
    decides where it is sent; over plain http in a school browsers send only `Origin`. A caller
    with neither is no web page.
    """
    origin = request.headers.get("Origin")
    if origin in config.origins:
        return
    relation = request.headers.get("Sec-Fetch-Site")
    if relation is not None:
        if relation != "same-origin":
            raise ForeignSite
    # Hosts only: behind a proxy that ends TLS we may not know our own scheme.
    elif origin is not None and urlsplit(origin).netloc != request.host:
        raise ForeignSite


def read_fields(request: Request, *names: str) -> dict[str, object]:
    """Return the body, a JSON object with exactly these fields."""
    if request.mimetype != "application/json":
        raise WrongContentType
    value = parse_json(_unpack(request))
    if not isinstance(value, dict) or value.keys() != set(names):
        raise BadRequest
    return value


def recognise_caller(request: Request, database: Database) -> str:
    """Return the learner whose token the request carries."""
    header = request.headers.get("Authorization", "")
    if header[: len(_SCHEME)].lower() != _SCHEME:
        raise BadToken
    return recognise_learner(database, header[len(_SCHEME) :].strip())


def _unpack(request: Request) -> bytes:
    data = request.get_data(cache=False)
    packing = request.headers.get("Content-Encoding", "identity").strip().lower()
    if packing == "identity":
        return data
    if packing != "gzip":
        raise WrongPacking
    unpacker = zlib.decompressobj(_GZIP)
    try:
        # Never more than one byte too many: a bomb costs no memory.
        unpacked = unpacker.decompress(data, LARGEST_BODY + 1)
    except zlib.error as error:
        raise BadJson from error
    if len(unpacked) > LARGEST_BODY:
        raise BodyTooLarge
    if not unpacker.eof or unpacker.unused_data:
        raise BadJson
    return unpacked
