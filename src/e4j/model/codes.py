"""Every finding code with what it is about and the remedy that is right unless a better one is at hand."""

from typing import Final

from e4j.model.finding import Finding, Severity

CODES: Final[dict[str, tuple[str, str]]] = {
    "C001": ("no content root", "Put a catalog.yml with id, title, languages and licence in the folder, or name another with --root."),
    "C002": ("file not readable as UTF-8", "Save the file as UTF-8."),
    "C003": ("module without module.yml", "Add it; `e4j new module` writes one."),
    "Y001": ("broken YAML", "Check quotes, colons and indentation at this place; put a text with ': ' in quotes."),
    "Y002": ("key written twice", "Remove one of the two; only one can count."),
    "Y003": ("unknown key", "Correct the spelling or remove the key; docs/authors.md lists the keys."),
    "Y004": ("missing key", "Add the key; docs/authors.md shows an example."),
    "Y005": ("wrong kind of value", "Write the value in the form that is expected; put texts that look like numbers in quotes."),
    "Y006": ("value not allowed", "Use one of the values named."),
    "I001": ("malformed id", "Use small letters a-z, digits and single hyphens, beginning with a letter or digit."),
    "I002": ("id used twice", "Give one of the two another id; ids are permanent, so change the newer one."),
    "I003": ("id is not the file's name", "Make the id and the name of the folder or file the same."),
    "M001": ("unknown directive", "Correct the name; docs/authors.md lists the directives."),
    "M002": ("directive not closed", "Add a line with as many colons as the opening has."),
    "M003": ("nothing to close here", "Remove the line of colons, or add the opening that it belongs to."),
    "M004": ("unknown option", "Correct the spelling or remove the option."),
    "M005": ("missing option", "Add the option on its own line right below the directive's name."),
    "M006": ("malformed option", "Write the option in the form that is expected."),
    "M007": ("heading without id", "End the heading with an id of your choice in the form {#my-section}; it will be permanent."),
    "M008": ("heading level not allowed", "Use ## to ####; the page's title comes from its front matter."),
    "M009": ("raw HTML", "Use Markdown or a directive; raw HTML is not part of the dialect and would be shown as text."),
    "M010": ("footnote", "Cite with {cite}`key`, or put the text in a {note}."),
    "M011": ("no front matter", "Begin the page with --- and id, title and description, and end them with ---."),
    "M012": ("unknown role", "Use {term}, {cite}, {treaty}, {page} or {var}."),
    "M013": ("indented directive", "Begin directives at the start of the line; they cannot stand in a list."),
    "M014": ("missing argument", "Write what the directive needs after its name."),
    "M015": ("listing not closed", "Close the listing with the same sign that opened it, ``` or ~~~."),
    "L001": ("link to a page that does not exist", "Correct the ids in {page}; `e4j list --pages` names all pages."),
    "L002": ("link to a place that does not exist", "Correct what follows #; it is the id of a heading or step of that page."),
    "L003": ("unknown term", "Add the term to library/glossary.yml or correct its id."),
    "L004": ("unknown reference", "Add the work to library/references.bib or correct its key."),
    "L005": ("unknown treaty or article", "Add it to library/treaties.yml or correct treaty/article."),
    "L006": ("unknown case", "Add the case to library/cases.yml or correct its id."),
    "L007": ("unknown quiz or item", "Correct the id; `e4j list --quizzes` names all quizzes."),
    "L008": ("missing media file", "Put the file into the module's folder or correct its path."),
    "L009": ("unknown module", "Correct the id; `e4j list` names all modules."),
    "L010": ("unknown variable", "Add it to `variables` in catalog.yml or correct its name."),
    "L011": ("unknown outcome", "Correct the id, or add the outcome to module.yml."),
    "L012": ("unknown step", "Correct the id; it is the :id: of a {step} in this module."),
    "L013": ("link by file name", "Link pages with {page}`id`, so that the link holds in every language and form."),
    "L014": ("address not allowed", "Link to http, https, mailto or tel addresses only."),
    "Q001": ("not exactly one right option", "Mark exactly one option with correct: true."),
    "Q002": ("options all right or all wrong", "Mark at least one option as right and leave at least one wrong."),
    "Q003": ("wrong option without feedback", "Say in `feedback` what is mistaken about it; that is where learning happens."),
    "Q004": ("too few options", "Give at least two options; three good ones are best."),
    "Q005": ("item without explanation", "Add `explain`; it is shown after every answer."),
    "Q006": ("no accepted answer for a language", "Add accepted answers for this language under `accept`."),
    "Q007": ("unknown normaliser", "Use base, ar-letters or ru-yo."),
    "Q008": ("not a number", "Write a decimal number with a point, without signs for thousands."),
    "Q009": ("quiz without items", "Add at least one item."),
    "N001": ("broken notebook", "Open the notebook in Jupyter and save it again."),
    "N002": ("notebook cell without output", "Run the notebook and save it with its outputs; the build runs nothing."),
    "N003": ("notebook ends in an error", "Mend the cell, run the notebook again and save it."),
    "P001": ("plan does not add up", "Change the minutes of the plan or of its steps, so that the steps can fill the plan."),
    "P002": ("step outside its minutes", "Order the minutes: least, usual, most."),
    "T001": ("translation file not readable", "Open the file in Poedit and save it again, or mend the line."),
    "T002": ("translation file missing", "Create it with `e4j translate extract`; until then readers see the source language."),
    "T003": ("translation loses a placeholder", "Keep every {role}`…`, link address and {placeholder} of the source in the translation."),
    "T004": ("translation of nothing", "Rename the file after the module, quiz or course it translates, or remove it."),
    "T005": ("language not in the catalog", "Add the language to `languages` in catalog.yml or remove the folder."),
    "T006": ("same segment translated twice", "Remove one of the two entries."),
}

WARNINGS: Final = frozenset({"Q003", "Q005", "T002", "T004", "T005", "N002"})


def finding(code: str, path: str, line: int, message: str, hint: str = "") -> Finding:
    """Return a finding with the code's own remedy unless a better `hint` is given. An unknown code is a bug (KeyError)."""
    severity = Severity.WARNING if code in WARNINGS else Severity.ERROR
    return Finding(path=path, line=line, code=code, message=message, hint=hint or CODES[code][1], severity=severity)
