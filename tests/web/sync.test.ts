import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { Api } from "../../web/sync/api.ts";
import { cutBatch, settledIds, waitAfter } from "../../web/sync/batch.ts";
import { fold, union } from "../../web/sync/fold.ts";
import { localClock, uuid7 } from "../../web/sync/ids.ts";
import { formatCode, LearnerLog } from "../../web/sync/learner.ts";
import { memoryBox, PlainLog } from "../../web/sync/plain-log.ts";
import type { AnswerBody, LearnerEvent, Progress, UnitBody } from "../../web/types.ts";
import vectors from "../server/services/fold_vectors.json";

const answer: AnswerBody = {
  k: "answer",
  u: "quiz/q",
  uv: "1",
  i: "x",
  iv: "1",
  r: "a",
  earned: 0,
  possible: 1000,
  t: 1,
  lang: "en",
};
const view: UnitBody = { k: "view", u: "page/m/p", uv: "1", lang: "en" };

function event(n: number, more: Partial<LearnerEvent> = {}): LearnerEvent {
  return { v: 1, id: `id-${String(n).padStart(4, "0")}`, d: "A", n, lc: "x", ...answer, ...more } as LearnerEvent;
}

test(`fold: ${vectors.length} vectors of the server`, () => {
  for (const { about, events, progress } of vectors) {
    const { learner: _, ...expected } = progress;
    assert.deepEqual(fold(events as unknown as LearnerEvent[]), expected, about);
  }
});

test("the fold does not mind order or repetition", () => {
  const events = [
    event(1),
    event(2, { earned: 1000 }),
    event(3, { earned: 500 }),
    { ...event(4), ...view } as LearnerEvent,
  ];
  assert.deepEqual(fold([...events].reverse()), fold(events));
  assert.deepEqual(fold([...events, ...events]), fold(events));
});

test("the union keeps the better of both sides and is idempotent", () => {
  const here = fold([event(1), event(2, { earned: 1000 })]);
  const there = fold([event(1), { ...event(9), ...view } as LearnerEvent]);
  const joined = union(here, there);
  assert.equal(joined.quizzes.q?.items.x?.best.earned, 1000);
  assert.deepEqual(joined.pages, { "m/p": { viewed: true, done: false } });
  assert.deepEqual(union(here, joined), joined);
  const nothing: Progress = { events: 0, quizzes: {}, pages: {} };
  assert.deepEqual(union(nothing, joined), joined);
});

test("a batch is the oldest 200 events within 256 KB", () => {
  const many = Array.from({ length: 450 }, (_, at) => event(450 - at));
  const batch = cutBatch(many);
  assert.deepEqual([batch.length, batch[0]?.n, batch[199]?.n], [200, 1, 200]);
  const fat = Array.from({ length: 100 }, (_, at) => event(at + 1, { r: "я".repeat(2000) } as Partial<LearnerEvent>));
  const bytes = new TextEncoder().encode(JSON.stringify({ events: cutBatch(fat) })).length;
  assert.ok(bytes <= 256 * 1024 && bytes > 240 * 1024, String(bytes));
});

test("only the server's last words settle, and only events that were sent", () => {
  const results = ["new", "dup", "conflict", "invalid", "later"].map((status, at) => ({
    id: `id-000${at + 1}`,
    status,
  }));
  const batch = [event(1), event(2), event(3), event(4), event(5)];
  assert.deepEqual(settledIds(batch, [...results, { id: "foreign", status: "new" }]), [
    "id-0001",
    "id-0002",
    "id-0003",
    "id-0004",
  ]);
});

test("waiting grows from 1 s to 5 min with full jitter, and heeds Retry-After", () => {
  assert.deepEqual(
    [0, 1, 4, 20].map((failures) => waitAfter(failures, 0)),
    [1000, 1000, 1000, 1000],
  );
  assert.deepEqual(
    [0, 1, 4, 20].map((failures) => waitAfter(failures, 1)),
    [1000, 2000, 16000, 300000],
  );
  assert.equal(waitAfter(0, 0, 60), 60000);
});

