"""Serve the files of the built site."""

from pathlib import Path

from flask import Blueprint, Response, redirect, request, send_file
from werkzeug.wrappers import Response as BaseResponse

from e4j_server.errors import NotFound
from e4j_server.routes.requests import choose_language, find_language
from e4j_server.services.content import is_packable, media_type
from e4j_server.services.instance import Instance

# Names carry no hash of their content, so nothing may be kept for ever. A page, and data that must fit the page, is
# asked for again each time and answered by a 304. Scripts, styles, pictures, sounds and fonts are kept for an hour: a
# lesson of one school hour asks once, and a correction reaches everyone an hour later at most. Shards of the search
# index (search/*.js) fit only each other, so they are asked for again too.
_HOUR = 3600
_KEPT_FOLDER = "assets"
_KEPT_TYPES = ("image/", "audio/", "video/", "font/")


def make_site(instance: Instance) -> Blueprint:
    """Return the routes of the site."""
    site = Blueprint("site", __name__)

    @site.get("/")
    def front() -> BaseResponse:
        return _lead_to_language(instance)

    @site.get("/<path:name>")
    def page(name: str) -> BaseResponse:
        path = instance.site.find(name)
        if path:
            return _send(instance, path, name)
        if instance.site.is_folder(name):
            return _lead_to(f"{name.rpartition('/')[2]}/")
        return _send_missing(instance, name)

    return site


def _lead_to_language(instance: Instance) -> BaseResponse:
    languages = instance.site.languages()
    language = find_language(request, languages)
    front = instance.site.find("index.html")
    if language is None and front:
        response: BaseResponse = _send(instance, front, "index.html")
    elif languages:
        likely = choose_language(request)
        chosen = language or (likely if likely in languages else languages[0])
        response = _lead_to(f"{chosen}/")
    else:
        raise NotFound
    response.vary.add("Accept-Language")
    return response


def _lead_to(folder: str) -> BaseResponse:
    # Relative, so that it holds behind a proxy that serves us under a prefix.
    response = redirect(folder, 302)
    response.cache_control.no_cache = True
    return response


def _send_missing(instance: Instance, name: str) -> BaseResponse:
    languages = instance.site.languages()
    first = name.partition("/")[0]
    language = first if first in languages else find_language(request, languages)
    path = instance.site.find_missing_page(language)
    if path is None:
        raise NotFound
    response = Response(path.read_bytes(), 404, mimetype="text/html")
    response.cache_control.no_cache = True
    response.vary.add("Accept-Language")
    return response


def _send(instance: Instance, path: Path, name: str) -> Response:
    content = instance.contents.read(path)
    packed = content.packed if _takes_gzip() else None
    if packed:
        response = Response(packed, content_type=media_type(path.name))
        response.headers["Content-Encoding"] = "gzip"
        # Another representation, so another tag.
        response.set_etag(f"{content.tag}-gz")
        response.make_conditional(request)
    else:
        response = send_file(path, etag=content.tag, conditional=True)
        response.content_type = media_type(path.name)
        # It says nothing but the name.
        response.headers.pop("Content-Disposition", None)
    if is_packable(path.name):
        response.vary.add("Accept-Encoding")
    _allow_keeping(response, name)
    return response


def _takes_gzip() -> bool:
    # Ranges are of the plain file: players of sound and film need them.
    return "Range" not in request.headers and request.accept_encodings.quality("gzip") > 0


def _allow_keeping(response: Response, name: str) -> None:
    response.cache_control.public = True
    if _KEPT_FOLDER in name.split("/")[:-1] or media_type(name).startswith(_KEPT_TYPES):
        response.cache_control.no_cache = None
        response.cache_control.max_age = _HOUR
    else:
        response.cache_control.no_cache = True
