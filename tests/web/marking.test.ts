import assert from "node:assert/strict";
import { test } from "node:test";
import { mark } from "../../web/player/marking.ts";
import { normalize } from "../../web/player/normalize.ts";
import type { Item, NormalizeStep, Response } from "../../web/types.ts";
import vectors from "../marking/vectors.json";

const items = vectors.items as unknown as Record<string, Item>;

test(`marks: ${vectors.cases.length} vectors`, () => {
  const wrong = vectors.cases.flatMap(({ name, item, response, earned, possible }) => {
    const marks = mark(items[item] as Item, response as Response);
    return marks.earned === earned && marks.possible === possible
      ? []
      : [{ name, marks, expected: { earned, possible } }];
  });
  assert.deepEqual(wrong, []);
});

test(`normalisers: ${vectors.normalize.length} vectors`, () => {
  const got = vectors.normalize.map((one) => ({ ...one, out: normalize(one.in, one.steps as NormalizeStep[]) }));
  assert.deepEqual(got, vectors.normalize);
});

test("every kind of item and every named step is in the vectors", () => {
  assert.deepEqual([...new Set(Object.values(items).map((item) => item.type))].sort(), [
    "multiple",
    "numeric",
    "reflect",
    "short",
    "single",
    "survey",
    "truefalse",
  ]);
  assert.deepEqual([...new Set(vectors.normalize.flatMap((one) => one.steps))].sort(), ["ar-letters", "base", "ru-yo"]);
});
