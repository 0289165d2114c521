import assert from "node:assert/strict";
import { test } from "node:test";
import * as attempts from "../../web/player/attempt.ts";
import { calibration } from "../../web/player/calibration.ts";
import { numbers } from "../../web/player/chance.ts";
import { feedbackOn, keyOf, writeNumber } from "../../web/player/feedback.ts";
import { fitResponse, fitText } from "../../web/player/fit.ts";
import { readNumbers } from "../../web/player/numbers.ts";
import { isBlank, keepsResponse, sameResponse } from "../../web/player/response.ts";
import * as steps from "../../web/player/session.ts";
import { nearMiss, oneEditApart } from "../../web/player/spelling.ts";
import { advisedLength, countWords } from "../../web/player/words.ts";
import type { AnswerBody, AttemptResult, Item, Quiz, Response } from "../../web/types.ts";
import kindsPayload from "./harness/kinds.en.json";
import payload from "./harness/quiz.en.json";

const seed = "5f2b8a52-0c1e-4d1f-9d3a-0f1e2d3c4b5a";
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
  const session = steps.check(steps.startSession(quiz, seed), quiz, finder, "owner", "o1");
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
  const first = steps.check(steps.startSession(quiz, seed), quiz, finder, "market", "o1");
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
  const session = steps.check(steps.startSession(quiz, seed), quiz, small, true, "o1");
  assert.equal(steps.stateOf(session, small).done, true);
  assert.deepEqual(keyOf(small, "en"), [{ text: "False" }]);
});

test("a slip in spelling costs no try, once", () => {
  const slip = steps.check(steps.startSession(quiz, seed), quiz, term, "coruption", "o1");
  assert.equal(steps.stateOf(slip, term).stage, "slip");
  assert.deepEqual(slip.pending, []);
  const counted = steps.check(slip, quiz, term, "coruption", "o2");
  assert.deepEqual(
    bodies(counted).map((body) => [body.earned, body.t]),
    [[0, 1]],
  );
});

test("partial credit is told with the entry's own feedback", () => {
  const session = steps.check(steps.startSession(quiz, seed), quiz, year, "26", "o1");
  const said = feedbackOn(year, steps.stateOf(session, year), "en");
  assert.equal(said?.tone, "partly");
  assert.deepEqual(said?.notes, [{ about: null, html: "One off. Count once more." }]);
});

test("a dilemma shows what speaks for the choice, and for the others", () => {
  const session = steps.check(steps.startSession(quiz, seed), quiz, dilemma, "wait", "o1");
  const said = feedbackOn(dilemma, steps.stateOf(session, dilemma), "en");
  assert.equal(said?.tone, "yours");
  assert.equal(said?.notes.length, 1);
  assert.equal(said?.others.length, 2);
});

test("the last answer writes one done event, and starting again writes no second", () => {
  const whole = answerAll(steps.startSession(quiz, seed));
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
  const wrong = steps.check(steps.startSession(quiz, seed), quiz, small, true, "o1");
  const both = steps.check(steps.check(wrong, quiz, dilemma, "ask", "o2"), quiz, finder, "owner", "o3");
  const ids = steps.wrongIds(both, quiz);
  assert.deepEqual(ids, ["small"]);
  const retry = steps.again(both, quiz, ids);
  assert.deepEqual([retry.run, retry.at, steps.stateOf(retry, finder).done], [["small"], 0, true]);
});

test("giving up closes an item without an event", () => {
  const tried = steps.check(steps.startSession(quiz, seed), quiz, finder, "market", "o1");
  const session = steps.giveUp(tried, quiz, finder, "o2");
  assert.equal(steps.stateOf(session, finder).done, true);
  assert.equal(session.pending.length, 1);
});

test("a resumed session is the saved one; an edited item starts afresh", () => {
  const saved = steps.draft(steps.check(steps.startSession(quiz, seed), quiz, finder, "owner", "o1"), term, "corr");
  const copy = JSON.parse(JSON.stringify(saved)) as steps.Session;
  assert.deepEqual(steps.resumeSession(quiz, copy, "another"), saved);
  const edited = { ...quiz, items: quiz.items.map((item) => (item === finder ? { ...item, rev: "new" } : item)) };
  const resumed = steps.resumeSession(edited as Quiz, copy, "another");
  assert.equal(resumed.items.finder?.done, false);
  assert.equal(resumed.items.term?.draft, "corr");
});

