import assert from "node:assert/strict";
import { test } from "node:test";
import { chipWords } from "../../web/site/chip.ts";
import { pathBelow } from "../../web/site/continue.ts";
import { type Card, type Choice, choiceOf, fits, readQuery, readRange, writeQuery } from "../../web/site/filter.ts";
import { headingAt, placeHref } from "../../web/site/language.ts";
import { moduleStandings, quizStandings } from "../../web/site/standing.ts";
import { asTheme, nextTheme } from "../../web/site/theme.ts";
import type { Progress, SyncStatus } from "../../web/types.ts";

const card: Card = {
  level: "primary",
  themes: ["honesty", "respect"],
  ages: { min: 9, max: 12 },
  minutes: 90,
  translated: 80,
};
const choice = (some: Partial<Choice>): Choice => choiceOf((name) => some[name] ?? []);

test("a card fits when one value of every chosen field does", () => {
  const tried: [Partial<Choice>, boolean][] = [
    [{}, true],
    [{ level: ["primary"] }, true],
    [{ level: ["secondary"] }, false],
    [{ level: ["secondary", "primary"] }, true],
    [{ theme: ["respect"], level: ["primary"] }, true],
    [{ theme: ["fraud"] }, false],
    [{ age: ["9"] }, true],
    [{ age: ["13"] }, false],
    [{ age: ["12-14"] }, true],
    [{ time: ["90"] }, true],
    [{ time: ["45"] }, false],
    [{ time: ["60-"] }, true],
    [{ complete: ["1"] }, false],
    [{ age: ["nonsense"] }, true],
  ];
  for (const [some, expected] of tried) assert.equal(fits(card, choice(some)), expected, JSON.stringify(some));
});

test("ranges and queries are read as written", () => {
  assert.deepEqual(readRange("9-12"), { min: 9, max: 12 });
  assert.deepEqual(readRange("-45"), { min: 0, max: 45 });
  assert.deepEqual(readRange("90-"), { min: 90, max: Number.POSITIVE_INFINITY });
  assert.equal(readRange("-"), null);
  const query = writeQuery("?x=1&level=old", choice({ level: ["primary"], theme: ["a", "b"] }));
  assert.equal(query, "?x=1&level=primary&theme=a&theme=b");
  assert.deepEqual(readQuery(query), choice({ level: ["primary"], theme: ["a", "b"] }));
  assert.equal(writeQuery("?level=old", choice({})), "");
});

test("a change of language keeps query and heading", () => {
  assert.equal(
    placeHref("../ar/story.html?x#y", { search: "?level=primary", hash: "#coin" }),
    "../ar/story.html?level=primary#coin",
  );
  const headings = [
    { id: "a", top: -200 },
    { id: "b", top: 90 },
    { id: "c", top: 800 },
  ];
  assert.deepEqual([headingAt(headings, 240), headingAt(headings, -300)], ["b", null]);
});

test("the way back is a path below the language folder, or nothing", () => {
  assert.equal(pathBelow("file:///stick/ar/", "file:///stick/ar/m/story.html?x#y"), "m/story.html");
  assert.equal(pathBelow("file:///stick/ar/", "file:///stick/en/m/story.html"), null);
});

test("the theme goes round", () => {
  assert.deepEqual([nextTheme("system"), nextTheme("light"), nextTheme("dark")], ["light", "dark", "system"]);
  assert.deepEqual([asTheme("dark"), asTheme("pink"), asTheme(null)], ["dark", "system", "system"]);
});

test("the chip says where the answers are", () => {
  const status: SyncStatus = { state: "idle", waiting: 0, durable: true, enrolled: true };
  const tried: [Partial<SyncStatus>, string][] = [
    [{}, "All saved"],
    [{ waiting: 3 }, "Not sent yet: 3"],
    [{ waiting: 3, state: "sending" }, "Not sent yet: 3"],
    [{ enrolled: false }, "Saved on this device"],
    [{ waiting: 3, state: "absent" }, "Saved on this device"],
    [{ waiting: 3, state: "local" }, "Saved on this device. Nothing is sent from here."],
    [{ durable: false, state: "local" }, "Answers can't be saved on this device"],
  ];
  for (const [some, words] of tried) assert.equal(chipWords({ ...status, ...some }).words, words);
});

test("standings count pages by module and points by quiz", () => {
  const progress: Progress = {
    events: 3,
    pages: {
      "m/a": { viewed: true, done: true },
      "m/b": { viewed: true, done: false },
      "n/a": { viewed: false, done: false },
    },
    quizzes: {
      q: {
        items: {
          x: {
            tries: 2,
            first: { earned: 0, possible: 1000 },
            best: { earned: 1000, possible: 1000 },
            last: { earned: 0, possible: 1000, iv: "1" },
          },
        },
      },
    },
  };
  const listing = {
    pages: {
      "m/a": { title: "A", href: "m/a.html", in: "M" },
      "m/b": { title: "B", href: "m/b.html", in: "M" },
      "n/a": { title: "A", href: "n/a.html", in: "N" },
    },
    quizzes: { q: { title: "Q", href: "q.html" }, other: { title: "O", href: "o.html" } },
  };
  assert.deepEqual(moduleStandings(listing, progress), [
    {
      module: "m",
      title: "M",
      done: 1,
      all: 2,
      pages: [
        { title: "A", href: "m/a.html", state: "done" },
        { title: "B", href: "m/b.html", state: "started" },
      ],
    },
  ]);
  assert.deepEqual(quizStandings(listing, progress), [
    { title: "Q", href: "q.html", answered: 1, items: null, best: { earned: 1000, possible: 1000 } },
  ]);
});
