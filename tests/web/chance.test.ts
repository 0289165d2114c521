import assert from "node:assert/strict";
import { test } from "node:test";
import { draw, hash32, numbers, partOrder, shuffle } from "../../web/player/chance.ts";
import vectors from "../marking/vectors.json";

test(`hash: ${vectors.hash.length} vectors`, () => {
  const got = vectors.hash.map((one) => ({ ...one, out: hash32(one.in) }));
  assert.deepEqual(got, vectors.hash);
});

test(`numbers: ${vectors.random.length} vectors`, () => {
  const got = vectors.random.map((one) => {
    const next = numbers(one.seed);
    return { ...one, out: one.out.map(() => next()) };
  });
  assert.deepEqual(got, vectors.random);
});

test(`shuffle: ${vectors.shuffle.length} vectors`, () => {
  const got = vectors.shuffle.map((one) => ({ ...one, out: shuffle(one.in, one.seed) }));
  assert.deepEqual(got, vectors.shuffle);
});

test(`order of parts: ${vectors.partOrder.length} vectors`, () => {
  const got = vectors.partOrder.map((one) => ({ ...one, out: partOrder(one.in, one.seed, one.item) }));
  assert.deepEqual(got, vectors.partOrder);
});

test(`draw: ${vectors.draw.length} vectors`, () => {
  const got = vectors.draw.map((one) => {
    const drawn = draw(one.items as { id: string; tags?: string[] }[], one.lines, one.seed, one.mixed);
    return { ...one, out: drawn.map((item) => item.id) };
  });
  assert.deepEqual(got, vectors.draw);
});

test("an order is never the right one, and every other one comes up", () => {
  const parts = ["a", "b", "c", "d"];
  const seen = new Set(Array.from({ length: 2000 }, (_, seed) => partOrder(parts, String(seed), "steps").join("")));
  assert.equal(seen.size, 23);
  assert.equal(seen.has("abcd"), false);
});

test("chance is fair enough: each of three comes first about as often", () => {
  const first = Array.from({ length: 3000 }, (_, seed) => shuffle(["a", "b", "c"], `session-${seed}`)[0]);
  for (const value of ["a", "b", "c"]) {
    const count = first.filter((one) => one === value).length;
    assert.ok(count > 850 && count < 1150, `${value}: ${count}`);
  }
});