test("a child's free text stays out of the event and out of the saved session", () => {
  const child: Quiz = { ...quiz, tier: "primary" };
  const typed = steps.check(steps.startSession(child, seed), child, term, "corruption", "o1");
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
    const body = steps.check(steps.startSession(quiz, seed), quiz, letter, { text, rubric: ["r1"] }, "o").pending[0]
      ?.body;
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
  const forms = ["يحكمون", "يحكموا"].map((text) => ({ text, credit: 1000 }));
  assert.equal(nearMiss({ ...term, accept: forms } as Item, "يحكموا"), false);
  assert.equal(nearMiss({ ...term, accept: [{ text: "лож", credit: 1000 }] } as Item, "ложь"), false);
});

test("words are counted as readers count them", () => {
  assert.equal(countWords("It’s a well-known  fact."), 4);
  assert.equal(countWords("هذا نصٌّ قصير"), 3);
  assert.equal(countWords("我会上交，因为失主在找。"), 10);
  assert.deepEqual(advisedLength({ min: 20, max: 120 }, "zh"), { min: 30, max: 180 });
  assert.deepEqual(advisedLength({ min: 20, max: 120 }, "fr"), { min: 20, max: 120 });
});

const kinds = { ...quiz, tries: 3, items: kindsPayload.items } as unknown as Quiz;
const bank: Quiz = {
  ...quiz,
  shuffle: true,
  draw: [
    { n: 2, from: ["choice"] },
    { n: 1, from: [] },
  ],
  items: quiz.items.map((item) => ({ ...item, shuffle: true, tags: "options" in item ? ["choice"] : [] })),
};
const seeds = Array.from({ length: 40 }, (_, at) => `seed-${at}`);

function copyOf<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

/** Take steps that a seed names: drafts, checks, certainty, places. */
function wander(from: steps.Session, of: Quiz, by: string): steps.Session {
  const next = numbers(by);
  const responses: Response[] = ["owner", ["bribe", "rent"], true, "corr", { "1": "x", "2": "deci" }, ["ask", "court"]];
  let session = from;
  for (let at = 0; at < 12; at += 1) {
    const items = steps.askedItems(session, of);
    const item = items[next() % items.length] as Item;
    const response = responses[next() % responses.length] as Response;
    const ways = [
      () => steps.draft(session, item, response),
      () => steps.check(session, of, item, response, `o${at}`),
      () => steps.say(session, item, ((next() % 3) + 1) as 1 | 2 | 3),
      () => steps.goTo(session, next() % 4),
      () => steps.hint(session, item),
      () => steps.restart(session, of, `${by}-${at}`),
    ];
    session = (ways[next() % ways.length] as () => steps.Session)();
  }
  return session;
}

test("whatever was done, the session taken up is the one that was saved", () => {
  for (const of of [quiz, bank, kinds]) {
    for (const by of seeds) {
      const session = wander(steps.startSession(of, by), of, by);
      assert.deepEqual(steps.resumeSession(of, copyOf(session), "another"), session);
      const { session: kept, texts } = steps.splitTexts(session, { ...of, tier: "primary" });
      assert.deepEqual(steps.joinTexts(copyOf(kept), copyOf(texts)), session);
    }
  }
});

test("a seed draws the same items in the same order, and other seeds draw others", () => {
  const drawn = seeds.map((one) => steps.startSession(bank, one).drawn);
  assert.deepEqual(
    seeds.map((one) => steps.startSession(bank, one).drawn),
    drawn,
  );
  assert.ok(new Set(drawn.map((ids) => ids.join())).size > 5);
  assert.deepEqual(
    drawn.filter(
      (ids) => new Set(ids).size !== 3 || ids.filter((id) => bank.items.some((one) => one.id === id)).length !== 3,
    ),
    [],
  );
});

