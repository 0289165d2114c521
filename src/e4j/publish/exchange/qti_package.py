"""A quiz as a package of QTI: a manifest, one test, an item a file, the media, and our own form of it all."""

import json
from dataclasses import dataclass, field, replace
from typing import Any
from xml.etree.ElementTree import Element, fromstring

from e4j.model.envelope import canonical_xml, seal
from e4j.model.exchange import Export, Loss
from e4j.model.plain import item_value, quiz_value
from e4j.model.quiz import AnyItem, Quiz, files_of
from e4j.publish.exchange.package import pack
from e4j.publish.exchange.qti_dialect import Dialect, clean, write_xml
from e4j.publish.exchange.qti_item import item_element
from e4j.publish.exchange.qti_manifest import MANIFEST, OURS, TEST, item_path, manifest_element
from e4j.publish.exchange.qti_scene import Scene, media_path
from e4j.publish.exchange.qti_test import test_element
from e4j.publish.exchange.writer import Writer

_XSI = ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")


@dataclass(slots=True, kw_only=True)
class _Packing:
    """A package in the making."""

    quiz: Quiz
    language: str
    writer: Writer
    dialect: Dialect
    files: dict[str, bytes] = field(default_factory=dict)
    losses: list[Loss] = field(default_factory=list)

    def document(self, path: str, root: Element) -> None:
        """Write a document of QTI."""
        spaces = (("xmlns", self.dialect.namespace), _XSI, ("xsi:schemaLocation", self.dialect.schema))
        self.files[path] = write_xml(root, self.dialect, spaces)

    def items(self) -> None:
        """Write every item with the media it shows."""
        for item in self.quiz.items:
            scene = Scene(item=item, language=self.language, writer=self.writer, dialect=self.dialect)
            self.document(item_path(item), item_element(scene))
            self.losses += scene.losses
            for src, _ in files_of(item):
                if src in self.writer.media:
                    self.files[media_path(src)] = self.writer.media[src]
                else:
                    self.losses.append(Loss(item=item.id, field="media", message=f"the file {src} is missing"))

    def ours(self) -> None:
        """Write the quiz in our own form, each item with a digest of its file, so that a change elsewhere can be seen."""
        whole = {name: value for name, value in quiz_value(self.quiz).items() if name != "items"}
        items = [{"file": item_path(item), **self._sealed(item)} for item in self.quiz.items]
        value = {"v": 1, "language": self.language, "quiz": json.loads(seal(whole, clean(self.writer.plain(self.quiz.title)))), "items": items}
        self.files[OURS] = (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")

    def _sealed(self, item: AnyItem) -> dict[str, Any]:
        root = fromstring(self.files[item_path(item)])  # noqa: S314 - our own file, written a moment ago
        sealed: dict[str, Any] = json.loads(seal(item_value(item), canonical_xml(root)))
        return sealed


def export_package(quiz: Quiz, language: str, writer: Writer, dialect: Dialect) -> Export:
    """Return one archive."""
    packing = _Packing(quiz=quiz, language=language, writer=writer, dialect=dialect)
    packing.items()
    test, losses = test_element(quiz, writer, dialect)
    packing.losses += losses
    packing.document(TEST, test)
    packing.ours()
    spaces = (("xmlns", dialect.manifest), _XSI, ("xsi:schemaLocation", dialect.manifest_schema))
    manifest = manifest_element(quiz, language, writer, dialect, packing.files)
    packing.files[MANIFEST] = write_xml(manifest, replace(dialect, kebab=False), spaces)
    return Export(files={f"{quiz.id}-{'qti3' if dialect.kebab else 'qti2'}.zip": pack(packing.files, MANIFEST)}, losses=tuple(sorted(packing.losses)))


__all__ = ["export_package"]
