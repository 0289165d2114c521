"""Answer the calls of `/api/v1`."""

import hashlib

from flask import Blueprint, Response, request

from e4j_server import __version__
from e4j_server.errors import BadRequest, NotFound, UnknownCode
from e4j_server.routes.answers import answer, answer_text
from e4j_server.routes.requests import choose_language, find_language, read_fields, recognise_caller, refuse_foreign_site
from e4j_server.services.attempt_result import find_attempt, show_attempt
from e4j_server.services.instance import Instance, this_hour
from e4j_server.services.learners import redeem_code, start_learner
from e4j_server.services.progress import read_or_fold
from e4j_server.services.sync import Result, receive_events
from e4j_server.store.schema import read_schema


def make_api(instance: Instance) -> Blueprint:
    """Return the routes of the API."""
    api = Blueprint("api", __name__, url_prefix="/api/v1")
    _add_learners(api, instance)
    _add_log(api, instance)

    @api.before_request
    def check_origin() -> None:
        if request.method == "POST":
            refuse_foreign_site(request, instance.config)

    @api.get("/health")
    def health() -> Response:
        return answer({"status": "ok", "version": __version__, "schema": read_schema(instance.database)})

    @api.get("/<path:_name>")
    def nothing(_name: str) -> Response:
        raise NotFound

    return api


def _add_learners(api: Blueprint, instance: Instance) -> None:
    @api.post("/learners")
    def start() -> Response:
        read_fields(request)
        new = start_learner(instance.database, this_hour())
        return answer({"learner": new.learner, "token": new.token, "recovery_code": new.recovery_code}, 201)

    @api.post("/learners/redeem")
    def redeem() -> Response:
        code = read_fields(request, "code")["code"]
        if not isinstance(code, str):
            raise BadRequest
        own = recognise_caller(request, instance.database) if "Authorization" in request.headers else None
        address = request.remote_addr or ""
        instance.wrong_codes.check(address)
        try:
            admission = redeem_code(instance.database, code, own, this_hour())
        except UnknownCode:
            # A misspelt code is not counted: its check digit fails, so it teaches a guesser nothing, and a class
            # behind one address makes many typos.
            instance.wrong_codes.add(address)
            raise
        return answer({"learner": admission.learner, "token": admission.token})


def _add_log(api: Blueprint, instance: Instance) -> None:
    @api.post("/sync")
    def sync() -> Response:
        learner = recognise_caller(request, instance.database)
        events = read_fields(request, "events")["events"]
        if not isinstance(events, list):
            raise BadRequest
        # The key that holds now is noted with each answer of an attempt, so it must be in the database first.
        instance.key_files()
        results = receive_events(instance.database, learner, events, this_hour())
        return answer({"results": [_show_result(result) for result in results]})

    @api.get("/progress")
    def progress() -> Response:
        learner = recognise_caller(request, instance.database)
        instance.key_files()
        text = read_or_fold(instance.database, learner)
        return answer_text(text, tag=hashlib.sha256(text.encode()).hexdigest()[:32])

    @api.get("/attempts/<name>")
    def attempt(name: str) -> Response:
        learner = recognise_caller(request, instance.database)
        files = instance.key_files()
        found = find_attempt(instance.database, learner, name)
        file = files.get(found.attempt.quiz)
        language = (file and find_language(request, file.languages)) or choose_language(request)
        response = answer(show_attempt(found, file, language, lambda text: instance.messages.say(text, language)))
        response.vary.add("Accept-Language")
        return response


def _show_result(result: Result) -> dict[str, str | None]:
    shown = {"id": result.id, "status": str(result.status)}
    return shown if result.reason is None else {**shown, "reason": result.reason}