test("parts that a learner puts in place are always mixed; options only where the author says so", () => {
  const ids = (parts: readonly { id: string }[]) => parts.map((part) => part.id);
  for (const one of seeds) {
    for (const item of kinds.items) {
      const shown = steps.orderOf(one, item);
      if (item.type === "order") assert.notDeepEqual(shown, ids(item.parts));
      if (item.type === "match") assert.deepEqual([...shown].sort(), ids(item.rights).sort());
      if (item.type === "categorize") assert.deepEqual([...shown].sort(), ids(item.things).sort());
      if (item.type === "cloze") assert.deepEqual([...shown].sort(), ids(item.tokens).sort());
    }
    assert.deepEqual(steps.orderOf(one, finder), ["owner", "finder", "teacher"]);
  }
  assert.ok(new Set(seeds.map((one) => steps.orderOf(one, { ...finder, shuffle: true } as Item).join())).size > 3);
});

test("starting again draws anew and counts tries on; retrying keeps the draw", () => {
  const start = steps.startSession(bank, "seed-1");
  const [first] = steps.askedItems(start, bank) as [Item];
  const wrong = steps.check(start, bank, first, "nothing", "o1");
  const retry = steps.again(wrong, bank, steps.wrongIds(wrong, bank));
  assert.deepEqual([retry.seed, retry.drawn], [start.seed, start.drawn]);
  const anew = steps.restart(wrong, bank, "seed-2");
  assert.deepEqual([anew.seed, anew.drawn], ["seed-2", steps.startSession(bank, "seed-2").drawn]);
  assert.equal(anew.items[first.id]?.tries, 1);
  assert.equal(anew.items[first.id]?.done ?? false, false);
});

test("a drawn item that is gone is replaced by nothing", () => {
  const start = steps.startSession(bank, seed);
  const [gone, ...rest] = start.drawn;
  const smaller = { ...bank, items: bank.items.filter((item) => item.id !== gone) };
  const resumed = steps.resumeSession(smaller, copyOf(start), "another");
  assert.deepEqual([resumed.drawn, resumed.run, resumed.seed], [rest, rest, seed]);
});

test("a session of before seeds is taken up without loss", () => {
  const now = steps.draft(steps.check(steps.startSession(quiz, ""), quiz, finder, "owner", "o1"), term, "corr");
  const old = copyOf(now) as unknown as Record<string, unknown>;
  for (const name of ["seed", "drawn", "attempt", "used"]) delete old[name];
  for (const state of Object.values(old.items as Record<string, Partial<steps.ItemState>>)) {
    delete state.sure;
    delete state.first;
  }
  const resumed = steps.resumeSession(quiz, { ...old, v: 1 } as unknown as steps.SavedSession, seed);
  assert.equal(resumed.seed, seed);
  assert.deepEqual(resumed.drawn, now.drawn);
  const first = { ...now.items.finder, first: null };
  assert.deepEqual(resumed.items, { ...now.items, finder: first });
  assert.deepEqual(resumed.pending, now.pending);
});

test("tries are the author's; where nothing is marked there is one", () => {
  const allowed = kinds.items.map((item) => [item.type, steps.triesAllowed(kinds, item)]);
  const one = ["survey", "reflect", "truefalse"];
  for (const [type, tries] of allowed) if (type !== "scenario") assert.equal(tries, one.includes(String(type)) ? 1 : 3);
  const story = kinds.items.find((item) => item.type === "scenario") as Item & { type: "scenario" };
  assert.equal(steps.triesAllowed(kinds, { ...story, scored: false }), 1);
  assert.equal(steps.triesAllowed(kinds, { ...story, scored: true }), 3);
  assert.equal(steps.triesAllowed({ ...quiz, mode: "survey" }, finder), 1);
  assert.equal(steps.triesAllowed(quiz, finder), 2);
});

test("a blank answer is one that says nothing", () => {
  const blank: (Response | null)[] = [null, "", " ", [], {}, { "1": "", "2": " " }, { text: " ", rubric: ["r1"] }];
  assert.deepEqual(
    blank.filter((one) => !isBlank(one)),
    [],
  );
  const said: Response[] = [false, "a", ["a"], { "1": "", "2": "x" }, { text: "a", rubric: [] }];
  assert.deepEqual(said.filter(isBlank), []);
  assert.equal(sameResponse({ a: "1", b: "2" }, { b: "2", a: "1" }), true);
  assert.equal(sameResponse(["a", "b"], ["b", "a"]), false);
});

