import assert from "node:assert/strict";
import { test } from "node:test";
import { feedbackOn, keyOf, writeNumber } from "../../web/player/feedback.ts";
import { fitText } from "../../web/player/fit.ts";
import { readNumbers } from "../../web/player/numbers.ts";
import * as steps from "../../web/player/session.ts";
import { nearMiss, oneEditApart } from "../../web/player/spelling.ts";
import { advisedLength, countWords } from "../../web/player/words.ts";
import type { AnswerBody, Item, Quiz } from "../../web/types.ts";
import payload from "./harness/quiz.en.json";

const quiz = payload as unknown as Quiz;
const [finder, offences, small, term, year, dilemma, letter] = quiz.items as [Item, Item, Item, Item, Item, Item, Item];

function bodies(session: steps.Session): AnswerBody[] {
  return session.pending.map((one) => one.body as AnswerBody);
}

function answerAll(start: steps.Session): steps.Session {
  const answers: [Item, Parameters<typeof steps.check>[3]][] = [
    [finder, "owner"],
    [offences, ["bribe", "threat"]],
    [small, false],
    [term, "Corruption."],
    [year, "٢٥"],
    [dilemma, "ask"],
    [letter, { text: "Because.", rubric: ["r1", "r2"] }],
  ];
  return answers.reduce((session, [item, r]) => steps.check(session, quiz, item, r, item.id), start);
}

test("a right answer closes the item and writes one event of the contract's shape", () => {
  const session = steps.check(steps.startSession(quiz), quiz, finder, "owner", "o1");
  assert.deepEqual(session.pending, [
    {
      once: "o1",
      body: {
        k: "answer",
        u: "quiz/market-check",
        uv: "m1",
        i: "finder",
        iv: "r-finder",
        r: "owner",
        earned: 1000,
        possible: 1000,
        t: 1,
        lang: "en",
      },
    },
  ]);
  assert.equal(steps.stateOf(session, finder).done, true);
});

test("a wrong first try invites a second; the second closes the item and shows the key", () => {
  const first = steps.check(steps.startSession(quiz), quiz, finder, "market", "o1");
  assert.equal(steps.stateOf(first, finder).done, false);
  assert.deepEqual(feedbackOn(finder, steps.stateOf(first, finder), "en")?.key, []);
  const second = steps.check(first, quiz, finder, "finder", "o2");
  const state = steps.stateOf(second, finder);
  assert.equal(state.done, true);
  const said = feedbackOn(finder, state, "en");
  assert.deepEqual(said?.key, [{ html: "They still belong to the person who lost them." }]);
  assert.deepEqual(said?.notes, [{ about: null, html: "Amina holds the coins, but she does not own them." }]);
  assert.deepEqual(
    bodies(second).map((body) => body.t),
    [1, 2],
  );
});

test("true or false has one try: the second of two would teach nothing", () => {
  const session = steps.check(steps.startSession(quiz), quiz, small, true, "o1");
  assert.equal(steps.stateOf(session, small).done, true);
  assert.deepEqual(keyOf(small, "en"), [{ text: "False" }]);
});

test("a slip in spelling costs no try, once", () => {
  const slip = steps.check(steps.startSession(quiz), quiz, term, "coruption", "o1");
  assert.equal(steps.stateOf(slip, term).stage, "slip");
  assert.deepEqual(slip.pending, []);
  const counted = steps.check(slip, quiz, term, "coruption", "o2");
  assert.deepEqual(
    bodies(counted).map((body) => [body.earned, body.t]),
    [[0, 1]],
  );
});

test("partial credit is told with the entry's own feedback", () => {
  const session = steps.check(steps.startSession(quiz), quiz, year, "26", "o1");
  const said = feedbackOn(year, steps.stateOf(session, year), "en");
  assert.equal(said?.tone, "partly");
  assert.deepEqual(said?.notes, [{ about: null, html: "One off. Count once more." }]);
});

test("a dilemma shows what speaks for the choice, and for the others", () => {
  const session = steps.check(steps.startSession(quiz), quiz, dilemma, "wait", "o1");
  const said = feedbackOn(dilemma, steps.stateOf(session, dilemma), "en");
  assert.equal(said?.tone, "yours");
  assert.equal(said?.notes.length, 1);
  assert.equal(said?.others.length, 2);
});

