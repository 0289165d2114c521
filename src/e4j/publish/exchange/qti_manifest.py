"""The list of what is in a package, with what is known about it."""

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from e4j.model.quiz import AnyItem, Item, Quiz, files_of
from e4j.publish.exchange.qti_dialect import Dialect, element
from e4j.publish.exchange.qti_scene import identifier, media_path
from e4j.publish.exchange.writer import Writer

MANIFEST = "imsmanifest.xml"
TEST = "test.xml"
OURS = "e4j-quiz.json"


def item_path(item: Item) -> str:
    """Return where an item is in the package: beside the media, because ways upwards are not understood everywhere."""
    return f"item-{item.id}.xml"


def manifest_element(quiz: Quiz, language: str, writer: Writer, dialect: Dialect, files: Mapping[str, bytes]) -> Element:
    """Return the manifest of `files`."""
    title = writer.plain(quiz.title)
    head = element("metadata", {}, element("schema", {}, dialect.title), element("schemaversion", {}, dialect.title_version))
    head.append(_lom(dialect, language, title, ()))
    resources = [
        _test(quiz, dialect), *(_item(item, language, writer, dialect, files) for item in quiz.items),
        *(_resource(_media_id(path), "webcontent", path) for path in sorted(files) if path.startswith("media/")), _resource("e4j-quiz", "webcontent", OURS),
    ]
    return element("manifest", {"identifier": identifier(f"manifest-{quiz.id}")}, head, element("organizations"), element("resources", {}, *resources))


def _lom(dialect: Dialect, language: str, title: str, tags: tuple[str, ...]) -> Element:
    def said(text: str) -> Element:
        return element(dialect.lom_text, {dialect.lom_language: language}, text)

    general = element("general", {}, element("title", {}, said(title)), element("language", {}, language), *(element("keyword", {}, said(tag)) for tag in tags))
    return element("lom", {"xmlns": dialect.lom}, general)


def _resource(name: str, kind: str, path: str, *children: Element) -> Element:
    return element("resource", {"identifier": name, "type": kind, "href": path}, *children[:1], element("file", {"href": path}), *children[1:])


def _test(quiz: Quiz, dialect: Dialect) -> Element:
    needs = [element("dependency", {"identifierref": identifier(item.id, "item")}) for item in quiz.items]
    made = _resource("test", f"imsqti_test_{dialect.resource}", TEST)
    made.extend(needs)
    return made


def _item(item: AnyItem, language: str, writer: Writer, dialect: Dialect, files: Mapping[str, bytes]) -> Element:
    title = writer.plain(item.stem) or item.id
    metadata = element("metadata", {}, _lom(dialect, language, title, item.tags))
    shown = dict.fromkeys(media_path(src) for src, _ in files_of(item) if media_path(src) in files)
    needs = [element("dependency", {"identifierref": _media_id(path)}) for path in shown]
    return _resource(identifier(item.id, "item"), f"imsqti_item_{dialect.resource}", item_path(item), metadata, *needs)


def _media_id(path: str) -> str:
    return identifier(path.replace("/", "."), "file")


__all__ = ["MANIFEST", "OURS", "TEST", "item_path", "manifest_element"]
