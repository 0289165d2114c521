"""Write H5P packages for tests: a content type of our own in a few lines, so that nothing of H5P is needed to make them."""

import io
import json
import zipfile
from collections.abc import Mapping

CHOICE_JS = """
var E4J = E4J || {};
E4J.Choice = (function ($, EventDispatcher) {
  function Choice(params, id, extras) {
    EventDispatcher.call(this);
    var self = this;
    self.contentId = id;
    self.subContentId = extras && extras.subContentId;
    self.attach = function ($place) {
      $place.append($('<p>', {text: params.question}));
      params.options.forEach(function (option, index) {
        $('<button>', {type: 'button', text: option.text, 'data-option': index}).on('click', function () {
          answer(option, index);
          $place.find('.said').text(option.correct ? params.right : params.wrong);
        }).appendTo($place);
      });
      $('<p class="said" role="status" style="min-height: 2em"></p>').appendTo($place);
      self.trigger('resize');
    };
    function answer(option, index) {
      var event = self.createXAPIEventTemplate('answered');
      var definition = event.getVerifiedStatementValue(['object', 'definition']);
      definition.interactionType = 'choice';
      definition.description = {'en-US': params.question};
      definition.correctResponsesPattern = ['1'];
      event.setScoredResult(option.correct ? 1 : 0, 1, self);
      event.data.statement.result.response = String(index);
      self.trigger(event);
    }
  }
  Choice.prototype = Object.create(EventDispatcher.prototype);
  return Choice;
})(H5P.jQuery, H5P.EventDispatcher);
"""
QUESTION = {
    "question": "Whose coin is it?", "right": "Yes.", "wrong": "Think of who misses it.",
    "options": [{"text": "Mine", "correct": False}, {"text": "The owner's", "correct": True}],
}


def package(content: Mapping[str, object] = QUESTION, script: str = CHOICE_JS, language: str = "und", head: Mapping[str, object] | None = None, **more: bytes | str) -> bytes:
    """Return a package with the library `E4J.Choice` and its content; `head` adds to its `h5p.json`, `more` files are named by keyword."""
    library = {
        "title": "Choice", "machineName": "E4J.Choice", "majorVersion": 1, "minorVersion": 0, "patchVersion": 0, "runnable": 1,
        "preloadedJs": [{"path": "choice.js"}], "preloadedCss": [{"path": "choice.css"}],
    }
    about = {
        "title": "A coin", "language": language, "mainLibrary": "E4J.Choice", "embedTypes": ["div"], "license": "U",
        "preloadedDependencies": [{"machineName": "E4J.Choice", "majorVersion": 1, "minorVersion": 0}],
    }
    files: dict[str, bytes | str] = {
        "h5p.json": json.dumps(about | dict(head or {})), "content/content.json": json.dumps(content), "E4J.Choice-1.0/library.json": json.dumps(library),
        "E4J.Choice-1.0/choice.js": script, "E4J.Choice-1.0/choice.css": "button { min-height: 44px; margin: 4px; }", **more,
    }
    return archive(files)


def archive(files: Mapping[str, bytes | str]) -> bytes:
    """Return a zip with these files, the same bytes each time."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        for path, data in files.items():
            target.writestr(zipfile.ZipInfo(path, (2026, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