test("ids are UUIDv7 and sort by time; the clock has its offset", () => {
  const early = uuid7(1);
  const late = uuid7(Date.UTC(2026, 10, 23));
  assert.match(late, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.ok(early < late);
  assert.match(localClock(new Date()), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/);
});

test("a code is taken in any digits and spacing", () => {
  const code = "12345-12345-12345-12345-12345";
  assert.equal(formatCode(" 12345 12345‎12345–12345 ١٢٣٤٥"), code);
  assert.equal(formatCode("۱۲۳۴۵ 12345 12345 12345 12345"), code);
  assert.equal(formatCode("1234"), null);
});

test("the log numbers events from 1 and stores an answer told twice once", async () => {
  const log = new PlainLog(memoryBox());
  const stamp = () => ({ id: uuid7(Date.now()), lc: "x" });
  const [one, two, same] = [
    await log.append(answer, stamp(), "o1"),
    await log.append(answer, stamp(), "o2"),
    await log.append(answer, stamp(), "o1"),
  ];
  assert.deepEqual([one.n, two.n, same], [1, 2, one]);
  await log.settle([one.id]);
  assert.deepEqual(await log.waiting(), [two]);
  assert.equal((await log.all()).length, 2);
});

/** A real server over HTTP that answers as it is told. */
async function serve(
  reply: (path: string, body: { events?: LearnerEvent[] }) => [number, unknown, Record<string, string>?],
) {
  const calls: string[] = [];
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const part of request) text += part;
    calls.push(`${request.method} ${request.url}`);
    const [status, body, headers] = reply(request.url ?? "", text ? JSON.parse(text) : {});
    response.writeHead(status, { "Content-Type": "application/json", ...headers });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { calls, api: new Api(origin, "en"), close: () => server.close() };
}

const account = { learner: "L", token: "T", recovery_code: "12345-12345-12345-12345-12345" };
const progress = { learner: "L", events: 1, quizzes: {}, pages: { "m/p": { viewed: true, done: true } } };

function usual(path: string, { events = [] }: { events?: LearnerEvent[] }): [number, unknown] {
  if (path.endsWith("/learners")) return [201, account];
  if (path.endsWith("/sync")) return [200, { results: events.map(({ id }) => ({ id, status: "new" })) }];
  return [200, progress];
}

test("the first thing a person does enrols; reading alone does not", async () => {
  const { calls, api, close } = await serve(usual);
  const log = new PlainLog(memoryBox());
  const learner = new LearnerLog(api, Promise.resolve(log));
  await learner.record(view);
  await learner.send();
  assert.deepEqual(calls, []);
  await learner.record(answer);
  await learner.send();
  assert.deepEqual(calls, ["POST /api/v1/learners", "POST /api/v1/sync", "GET /api/v1/progress"]);
  assert.deepEqual(await log.waiting(), []);
  assert.equal(await learner.recoveryCode(), account.recovery_code);
  assert.deepEqual((await learner.progress()).pages, { "m/p": { viewed: true, done: true } });
  close();
});

for (const status of [401, 429, 500, 503, 507]) {
  test(`everything is kept on ${status}`, async () => {
    const { api, close } = await serve((path, body) =>
      path.endsWith("/sync") ? [status, { error: { code: "x" } }, { "Retry-After": "1" }] : usual(path, body),
    );
    const log = new PlainLog(memoryBox());
    const learner = new LearnerLog(api, Promise.resolve(log));
    await learner.record(answer);
    await learner.send();
    assert.equal((await log.waiting()).length, 1);
    assert.equal((await learner.status()).state, status === 401 ? "refused" : "offline");
    close();
  });
}

test("a network error keeps everything; a place without a service is not asked again at once", async () => {
  const { api, close } = await serve(usual);
  close();
  const gone = new LearnerLog(api, Promise.resolve(new PlainLog(memoryBox())));
  await gone.record(answer);
  await gone.send();
  assert.equal((await gone.status()).state, "offline");
  const bare = await serve(() => [404, {}]);
  const learner = new LearnerLog(bare.api, Promise.resolve(new PlainLog(memoryBox())));
  await learner.record(answer);
  await learner.send();
  await learner.send();
  assert.deepEqual(bare.calls, ["POST /api/v1/learners"]);
  assert.deepEqual([(await learner.status()).state, (await learner.status()).waiting], ["absent", 1]);
  bare.close();
});

test("a conflict is dropped and the device goes on under a new id", async () => {
  const { api, close } = await serve((path, { events = [] }) =>
    path.endsWith("/sync") ? [200, { results: events.map(({ id }) => ({ id, status: "conflict" })) }] : usual(path, {}),
  );
  const log = new PlainLog(memoryBox());
  const learner = new LearnerLog(api, Promise.resolve(log));
  await learner.record(answer);
  await learner.send();
  await learner.record(answer);
  const [first, second] = await log.all();
  assert.notEqual(first?.d, second?.d);
  assert.equal(second?.n, 1);
  clearTimeout((learner as unknown as { timer: NodeJS.Timeout }).timer);
  close();
});