test("gaps to write in are shortened together, and ids are never cut", () => {
  const gaps = Array.from({ length: 12 }, (_, at) => ({
    id: `${at}`,
    kind: at < 10 ? ("text" as const) : ("drag" as const),
  }));
  const item = { id: "c", rev: "1", points: 1, stem: "", type: "cloze", gaps, tokens: [] } as Item;
  const long = Object.fromEntries(
    gaps.map((gap) => [gap.id, gap.kind === "text" ? "я".repeat(500) : "a-long-token-id"]),
  );
  const fitted = fitResponse(long, item) as Record<string, string>;
  assert.ok(new TextEncoder().encode(JSON.stringify(fitted)).length < 3300);
  assert.equal(fitted["11"], "a-long-token-id");
  assert.ok(fitted["0"]?.endsWith("…"));
});

test("a cloze to write in is a child's own words; one to choose in is not", () => {
  const child: Quiz = { ...kinds, tier: "primary" };
  const gaps = kinds.items.find((item) => item.type === "cloze") as Item;
  assert.equal(keepsResponse(child, gaps), false);
  assert.equal(keepsResponse(kinds, gaps), true);
  assert.equal(keepsResponse(child, finder), true);
  assert.equal(nearMiss(gaps, { "2": "decdie" }), true);
  assert.equal(nearMiss(gaps, { "2": "decide" }), false);
});

test("certainty goes with the answer, costs nothing, and brings what was sure and wrong to the front", () => {
  const sure: Quiz = { ...quiz, tries: 1, items: quiz.items.map((item) => ({ ...item, confidence: true })) };
  const [one, two, three, , , opinion] = sure.items as [Item, Item, Item, Item, Item, Item];
  let session = steps.startSession(sure, seed);
  session = steps.check(steps.say(session, one, 3), sure, one, "owner", "a");
  session = steps.check(steps.say(session, two, 1), sure, two, ["rent"], "b");
  session = steps.check(steps.say(session, three, 3), sure, three, true, "c");
  session = steps.check(steps.say(session, opinion, 3), sure, opinion, "ask", "d");
  assert.deepEqual(
    bodies(session).map((body) => [body.i, body.c ?? null, body.earned]),
    [
      ["finder", 3, 1000],
      ["offences", 1, 0],
      ["small", 3, 0],
      ["dilemma", null, 0],
    ],
  );
  assert.deepEqual(steps.wrongIds(session, sure), ["small", "offences"]);
  assert.deepEqual(calibration(session, sure), [
    { sure: 3, right: 1, wrong: 1 },
    { sure: 1, right: 0, wrong: 1 },
  ]);
});

test("a survey marks nothing, whatever its questions", () => {
  const survey: Quiz = { ...quiz, mode: "survey" };
  const session = steps.check(steps.startSession(survey, seed), survey, finder, "market", "a");
  assert.deepEqual(
    bodies(session).map(({ earned, possible }) => [earned, possible]),
    [[0, 0]],
  );
  assert.equal(steps.verdict(finder, steps.stateOf(session, finder)), "yours");
  assert.deepEqual(steps.totals(session, survey), { earned: 0, possible: 0 });
});

// ---- attempts -----------------------------------------------------------------------------------

const exam: Quiz = { ...quiz, mode: "assessed", attempts: 2, rev: "e1" };
const result: AttemptResult = {
  attempt: seed,
  quiz: "market-check",
  state: "handed-in",
  earned: 500,
  possible: 2000,
  passed: false,
  items: { finder: { earned: 500, possible: 1000, remarked: true } },
  attempts: { used: 1, allowed: 2 },
};

test("an attempt never writes marks, and names itself in every event", () => {
  for (const by of seeds) {
    const next = numbers(by);
    let session = attempts.begin(steps.startSession(exam, "x"), exam, by);
    for (let at = 0; at < 10; at += 1) {
      const items = steps.askedItems(session, exam);
      const item = items[next() % items.length] as Item;
      session = attempts.keep(session, exam, item, ["owner", true, "25"][next() % 3] as Response, `o${at}`);
    }
    session = attempts.handIn(session, exam, "end");
    assert.deepEqual(
      session.pending.filter(({ body }) => body.a !== by || "earned" in body || "possible" in body),
      [],
    );
    assert.deepEqual(session.pending.at(-1), {
      once: "end",
      body: { k: "done", a: by, u: "quiz/market-check", uv: "e1", lang: "en" },
    });
    assert.deepEqual(
      steps.askedItems(session, exam).filter((item) => !["open", "yours"].includes(attempts.standing(session, item))),
      [],
    );
    assert.deepEqual(steps.resumeSession(exam, copyOf(session), "another"), session);
  }
});

