import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { acceptedEntry, mark, possible } from "../../web/player/marking.ts";
import { normalize } from "../../web/player/normalize.ts";
import { readNumbers, within } from "../../web/player/numbers.ts";
import type { Item, NormalizeStep } from "../../web/types.ts";

interface Case {
  name: string;
  item: string;
  response: unknown;
  earned: number;
  possible: number;
  parts: Record<string, number>;
  feedback?: string[];
}

interface Vectors {
  items: Record<string, Item>;
  cases: Case[];
  normalize: { steps: NormalizeStep[]; in: string; out: string }[];
  numbers: { typed: string; unit: string; out: string[] }[];
  within: { number: string; value: string; tolerance: string; out: boolean }[];
}

// Parsed, not imported: a bundler may read "__proto__" in another way than a page does.
const vectors: Vectors = JSON.parse(readFileSync("tests/marking/vectors.json", "utf8"));
const items = new Map(Object.entries(vectors.items));

function itemOf(name: string): Item {
  const item = items.get(name);
  assert.ok(item, name);
  return item;
}

test(`marks: ${vectors.cases.length} vectors`, () => {
  const got = vectors.cases.map(({ name, item, response, feedback }) => {
    const marks = mark(itemOf(item), response);
    const { earned, possible, parts } = marks;
    const told = feedback ? { feedback: marks.feedback } : {};
    return { name, item, response, earned, possible, parts, ...told };
  });
  assert.deepEqual(got, vectors.cases);
});

test("names of prototypes stay what they are", () => {
  const { parts } = mark(itemOf("cloze-names"), JSON.parse('{"__proto__": "court"}'));
  assert.deepEqual(Object.entries(parts), [
    ["constructor", 0],
    ["__proto__", 1000],
  ]);
});

test("what an item can earn does not depend on the response", () => {
  for (const { item, possible: most } of vectors.cases) assert.equal(possible(itemOf(item)), most);
});

test("the accepted entry is the one that gave the credit", () => {
  const credited = vectors.cases.filter(({ item }) => ["short", "numeric"].includes(itemOf(item).type));
  for (const { name, item, response, earned, possible: most } of credited) {
    assert.equal(((acceptedEntry(itemOf(item), response)?.credit ?? 0) * most) / 1000, earned, name);
  }
  assert.equal(acceptedEntry(itemOf("single3"), "owner"), null);
});

test(`normalisers: ${vectors.normalize.length} vectors`, () => {
  const got = vectors.normalize.map((one) => ({ ...one, out: normalize(one.in, one.steps) }));
  assert.deepEqual(got, vectors.normalize);
});

test(`numbers as typed: ${vectors.numbers.length} vectors`, () => {
  const got = vectors.numbers.map((one) => ({ ...one, out: readNumbers(one.typed, one.unit) }));
  assert.deepEqual(got, vectors.numbers);
});

test(`numbers near enough: ${vectors.within.length} vectors`, () => {
  const got = vectors.within.map((one) => ({ ...one, out: within(one.number, one.value, one.tolerance) }));
  assert.deepEqual(got, vectors.within);
});

test("a text of a hundred thousand dots is read in no time", () => {
  const text = `${".".repeat(100_000)}x`;
  const started = process.cpuUsage();
  assert.equal(normalize(text), text);
  assert.ok(process.cpuUsage(started).user < 2_000_000);
});

test("every kind of item, every scoring and every named step is in the vectors", () => {
  const all = [...items.values()];
  assert.deepEqual([...new Set(all.map((item) => item.type))].sort(), [
    "categorize",
    "cloze",
    "hotspot",
    "match",
    "multiple",
    "numeric",
    "order",
    "reflect",
    "scenario",
    "short",
    "single",
    "survey",
    "truefalse",
  ]);
  const scorings = all.flatMap((item) => ("scoring" in item && item.scoring ? [`${item.type} ${item.scoring}`] : []));
  assert.deepEqual([...new Set(scorings)].sort(), [
    "categorize all-or-nothing",
    "categorize per-part",
    "cloze all-or-nothing",
    "cloze per-part",
    "match all-or-nothing",
    "match per-part",
    "multiple all-or-nothing",
    "multiple per-option",
    "multiple right-minus-wrong",
    "order all-or-nothing",
    "order position",
  ]);
  assert.deepEqual([...new Set(vectors.normalize.flatMap((one) => one.steps))].sort(), ["ar-letters", "base", "ru-yo"]);
  assert.ok(vectors.cases.length >= 400);
});
