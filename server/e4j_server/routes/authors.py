"""Show authors how their questions work."""

import hmac

from flask import Blueprint, Response, request

from e4j_server.errors import BadAuthorsCode, NotFound
from e4j_server.routes.pages import page
from e4j_server.routes.requests import choose_language
from e4j_server.services.author_report import describe_quiz
from e4j_server.services.instance import Instance
from e4j_server.services.key_folder import KeyFile
from e4j_server.services.messages import LANGUAGES


def make_authors(instance: Instance) -> Blueprint:
    """Return the routes for authors; without a code of theirs there is nothing."""
    authors = Blueprint("authors", __name__, url_prefix="/authors")

    @authors.before_request
    def check_code() -> None:
        if not instance.config.authors:
            raise NotFound
        _check_code(instance)

    @authors.get("/")
    def quizzes() -> Response:
        language = _language()
        shown = [(quiz, _title(file, language)) for quiz, file in sorted(instance.key_files().items())]
        title = instance.messages.say("How questions work", language)
        return page(instance, "authors.html", language, {"title": title, "quizzes": shown, "languages": LANGUAGES})

    @authors.get("/quizzes/<quiz>")
    def one_quiz(quiz: str) -> Response:
        language, file = _language(), instance.key_files().get(quiz)
        if file is None or not file.languages:
            raise NotFound
        texts = _texts_language(file, language)
        items = describe_quiz(instance.database, file, (texts, language), lambda text: instance.messages.say(text, language))
        values = {"title": file.languages[texts].title, "items": items, "languages": LANGUAGES, "texts": texts}
        return page(instance, "author_quiz.html", language, values)

    @authors.get("/<path:_name>")
    def nothing(_name: str) -> Response:
        raise NotFound

    return authors


def _check_code(instance: Instance) -> None:
    """Raise `BadAuthorsCode` unless the password of HTTP Basic is the code; the name is of no matter."""
    address = request.remote_addr or ""
    instance.wrong_authors.check(address)
    given = request.authorization
    if given is None or given.type != "basic" or given.password is None:
        raise BadAuthorsCode
    if not hmac.compare_digest(given.password.encode(), instance.config.authors.encode()):
        instance.wrong_authors.add(address)
        raise BadAuthorsCode


def _language() -> str:
    wanted = request.args.get("lang")
    return wanted if wanted in LANGUAGES else choose_language(request)


def _texts_language(file: KeyFile, language: str) -> str:
    return language if language in file.languages else next(iter(file.languages))


def _title(file: KeyFile, language: str) -> str:
    return file.languages[_texts_language(file, language)].title if file.languages else file.quiz