test("the last answer writes one done event, and starting again writes no second", () => {
  const whole = answerAll(steps.startSession(quiz));
  const done = whole.pending.filter((one) => one.body.k === "done");
  assert.deepEqual(done, [{ once: "letter-done", body: { k: "done", u: "quiz/market-check", uv: "m1", lang: "en" } }]);
  assert.deepEqual(steps.totals(whole, quiz), { earned: 8000, possible: 9000 });
  const again = steps.again(
    whole,
    quiz,
    quiz.items.map((item) => item.id),
  );
  assert.equal(answerAll(again).pending.filter((one) => one.body.k === "done").length, 1);
  assert.equal(steps.stateOf(again, finder).tries, 1);
});

test("retrying asks only what was wrong; reflections and dilemmas are nobody's mistakes", () => {
  const wrong = steps.check(steps.startSession(quiz), quiz, small, true, "o1");
  const both = steps.check(steps.check(wrong, quiz, dilemma, "ask", "o2"), quiz, finder, "owner", "o3");
  const ids = steps.wrongIds(both, quiz);
  assert.deepEqual(ids, ["small"]);
  const retry = steps.again(both, quiz, ids);
  assert.deepEqual([retry.run, retry.at, steps.stateOf(retry, finder).done], [["small"], 0, true]);
});

test("giving up closes an item without an event", () => {
  const tried = steps.check(steps.startSession(quiz), quiz, finder, "market", "o1");
  const session = steps.giveUp(tried, quiz, finder, "o2");
  assert.equal(steps.stateOf(session, finder).done, true);
  assert.equal(session.pending.length, 1);
});

test("a resumed session is the saved one; an edited item starts afresh", () => {
  const saved = steps.draft(steps.check(steps.startSession(quiz), quiz, finder, "owner", "o1"), term, "corr");
  const copy = JSON.parse(JSON.stringify(saved)) as steps.Session;
  assert.deepEqual(steps.resumeSession(quiz, copy), saved);
  const edited = { ...quiz, items: quiz.items.map((item) => (item === finder ? { ...item, rev: "new" } : item)) };
  const resumed = steps.resumeSession(edited as Quiz, copy);
  assert.equal(resumed.items.finder?.done, false);
  assert.equal(resumed.items.term?.draft, "corr");
});

test("a child's free text stays out of the event and out of the saved session", () => {
  const child: Quiz = { ...quiz, tier: "primary" };
  const typed = steps.check(steps.startSession(child), child, term, "corruption", "o1");
  const chosen = steps.check(typed, child, finder, "owner", "o2");
  assert.deepEqual(
    bodies(chosen).map((body) => "r" in body),
    [false, true],
  );
  const { session, texts } = steps.splitTexts(chosen, child);
  assert.equal(JSON.stringify(session).includes("corruption"), false);
  assert.deepEqual(steps.joinTexts(session, texts), chosen);
});

test("an event stays under the server's 4 KB, however long the text", () => {
  for (const text of ["я".repeat(9000), "中".repeat(9000), '"'.repeat(9000), "😀".repeat(9000)]) {
    const body = steps.check(steps.startSession(quiz), quiz, letter, { text, rubric: ["r1"] }, "o").pending[0]?.body;
    assert.ok(new TextEncoder().encode(JSON.stringify(body)).length < 3500);
  }
  assert.equal(fitText("short \ud800"), "short \ufffd");
  assert.equal(fitText("😀"), "😀");
});

test("what is no number is told apart from a wrong number", () => {
  assert.deepEqual(readNumbers("many"), []);
  assert.deepEqual(readNumbers("1,000"), ["1.000", "1000"]);
  assert.equal(writeNumber("2.5", "fr"), "2,5");
  assert.equal(writeNumber("2.5", "zh"), "2.5");
});

test("one edit apart: insert, delete, replace, swap", () => {
  const near = ["bribes", "brbe", "brine", "birbe"].map((word) => oneEditApart(word, "bribe"));
  assert.deepEqual(near, [true, true, true, true]);
  assert.deepEqual(
    ["bribe", "tribal", "ribeb"].map((word) => oneEditApart(word, "bribe")),
    [false, false, false],
  );
  assert.equal(nearMiss({ ...term, accept: [{ text: "лож", credit: 1000 }] } as Item, "ложь"), false);
});

test("words are counted as readers count them", () => {
  assert.equal(countWords("It’s a well-known  fact."), 4);
  assert.equal(countWords("هذا نصٌّ قصير"), 3);
  assert.equal(countWords("我会上交，因为失主在找。"), 10);
  assert.deepEqual(advisedLength({ min: 20, max: 120 }, "zh"), { min: 30, max: 180 });
  assert.deepEqual(advisedLength({ min: 20, max: 120 }, "fr"), { min: 20, max: 120 });
});
