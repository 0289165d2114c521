"""A scenario as an adaptive item of QTI: one moment is shown at a time, and each answer leads on."""

from xml.etree.ElementTree import Element

from e4j.model import quiz as q
from e4j.publish.exchange.qti_dialect import element
from e4j.publish.exchange.qti_kinds import FULL, Body, thousandths
from e4j.publish.exchange.qti_processing import FEEDBACK, SCORE, add, assign, expression, first_of, outcome, response, value, variable
from e4j.publish.exchange.qti_scene import Scene, identifier

NODE = "NODE"
PATH = "PATH"


def scenario(item: q.Scenario, scene: Scene) -> Body:
    """Live through a dilemma. The score counts only where the way comes to an end."""
    body = Body(adaptive=True, scored=item.scored)
    body.outcomes = [outcome(NODE, "single", "identifier", identifier(item.start, "n")), outcome(PATH, "single", "float", 0)]
    body.blocks = [element("div", {}, scene.paragraph(item.stem)), *(_moment(name, node, scene) for name, node in item.nodes.items())]
    body.declarations = [response(_response(name), "single", "identifier") for name, node in item.nodes.items() if node.choices]
    steps = [_step(name, choice, item, body) for name, node in item.nodes.items() for choice in node.choices]
    body.rules = first_of(steps)
    if item.values or any(choice.values for node in item.nodes.values() for choice in node.choices):
        scene.lose("values", "what a choice honours is not shown")
    if item.loops:
        scene.lose("loops", "a moment that comes again still shows the earlier choice")
    return body


def _response(name: str) -> str:
    return identifier(name, "RESPONSE")


def _moment(name: str, node: q.Node, scene: Scene) -> Element:
    shown = {"outcomeIdentifier": NODE, "identifier": identifier(name, "n"), "showHide": "show"}
    choices = [element("simpleChoice", {"identifier": identifier(c.id)}, *scene.inline(c.text)) for c in node.choices]
    told = scene.paragraph(node.text)
    if not choices:
        return element("feedbackBlock", shown, *scene.content(told))
    asked = element("choiceInteraction", {"responseIdentifier": _response(name), "shuffle": False, "maxChoices": 1}, *choices)
    return element("feedbackBlock", shown, *scene.content(told, asked))


def _step(name: str, choice: q.Choice, item: q.Scenario, body: Body) -> tuple[Element, list[Element]]:
    here = expression("match", variable(NODE), value("identifier", identifier(name, "n")))
    chosen = expression("match", variable(_response(name)), value("identifier", identifier(choice.id)))
    rules = [assign(NODE, value("identifier", identifier(choice.to, "n")))]
    if choice.score:
        rules.insert(0, add(PATH, value("float", thousandths(choice.score))))
    if choice.feedback:
        named = f"{identifier(name, 'n')}.{identifier(choice.id)}"
        body.feedback.append((named, choice.feedback))
        rules.append(assign(FEEDBACK, value("identifier", named)))
    if item.nodes[choice.to].end:
        rules += [*([_score(item.points)] if item.scored else []), assign("completionStatus", value("identifier", "completed"))]
    return expression("and", here, chosen), rules


def _score(points: int) -> Element:
    held = expression("max", value("float", 0), expression("min", value("float", FULL), variable(PATH)))
    return assign(SCORE, expression("divide", expression("product", held, value("float", points)), value("float", FULL)))


__all__ = ["scenario"]
