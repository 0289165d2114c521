// What is said of gaps, orders, pairs, groups, areas and stories, with and without a key.
import assert from "node:assert/strict";
import { test } from "node:test";
import { feedbackOn, keyOf } from "../../web/player/feedback.ts";
import { credits, isKeyed, placement } from "../../web/player/parts.ts";
import * as steps from "../../web/player/session.ts";
import { bestWay, honoured, walk } from "../../web/player/way.ts";
import type { ClozeItem, Item, Quiz, Response, ScenarioItem } from "../../web/types.ts";
import payload from "./harness/kinds.en.json";

const quiz = payload as unknown as Quiz;
const [gaps, order, roles, sort, report, , envelope] = quiz.items as [Item, Item, Item, Item, Item, Item, Item];

/** Give the feedback on an item after responses, each checked in turn. */
function after(item: Item, ...responses: Response[]) {
  const lone: Quiz = { ...quiz, items: [item] };
  const start = steps.startSession(lone, "seed");
  const session = responses.reduce<steps.Session>((now, r, at) => steps.check(now, lone, item, r, `o${at}`), start);
  const said = feedbackOn(item, steps.stateOf(session, item), "en");
  assert.ok(said);
  return said;
}

const texts = (key: ReturnType<typeof keyOf>) => key.map((entry) => ("html" in entry ? entry.html : entry.text));

test("gaps: what was chosen wrongly is told, each once; the key stands beside the gaps", () => {
  const wrong = { "1": "obedient", "2": "xyz", "3": "secret", "4": "secret" };
  const said = after(gaps, wrong, wrong);
  assert.equal(said.tone, "wrong");
  assert.deepEqual(
    said.notes.map((note) => note.about),
    ["obedient", "secret", "secret"],
  );
  assert.deepEqual(said.key, []);
  assert.equal(
    texts(keyOf(gaps, "en"))[0]?.slice(0, 84),
    "Judges must be <strong>independent</strong>: nobody may tell them how to <strong>dec",
  );
});

test("what a learner typed is text, never markup", () => {
  const cloze = structuredClone(gaps) as ClozeItem;
  const [, typed] = cloze.gaps;
  assert.ok(typed);
  typed.accept = [{ text: "<b>&", credit: 500, feedback: "Half." }];
  const [note] = after(cloze, { "2": "<B>&" }).notes;
  assert.deepEqual(note, { about: "&lt;B&gt;&amp;", html: "Half." });
});

test("an order: parts out of place are told, the whole order is the key", () => {
  const said = after(order, ["court", "object", "ask", "appeal"], ["court", "object", "ask", "appeal"]);
  assert.equal(said.tone, "partly");
  assert.deepEqual(
    said.notes.map((note) => note.html),
    ["A court wants to see first what the office says."],
  );
  assert.equal(texts(said.key).length, 4);
  assert.equal(texts(said.key)[0], "She asks the office for the reason in writing.");
});

test("pairs and groups: only wrong ones are told, the key names all", () => {
  const matched = after(roles, { prosecutor: "witness", defence: "defence" });
  assert.deepEqual(matched.notes, [{ about: "Tells what she saw.", html: "That is a witness." }]);
  assert.equal(
    texts(keyOf(roles, "en"))[2],
    'Judge <span class="e4j-key-place">— Decides after hearing both sides.</span>',
  );
  const sorted = after(sort, { threat: "crime", rent: "crime" });
  assert.deepEqual(
    sorted.notes.map((note) => note.html),
    ["A contract was not kept. A civil court can settle that."],
  );
  assert.equal(texts(keyOf(sort, "en")).length, 4);
});

test("an area: its own note, and the right one as the key", () => {
  const said = after(report, "cash", "cash");
  assert.deepEqual(
    said.notes.map((note) => note.html),
    ["The cash desk takes rent. It decides nothing."],
  );
  assert.deepEqual(texts(said.key), ["The complaints office, with the letter box"]);
});

test("a story without scores: the tone is one's own, and what the other choices lead to can be read", () => {
  const said = after(envelope, ["take", "tell"]);
  assert.equal(said.tone, "yours");
  assert.deepEqual(said.key, []);
  assert.deepEqual(
    said.others.map((note) => note.about),
    ["Refuse it and note the scale.", "Refuse it and offer to help repair the scale.", "Say nothing."],
  );
});

test("a way is followed as far as it leads, honours values, and has a best one", () => {
  const story = structuredClone(envelope) as ScenarioItem;
  assert.deepEqual(
    walk(story, ["take", "refuse"]).steps.map((step) => step.choice.id),
    ["take"],
  );
  assert.equal(walk(story, ["refuse"]).ended, true);
  assert.deepEqual(honoured(story, walk(story, ["take", "tell"])), ["Care for people", "Honesty", "Courage"]);
  assert.deepEqual(honoured(story, walk(story, ["take", "silence"])), ["Care for people"]);
  story.scored = true;
  for (const scene of story.nodes) for (const choice of scene.choices) choice.score = choice.id === "tell" ? 900 : 100;
  assert.deepEqual(
    bestWay(story).map((choice) => choice.id),
    ["take", "tell"],
  );
  assert.equal(after(story, ["refuse"], ["refuse"]).title, "This way holds in part.");
  assert.equal(after(story, ["take", "tell"]).tone, "right");
});

test("a way that leads in a circle has an end all the same", () => {
  const story = structuredClone(envelope) as ScenarioItem;
  story.scored = true;
  const [, evening] = story.nodes;
  const back = evening?.choices[1];
  assert.ok(back);
  back.to = "morning";
  back.score = 1000;
  assert.deepEqual(
    bestWay(story).map((choice) => choice.to),
    ["evening", "late"],
  );
});

test("without a key nothing is right, wrong or told", () => {
  const secret = ["correct", "accept", "key", "token", "score", "values", "hints", "explain", "feedback"];
  const bare = JSON.parse(JSON.stringify(quiz), (name, value) => (secret.includes(name) ? undefined : value)) as Quiz;
  for (const [at, item] of bare.items.entries()) {
    if (item.type === "order") for (const [place, part] of item.parts.entries()) part.id = `x${place + 1}`;
    if (item.type === "survey") continue;
    assert.equal(isKeyed(quiz.items[at] as Item), true, item.id);
    assert.equal(isKeyed(item), false, item.id);
    assert.deepEqual(credits(item, { "1": "independent", threat: "crime" }), {}, item.id);
    assert.deepEqual(keyOf(item, "en"), [], item.id);
  }
});

test("only what puts things in places is a placement", () => {
  assert.deepEqual(placement({ a: "b" }), { a: "b" });
  for (const other of [null, "a", true, ["a"], { text: "a", rubric: [] }]) assert.deepEqual(placement(other), {});
});
