"""What belongs to the whole site and to no page: the way in, the site map, the interface texts for scripts."""

import json
from collections.abc import Mapping, Sequence
from html import escape


def entrance(names: Mapping[str, str], title: str, invitations: Mapping[str, str]) -> bytes:
    """Return `index.html` of the site: every language by its own name. A server may send readers on by their browser's language."""
    links = "".join(
        f'<li><a lang="{code}" hreflang="{code}" dir="{"rtl" if code == "ar" else "ltr"}" href="{code}/index.html"><strong>{escape(name)}</strong>'
        f" <span>{escape(invitations[code])}</span></a></li>"
        for code, name in names.items()
    )
    first = next(iter(names))
    style = "en" if "en" in names else first
    return (
        '<!doctype html>\n<html lang="en" dir="ltr" class="e4j-entrance"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><title>{escape(title)}</title>'
        '<meta name="color-scheme" content="light dark">'
        f'<link rel="icon" type="image/svg+xml" href="{style}/assets/e4j/icon.svg"><link rel="stylesheet" href="{style}/assets/e4j/e4j.css"></head>'
        f'<body><main id="content"><h1>{escape(title)}</h1><ul class="e4j-entrances">{links}</ul></main></body></html>\n'
    ).encode()


def site_map(url: str, languages: Sequence[str], pages: Sequence[str]) -> bytes:
    """Return `sitemap.xml` with every page in every language as alternates of each other."""
    base = url.rstrip("/")
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ]
    for page in pages:
        path = escape("" if page == "index.html" else page)
        alternates = "".join(f'<xhtml:link rel="alternate" hreflang="{code}" href="{base}/{code}/{path}"/>' for code in languages)
        lines += [f"<url><loc>{base}/{code}/{path}</loc>{alternates}</url>" for code in languages]
    return "\n".join([*lines, "</urlset>", ""]).encode()


def strings_script(language: str, direction: str, messages: Mapping[str, str]) -> bytes:
    """Return the script that gives browser code its texts."""
    data = {"lang": language, "dir": direction, "messages": dict(messages)}
    return f"window.e4jStrings={json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(',', ':'))};\n".encode()


def activity_frame() -> bytes:
    """Return the page that plays H5P packages in a closed frame; which one, in which language, is said after the `#`."""
    return (
        b'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">'
        b'<meta name="robots" content="noindex"><title>H5P</title><link rel="stylesheet" href="player/styles/h5p.css"></head>'
        b'<body><main id="activity"></main><script src="player/main.bundle.js"></script><script src="h5p-frame.js"></script></body></html>\n'
    )
