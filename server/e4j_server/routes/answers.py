"""Write answers and refusals of the API."""

from typing import Any

from flask import Flask, Response, jsonify, request
from werkzeug.exceptions import HTTPException, RequestedRangeNotSatisfiable
from werkzeug.routing import RequestRedirect

from e4j_server.errors import BadRequest, BadToken, BodyTooLarge, Broken, MethodNotAllowed, NotFound, Refusal, WrongContentType
from e4j_server.routes.pages import PREFIXES, refuse_page
from e4j_server.routes.requests import choose_language
from e4j_server.services.instance import Instance
from e4j_server.services.messages import LANGUAGES

# What the framework itself refuses, in our words.
_REFUSALS: dict[int | None, type[Refusal]] = {
    404: NotFound,
    405: MethodNotAllowed,
    413: BodyTooLarge,
    415: WrongContentType,
    500: Broken,
}


def answer(value: object, status: int = 200) -> Response:
    """Answer a call of the API."""
    response = jsonify(value)
    response.status_code = status
    return response


def answer_text(text: str, tag: str) -> Response:
    """Answer with JSON that is already written, or with 304 if the caller has it."""
    response = Response(text, mimetype="application/json")
    response.set_etag(tag)
    response.make_conditional(request)
    return response


def refuse(refusal: Refusal, instance: Instance) -> Response:
    """Answer with the one shape that refusals have, or with a page where people see it, in the caller's language."""
    response = _refuse_page(refusal, instance) if request.path.startswith(PREFIXES) else _refuse_call(refusal, instance)
    response.vary.add("Accept-Language")
    response.cache_control.no_store = True
    if refusal.retry_after is not None:
        response.headers["Retry-After"] = str(refusal.retry_after)
    if isinstance(refusal, BadToken):
        response.headers["WWW-Authenticate"] = refusal.scheme
    return response


def _refuse_page(refusal: Refusal, instance: Instance) -> Response:
    named = (request.view_args or {}).get("language")
    return refuse_page(instance, refusal, named if named in LANGUAGES else choose_language(request))


def _refuse_call(refusal: Refusal, instance: Instance) -> Response:
    language = choose_language(request)
    message, hint = (instance.messages.say(text, language) for text in (refusal.message, refusal.hint))
    response = answer({"error": {"code": refusal.code, "message": message, "hint": hint}}, refusal.status)
    response.headers["Content-Language"] = language
    return response


def register_refusals(app: Flask, instance: Instance) -> None:
    """Answer every refusal, ours and the framework's, in one shape."""

    @app.errorhandler(Refusal)
    def handle_refusal(refusal: Refusal) -> Response:
        return refuse(refusal, instance)

    @app.errorhandler(HTTPException)
    def handle_framework(error: HTTPException) -> Any:
        if isinstance(error, RequestRedirect | RequestedRangeNotSatisfiable):
            return error
        response = refuse(_REFUSALS.get(error.code, BadRequest)(), instance)
        response.headers.extend((name, value) for name, value in error.get_headers() if name == "Allow")
        return response