test("answers may be changed until the attempt is handed in, and not afterwards", () => {
  const open = attempts.begin(steps.startSession(exam, "x"), exam, seed);
  const twice = attempts.keep(attempts.keep(open, exam, finder, "owner", "a"), exam, finder, "market", "b");
  assert.deepEqual(
    bodies(twice).map((body) => [body.r, body.t]),
    [
      ["owner", 1],
      ["market", 2],
    ],
  );
  const handedIn = attempts.handIn(twice, exam, "c");
  assert.equal(attempts.keep(handedIn, exam, finder, "owner", "d"), handedIn);
  assert.equal(attempts.handIn(handedIn, exam, "e"), handedIn);
});

test("handing in names what is not answered and what is not saved", () => {
  let session = attempts.begin(steps.startSession(exam, "x"), exam, seed);
  session = attempts.keep(session, exam, finder, "owner", "a");
  session = steps.draft(session, offences, ["bribe"]);
  assert.deepEqual(attempts.missing(session, exam), { unanswered: [3, 4, 5, 6, 7], unsaved: [2] });
  session = steps.draft(session, finder, "market");
  assert.deepEqual(attempts.missing(session, exam).unsaved, [1, 2]);
});

test("an open attempt stays what it was when the page is rebuilt", () => {
  const session = attempts.keep(attempts.begin(steps.startSession(exam, "x"), exam, seed), exam, finder, "owner", "a");
  const translated = { ...finder, stem: "من يملكها؟" };
  const edited = { ...small, rev: "r-small-2", stem: "Another statement" };
  const rebuilt: Quiz = { ...exam, rev: "e2", items: [translated, edited] as Item[] };
  const resumed = steps.resumeSession(rebuilt, copyOf(session), "another");
  assert.deepEqual(resumed, session);
  const items = steps.askedItems(resumed, rebuilt);
  assert.deepEqual(
    items.map((item) => item.id),
    exam.items.map((item) => item.id),
  );
  assert.equal(items[0]?.stem, "من يملكها؟");
  assert.equal(items[2]?.stem, small.stem);
  assert.equal(attempts.hasChanged(resumed, rebuilt), true);
  const after = attempts.handIn(resumed, rebuilt, "b");
  assert.equal(after.pending.at(-1)?.body.uv, "e1");
  const next = attempts.begin(after, rebuilt, "new");
  assert.deepEqual([next.attempt?.uv, next.drawn], ["e2", ["finder", "small"]]);
});

test("the server's word decides: marks, verdicts and attempts used", () => {
  let session = attempts.handIn(attempts.begin(steps.startSession(exam, "x"), exam, seed), exam, "a");
  assert.equal(attempts.attemptsLeft(session, exam), 1);
  assert.equal(attempts.receive(session, { ...result, attempt: "other" }), session);
  session = attempts.receive(session, { ...result, attempts: { used: 2, allowed: 2 } });
  assert.equal(attempts.standing(session, finder), "partly");
  assert.equal(attempts.standing(session, dilemma), "open");
  assert.equal(attempts.attemptsLeft(session, exam), 0);
  assert.equal(attempts.attemptsLeft(session, { ...exam, attempts: 0 }), null);
});

test("what is no result is not read as one", () => {
  assert.deepEqual(attempts.readResult(result), result);
  const none = [null, "x", {}, { ...result, state: "open" }, { error: { code: "unknown-attempt" } }];
  assert.deepEqual(
    none.filter((body) => attempts.readResult(body) !== null),
    [],
  );
});

test("what was not saved is not handed in, and is not shown as if it were", () => {
  let session = attempts.begin(steps.startSession(exam, "x"), exam, seed);
  session = attempts.keep(session, exam, finder, "owner", "a");
  session = steps.draft(steps.draft(session, finder, "market"), term, "corr");
  session = attempts.handIn(session, exam, "b");
  assert.equal(session.items.finder?.draft, "owner");
  assert.equal(session.items.term?.draft, null);
  const marked = attempts.receive(session, result);
  assert.equal(attempts.receive(marked, copyOf(result)), marked);
});
