"""Write the pages that the server makes itself, in six languages and without scripts."""

from collections.abc import Mapping
from typing import Any

from babel import Locale
from babel.numbers import format_decimal, format_percent
from flask import Flask, Response, make_response, render_template, request
from markupsafe import Markup

from e4j_server.errors import Refusal
from e4j_server.services.instance import Instance

RIGHT_TO_LEFT = frozenset({"ar"})
PREFIXES = ("/answers/", "/authors/")
"""Addresses below which everything, refusals too, is a page."""


def page(instance: Instance, template: str, language: str, values: Mapping[str, Any], status: int = 200) -> Response:
    """Answer with a page in a language. The site's own look is used where the site has it."""
    look = f"{language}/assets/e4j/e4j.css"
    text = render_template(
        template,
        **values,
        lang=language,
        dir="rtl" if language in RIGHT_TO_LEFT else "ltr",
        root=_way_up(),
        look=look if instance.site.find(look) else None,
        _=lambda english, **words: instance.messages.say(english, language).format(**words),
        html=Markup,
    )
    response = make_response(text, status)
    response.headers["Content-Language"] = language
    response.cache_control.no_store = True
    return response


def refuse_page(instance: Instance, refusal: Refusal, language: str) -> Response:
    """Answer with a page that says why not."""
    return page(instance, "refusal.html", language, {"title": instance.messages.say(refusal.message, language), "refusal": refusal}, refusal.status)


def register_filters(app: Flask) -> None:
    """Let templates write numbers and languages as people read them."""
    # Thousandths of a point as points.
    app.add_template_filter(lambda value, lang: format_decimal(value / 1000, format="0.##", locale=lang), "points")
    app.add_template_filter(lambda value, lang: format_percent(value, locale=lang), "share")
    app.add_template_filter(lambda lang: Locale(lang).get_display_name(lang), "autonym")


def _way_up() -> str:
    """Return the relative way to the root of the site, so that a proxy may serve us under a prefix."""
    return "../" * (request.path.count("/") - 1) or "./"
