import assert from "node:assert/strict";
import { test } from "node:test";
import { readMessage, type Told, tell } from "../../web/h5p/messages.ts";
import { itemOf, marksOf, mostAnswers, mostMessages, Recorder, responseOf } from "../../web/h5p/recorder.ts";

const whole = "http://localhost/h5p/coin/market";
const part = (name: string) => `${whole}?subContentId=${name}`;
const uuid = "6f1d0b1e-0e5c-4d6f-9d1f-3f1e4b6a7c88";

function recorder(): Recorder {
  return new Recorder({ activity: "h5p-coin-market", rev: "29e38bd5ec73", lang: "ar" });
}

function told(changes: Partial<Told> = {}): Told {
  const verb = "http://adlnet.gov/expapi/verbs/answered";
  return { verb, object: whole, parent: "", kind: "choice", raw: 1, max: 2, response: "0", ...changes };
}

const completed = { verb: "http://adlnet.gov/expapi/verbs/completed", kind: "", response: "" };

test("an answer becomes an event that says whose marks these are", () => {
  assert.deepEqual(recorder().take(told()), {
    k: "answer",
    u: "quiz/h5p-coin-market",
    uv: "29e38bd5ec73",
    i: "activity",
    iv: "29e38bd5ec73",
    t: 1,
    lang: "ar",
    src: "h5p",
    earned: 1000,
    possible: 2000,
    r: "0",
  });
});

test("what was only looked at, and marks that are none, are dropped", () => {
  const quiet = ["attempted", "interacted", "progressed", "experienced", ""].map(
    (verb) => `http://adlnet.gov/expapi/verbs/${verb}`,
  );
  for (const verb of quiet) assert.equal(recorder().take(told({ verb })), null);
  for (const raw of [Number.NaN, Number.POSITIVE_INFINITY]) assert.equal(recorder().take(told({ raw })), null);
  assert.equal(recorder().take(told({ max: -1 })), null);
});

test("items are what H5P calls sub-content, as safe ids", () => {
  assert.equal(itemOf(whole), "activity");
  assert.equal(itemOf(part(uuid.toUpperCase())), uuid);
  assert.equal(itemOf(part("../quiz/lost coin")), "quiz-lost-coin");
  assert.equal(itemOf(part("--")), "activity");
  assert.match(itemOf(part("ab-".repeat(90))), /^[a-z0-9]+(-[a-z0-9]+)*$/);
  assert.ok(itemOf(part("a".repeat(400))).length <= 100);
});

test("marks are whole thousandths within bounds and keep their share", () => {
  assert.deepEqual(marksOf(1, 3), { earned: 1000, possible: 3000 });
  assert.deepEqual(marksOf(0.5, 1), { earned: 500, possible: 1000 });
  assert.deepEqual(marksOf(9, 3), { earned: 3000, possible: 3000 });
  assert.deepEqual(marksOf(-2, 3), { earned: 0, possible: 3000 });
  assert.deepEqual(marksOf(0, 0), { earned: 0, possible: 0 });
  assert.deepEqual(marksOf(1e9, 2e9), { earned: 500_000, possible: 1_000_000 });
  assert.equal(marksOf(1, Number.POSITIVE_INFINITY), null);
});

test("a response is kept where it says which options were taken, never what was typed", () => {
  assert.equal(responseOf("choice", "2"), "2");
  assert.deepEqual(responseOf("choice", "2[,]0"), ["0", "2"]);
  assert.deepEqual(responseOf("sequencing", "2[,]0"), ["2", "0"]);
  assert.equal(responseOf("true-false", "true"), true);
  assert.equal(responseOf("true-false", "false"), false);
  for (const kind of ["fill-in", "long-fill-in", "other", "numeric", "matching", ""])
    assert.equal(responseOf(kind, "7"), undefined);
  assert.equal(responseOf("choice", "amina@example.org"), undefined);
  assert.equal(responseOf("true-false", "Amina"), undefined);
  assert.equal(responseOf("choice", Array(65).fill("1").join("[,]")), undefined);
});

test("a set counts through its questions, not twice", () => {
  const set = recorder();
  assert.equal(set.take(told({ object: part("q1"), parent: whole }))?.i, "q1");
  assert.equal(set.take(told({ object: part("q1"), parent: whole }))?.t, 2);
  assert.equal(set.take(told({ object: part("q1"), parent: whole, ...completed })), null);
  assert.equal(set.take(told({ ...completed, raw: 1, max: 2 })), null);
});

test("a set within a set counts through its questions too", () => {
  const column = recorder();
  assert.equal(column.take(told({ object: part("q1"), parent: part("set") }))?.i, "q1");
  assert.equal(column.take(told({ object: part("set"), parent: whole, ...completed })), null);
  assert.equal(column.take(told(completed)), null);
});

test("what only says that it is completed counts as a whole", () => {
  const branching = recorder();
  assert.deepEqual(branching.take(told({ ...completed, raw: 4, max: 10 })), {
    k: "answer",
    u: "quiz/h5p-coin-market",
    uv: "29e38bd5ec73",
    i: "activity",
    iv: "29e38bd5ec73",
    t: 1,
    lang: "ar",
    src: "h5p",
    earned: 4000,
    possible: 10_000,
  });
});

test("answers and messages of one frame have an end", () => {
  const chatty = recorder();
  const events = Array.from({ length: mostAnswers + 50 }, (_, at) => chatty.take(told({ object: part(`q${at}`) })));
  assert.equal(events.filter(Boolean).length, mostAnswers);
  const calm = recorder();
  assert.ok(Array.from({ length: mostMessages * 5 }, (_, at) => calm.admits(at * 100)).every(Boolean));
  const flood = recorder();
  assert.equal(Array.from({ length: mostMessages + 1 }, () => flood.admits(0)).lastIndexOf(true), mostMessages - 1);
});

test("messages of another shape are none of ours, and no part of one is believed", () => {
  for (const data of [
    null,
    undefined,
    1,
    "h5p",
    {},
    { context: "h5p", action: "hello" },
    { e4j: "h5p", is: "other" },
    { e4j: "h5p", is: "statement" },
  ])
    assert.equal(readMessage(data), null);
  assert.deepEqual(readMessage({ e4j: "h5p", is: "ready", u: "quiz/other" }), { e4j: "h5p", is: "ready" });
  const message = readMessage({
    e4j: "h5p",
    is: "statement",
    told: { verb: 7, object: "x".repeat(501), raw: "1", actor: "Amina", u: "quiz/other" },
  });
  assert.deepEqual(message, { e4j: "h5p", is: "statement", told: tell({}) });
});
