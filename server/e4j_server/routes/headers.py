"""Put the headers on answers that keep a reader safe."""

from flask import Flask, Response, request

from e4j_server.errors import SiteUnusable
from e4j_server.services.instance import Instance

_API = "/api/"
_API_POLICY = "default-src 'none'; frame-ancestors 'none'"
_SITE_POLICY = (
    "default-src 'none'; script-src {scripts}; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; "
    "frame-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
)
# Activities that people bring hold code of strangers. Their documents get no origin of their own, here and wherever they
# are opened; therefore their files are, for browsers, another site's, and have to be readable for any site.
_ACTIVITIES = "/h5p/"
_ACTIVITY_POLICY = (
    "sandbox allow-scripts; default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "media-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; form-action 'none'; base-uri 'none'; object-src 'none'; "
    "frame-ancestors 'self'"
)
_READABLE = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
# Not named here and so left to our own pages: full screen and keeping the screen awake, which class mode needs.
_OFF = (
    "accelerometer",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "publickey-credentials-get",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
_FIXED = {
    "X-Content-Type-Options": "nosniff",
    # With `no-referrer` browsers send forms with `Origin: null`, and over plain http nothing else tells where they come from.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _OFF),
}
_CALLER = {
    "Access-Control-Allow-Methods": "GET, POST",
    "Access-Control-Allow-Headers": "Authorization, Content-Encoding, Content-Type, If-None-Match",
    "Access-Control-Expose-Headers": "ETag, Retry-After",
    "Access-Control-Max-Age": "3600",
}


def register_headers(app: Flask, instance: Instance) -> None:
    """Add the headers to every answer."""

    @app.after_request
    def add_headers(response: Response) -> Response:
        response.headers.update(_FIXED)
        if request.path.startswith(_API):
            response.headers["Content-Security-Policy"] = _API_POLICY
            response.cache_control.no_store = True
            _admit_caller(response, instance.config.origins)
        elif request.path.lower().startswith(_ACTIVITIES):  # some disks do not tell H5P from h5p
            response.headers["Content-Security-Policy"] = _ACTIVITY_POLICY
            response.headers.update(_READABLE)
        else:
            response.headers["Content-Security-Policy"] = _site_policy(app, instance)
        return response


def _site_policy(app: Flask, instance: Instance) -> str:
    try:
        hashes = instance.site.script_hashes()
    except SiteUnusable as error:
        # Perhaps the site is being built at this moment. A page without its inline scripts can still be read.
        app.logger.warning(error)
        hashes = ()
    return _SITE_POLICY.format(scripts=" ".join(("'self'", *(f"'{one}'" for one in hashes))))


def _admit_caller(response: Response, origins: tuple[str, ...]) -> None:
    """Let pages of the sites an operator named read the answer (CORS)."""
    if not origins:
        return
    response.vary.add("Origin")
    origin = request.headers.get("Origin")
    if origin in origins:
        response.headers["Access-Control-Allow-Origin"] = str(origin)
        response.headers.update(_CALLER)
