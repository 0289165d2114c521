"""A scenario as an H5P branching scenario. Every ending is told in the alternative that leads to it: that is where H5P looks for its points."""

from collections.abc import Iterator, Mapping
from typing import Any

from e4j.model import quiz as q
from e4j.publish.exchange.h5p_scene import Scene, metadata
from e4j.publish.exchange.words import word

HUNDRED = 100
_QUESTION = "H5P.BranchingQuestion"
_MOST_WAYS = 5000


def scenario(item: q.Scenario, scene: Scene) -> tuple[str, dict[str, Any]]:
    """Live through a dilemma."""
    asked = _asked(item)
    numbers = {name: number for number, name in enumerate(asked)}
    scores = _scores(item, scene) if item.scored else {}
    moments = [_moment(name, item, numbers, scores, scene) for name in asked]
    title = scene.plain(item.stem)
    ending = {"endScreenTitle": scene.isolated(word("The end", scene.language)), "endScreenSubtitle": "", "contentId": -1, "endScreenScore": 0}
    inner = {
        "title": title[:255], "startScreen": {"startScreenTitle": scene.block(item.stem), "startScreenSubtitle": ""}, "endScreens": [ending],
        "content": moments, "scoringOptionGroup": {"scoringOption": "static-end-score" if item.scored else "no-score", "includeInteractionsScores": False},
        "behaviour": {"enableBackwardsNavigation": False, "forceContentFinished": False, "randomizeBranchingQuestions": False},
        **scene.texts("H5P.BranchingScenario"),
    }
    if item.values or any(choice.values for node in item.nodes.values() for choice in node.choices):
        scene.lose("values", "what a choice honours is not shown")
    if item.media:
        scene.lose("media", "the picture or sound is left out")
    return "H5P.BranchingScenario", {"branchingScenario": inner}


def _asked(item: q.Scenario) -> list[str]:
    return [item.start, *(name for name, node in item.nodes.items() if node.choices and name != item.start)]


def _moment(name: str, item: q.Scenario, numbers: Mapping[str, int], scores: Mapping[tuple[str, str], int], scene: Scene) -> dict[str, Any]:
    node = item.nodes[name]
    ways = [_way(choice, item, numbers, scores.get((name, choice.id), 0), scene) for choice in node.choices]
    params = {"branchingQuestion": {"question": scene.block(node.text), "alternatives": ways}}
    kind = {"library": scene.library(_QUESTION), "params": params, "subContentId": scene.name(name), "metadata": metadata("Branching Question", name)}
    return {
        "type": kind, "showContentTitle": False, "proceedButtonText": word("Go on", scene.language), "forceContentFinished": "useBehavioural",
        "feedback": {"subtitle": ""}, "contentBehaviour": "useBehavioural",
    }


def _way(choice: q.Choice, item: q.Scenario, numbers: Mapping[str, int], score: int, scene: Scene) -> dict[str, Any]:
    ends = choice.to not in numbers
    said = scene.html(choice.feedback)
    feedback: dict[str, Any] = {"title": said, "subtitle": scene.html(item.nodes[choice.to].text) if ends else ""}
    if ends and item.scored:
        feedback["endScreenScore"] = score
    return {"text": scene.plain(choice.text), "nextContentId": -1 if ends else numbers[choice.to], "feedback": feedback}


def _scores(item: q.Scenario, scene: Scene) -> dict[tuple[str, str], int]:
    """Return the points of each choice that ends: of the best way there, because H5P gives an ending one number."""
    found: dict[tuple[str, str], set[int]] = {}
    for at, (key, share) in enumerate(_ways(item)):
        found.setdefault(key, set()).add(int(max(0.0, min(1.0, share)) * HUNDRED + 1e-9))
        if at >= _MOST_WAYS:
            break
    if any(len(scores) > 1 for scores in found.values()):
        scene.lose("score", "an ending counts the same whatever the way there; the best way's points stand")
    return {key: max(scores) for key, scores in found.items()}


def _ways(item: q.Scenario) -> Iterator[tuple[tuple[str, str], float]]:
    stack: list[tuple[str, float, frozenset[str]]] = [(item.start, 0.0, frozenset({item.start}))]
    while stack:
        name, share, seen = stack.pop()
        for choice in item.nodes[name].choices:
            got = share + (choice.score or 0.0)
            if item.nodes[choice.to].end:
                yield (name, choice.id), got
            elif choice.to not in seen:
                stack.append((choice.to, got, seen | {choice.to}))


__all__ = ["scenario"]
