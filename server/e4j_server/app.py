"""Build the Flask application."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from e4j_server.config import Config
from e4j_server.routes.answers import register_refusals
from e4j_server.routes.api import make_api
from e4j_server.routes.authors import make_authors
from e4j_server.routes.forms import make_forms
from e4j_server.routes.headers import register_headers
from e4j_server.routes.pages import register_filters
from e4j_server.routes.requests import LARGEST_BODY
from e4j_server.routes.site import make_site
from e4j_server.services.instance import Instance


def create_app(config: Config) -> Flask:
    """Return the application for one configuration.

    The database must have the schema of this version: `e4j-server upgrade` makes it, and
    `e4j-server serve` for a new SQLite file. Workers never migrate.
    """
    instance = Instance.open(config)
    # Flask's own static folder is off: the site is served by our rules.
    app = Flask("e4j_server", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # the default provider has it
    app.url_map.merge_slashes = False
    app.extensions["e4j"] = instance
    app.register_blueprint(make_api(instance))
    app.register_blueprint(make_forms(instance))
    app.register_blueprint(make_authors(instance))
    app.register_blueprint(make_site(instance))
    register_filters(app)
    register_refusals(app, instance)
    register_headers(app, instance)
    if config.proxies:
        # Only the caller's address: nothing here depends on the scheme, and proxies pass the host on as it is.
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=config.proxies, x_proto=0, x_host=0
        )
    return app