test("413 halves the batch until it fits", async () => {
  const sizes: number[] = [];
  const { api, close } = await serve((path, { events = [] }) => {
    if (!path.endsWith("/sync")) return usual(path, {});
    sizes.push(events.length);
    return events.length > 3 ? [413, {}] : usual(path, { events });
  });
  const log = new PlainLog(memoryBox());
  const learner = new LearnerLog(api, Promise.resolve(log));
  for (let at = 0; at < 7; at += 1) await learner.record(answer);
  await learner.send();
  assert.deepEqual(sizes, [7, 4, 2, 2, 2, 1]);
  assert.deepEqual(await log.waiting(), []);
  close();
});

test("a code from another device brings its progress; a wrong one changes nothing", async () => {
  const { api, close } = await serve((path, body) => {
    if (!path.endsWith("/redeem")) return usual(path, body);
    return (body as { code?: string }).code === account.recovery_code
      ? [200, { learner: "L2", token: "T2" }]
      : [404, { error: { code: "unknown-code" } }];
  });
  const log = new PlainLog(memoryBox());
  const learner = new LearnerLog(api, Promise.resolve(log));
  assert.equal(await learner.redeem("99999 99999 99999 99999 99999"), "wrong-code");
  assert.equal(await log.get("account"), undefined);
  assert.equal(await learner.redeem("12345 12345 12345 12345 ١٢٣٤٥"), "ok");
  assert.deepEqual(await log.get("account"), { learner: "L2", token: "T2", code: account.recovery_code });
  await learner.forget();
  assert.deepEqual(await learner.progress(), { events: 0, quizzes: {}, pages: {} });
  close();
});

test("answers of an attempt wait for the server's marks; the union shows them", () => {
  const { earned: _earned, possible: _possible, ...unmarked } = answer;
  const given = { v: 1, id: "id-9", d: "A", n: 9, lc: "x", ...unmarked, a: "attempt" } as LearnerEvent;
  const here = fold([
    event(1, { u: "quiz/other" }),
    given,
    { ...given, id: "id-10", n: 10, k: "done" } as LearnerEvent,
  ]);
  assert.deepEqual([here.events, Object.keys(here.quizzes)], [3, ["other"]]);
  const marks = { earned: 500, possible: 1000 };
  const there: Progress = {
    events: 3,
    quizzes: { q: { items: { x: { tries: 1, first: marks, best: marks, last: { ...marks, iv: "1" } } } } },
    pages: {},
  };
  assert.deepEqual(union(here, there).quizzes.q, there.quizzes.q);
});

test("an attempt is asked about only when nothing of it waits, and what is no answer is none", async () => {
  let known = false;
  const { calls, api, close } = await serve((path, body) => {
    if (path.includes("/attempts/"))
      return known ? [200, { attempt: "A1" }] : [404, { error: { code: "unknown-attempt" } }];
    return usual(path, body);
  });
  const learner = new LearnerLog(api, Promise.resolve(new PlainLog(memoryBox())));
  const { earned: _earned, possible: _possible, ...unmarked } = answer;
  await learner.record({ ...unmarked, a: "A1" });
  await learner.record({ ...view, k: "done", u: "quiz/q", a: "A1" });
  assert.deepEqual(await learner.standing("A1"), { state: "idle", waiting: 1, body: null });
  assert.deepEqual(await learner.standing("A2"), { state: "idle", waiting: 0, body: null });
  assert.deepEqual(calls, []);
  await learner.send();
  assert.deepEqual(await learner.standing("A1"), { state: "idle", waiting: 0, body: null });
  known = true;
  assert.deepEqual(await learner.standing("A1"), { state: "idle", waiting: 0, body: { attempt: "A1" } });
  assert.deepEqual(await learner.standing(null), { state: "idle", waiting: 0, body: null });
  close();
  assert.deepEqual((await learner.standing("A1")).state, "offline");
});

test("from a stick an attempt has nobody to ask", async () => {
  const learner = new LearnerLog(null, Promise.resolve(new PlainLog(memoryBox())));
  assert.deepEqual(await learner.standing("A1"), { state: "local", waiting: 0, body: null });
});
