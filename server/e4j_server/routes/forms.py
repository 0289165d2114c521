"""Answer forms of pages without scripts."""

import uuid
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, request, send_from_directory

from e4j_server.errors import BadRequest, MisspeltCode, NotFound, TooManyCodes, UnknownCode
from e4j_server.routes.pages import page
from e4j_server.routes.requests import refuse_foreign_site
from e4j_server.services.attempt_result import find_attempt
from e4j_server.services.forms.hand_in import hand_in
from e4j_server.services.forms.results import mark_practice, show_assessed
from e4j_server.services.forms.sheet import Sheet, make_sheet
from e4j_server.services.instance import Instance, this_hour
from e4j_server.services.key_folder import KeyFile
from e4j_server.services.learners import find_learner, start_learner
from e4j_server.services.messages import LANGUAGES

LARGEST_FORM = 64 * 1024
"""Bytes of a form."""

CHANGED = "This quiz has changed since you opened it. Look through your answers and send them again."
_FORM = "application/x-www-form-urlencoded"


def make_forms(instance: Instance) -> Blueprint:
    """Return the routes of forms."""
    forms = Blueprint("forms", __name__, url_prefix="/answers")

    @forms.get("/server.css")
    def style() -> Response:
        response = send_from_directory("templates", "server.css", mimetype="text/css")
        response.cache_control.max_age = 3600
        return response

    @forms.post("/<language>/<quiz>")
    def answers(language: str, quiz: str) -> Response:
        request.max_content_length = LARGEST_FORM
        refuse_foreign_site(request, instance.config)
        if request.mimetype != _FORM:
            raise BadRequest
        file = instance.key_files().get(quiz)
        if file is None or language not in LANGUAGES or language not in file.languages:
            raise NotFound
        fields = dict(request.form.lists())
        return _take_assessed(instance, file, language, fields) if file.mode == "assessed" else _take(instance, file, language, fields)

    return forms


def _take(instance: Instance, file: KeyFile, language: str, fields: Mapping[str, list[str]]) -> Response:
    """Mark a quiz that is not assessed; nothing of it is stored."""
    sheet = make_sheet(file, language, "", fields, checked=True)
    if problem := _problem(sheet, fields):
        return _again(instance, sheet, problem, fields)
    result = mark_practice(sheet, lambda text: instance.messages.say(text, language))
    return page(instance, "result.html", language, {"title": sheet.title, "sheet": sheet, "result": result, "found": None, "code": None})


def _take_assessed(instance: Instance, file: KeyFile, language: str, fields: Mapping[str, list[str]]) -> Response:
    """Store an attempt and say how it went, or show the questions that are drawn for a new one."""
    attempt = _read_uuid(_field(fields, "attempt"))
    if attempt is None and (file.draw or not any(name.startswith("q-") for name in fields)):
        sheet = make_sheet(file, language, str(uuid.uuid4()), {}, checked=False)
        return page(instance, "form.html", language, {"title": sheet.title, "sheet": sheet, "problem": None, "fields": fields})
    sheet = make_sheet(file, language, attempt or str(uuid.uuid4()), fields, checked=True)
    if problem := _problem(sheet, fields):
        return _again(instance, sheet, problem, fields)
    try:
        learner = _find_learner(instance, _field(fields, "code"))
    except (MisspeltCode, UnknownCode, TooManyCodes) as refusal:
        return _again(instance, sheet, refusal.message, fields, refusal.status)
    return _hand_in(instance, sheet, learner)


def _hand_in(instance: Instance, sheet: Sheet, learner: str | None) -> Response:
    hour, code = this_hour(), None
    if learner is None:
        new = start_learner(instance.database, hour)
        learner, code = new.learner, new.recovery_code
    hand_in(instance.database, learner, sheet, hour)
    found = find_attempt(instance.database, learner, sheet.attempt)
    result = show_assessed(found, sheet.file, sheet.language, lambda text: instance.messages.say(text, sheet.language))
    values = {"title": sheet.title, "sheet": sheet, "result": result, "found": found, "code": code}
    return page(instance, "result.html", sheet.language, values)


def _find_learner(instance: Instance, code: str) -> str | None:
    if not code:
        return None
    address = request.remote_addr or ""
    instance.wrong_codes.check(address)
    try:
        return find_learner(instance.database, code)
    except UnknownCode:
        instance.wrong_codes.add(address)
        raise


def _problem(sheet: Sheet, fields: Mapping[str, list[str]]) -> str | None:
    """Say why a form cannot be taken as it is; whoever wants may leave questions open."""
    if _field(fields, "rev") != sheet.file.rev:
        return CHANGED
    return "Something is missing." if sheet.has_problems and not _field(fields, "anyway") else None


def _again(instance: Instance, sheet: Sheet, problem: str, fields: Mapping[str, Any], status: int = 422) -> Response:
    values = {"title": sheet.title, "sheet": sheet, "problem": problem, "fields": fields}
    return page(instance, "form.html", sheet.language, values, status)


def _field(fields: Mapping[str, list[str]], name: str) -> str:
    return next(iter(reversed(fields.get(name) or [""]))).strip()


def _read_uuid(text: str) -> str | None:
    try:
        read = uuid.UUID(text)
    except ValueError:
        return None
    return text if str(read) == text and read.variant == uuid.RFC_4122 and 1 <= (read.version or 0) <= 8 else None
