// The rules of the house that a machine can hold: words, walls, and what a page may not need.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";

const root = process.cwd();
const languages = ["ar", "zh", "en", "fr", "ru", "es"];
const files = readdirSync(join(root, "web"), { recursive: true })
  .map((name) => join("web", String(name)))
  .filter((name) => name.endsWith(".ts"))
  .sort();
const sources = new Map(files.map((name) => [name, readFileSync(join(root, name), "utf8")]));

/** Code without comments. */
function code(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "");
}

function catalog(lang: string): Map<string, string> {
  const text = readFileSync(join(root, "src/e4j/locales", lang, "browser.po"), "utf8");
  const pairs = [...text.matchAll(/^msgid ("(?:.*)")\nmsgstr ("(?:.*)")$/gm)].slice(1);
  return new Map(pairs.map(([, id = "", words = ""]) => [JSON.parse(id), JSON.parse(words)]));
}

const calls = [...sources.values()].flatMap((text) => [...code(text).matchAll(/(?<![\w.])t\(\s*([^)]{0,400})/g)]);
const said = new Set<string>();
for (const [, start = ""] of calls) {
  const literal = /^"(?:[^"\\]|\\.)*"/.exec(start);
  if (literal) said.add(JSON.parse(literal[0]));
}

test("every call of t() names its English text literally", () => {
  const others = calls.filter(([, start = ""]) => !/^"/.test(start) && !start.startsWith("english: string"));
  assert.deepEqual(
    others.map(([whole]) => whole),
    [],
  );
});

for (const lang of languages) {
  test(`${lang}: every text has an entry, no entry is stale, places are kept`, () => {
    const entries = catalog(lang);
    assert.deepEqual(
      [...said].filter((text) => !entries.get(text)),
      [],
    );
    assert.deepEqual(
      [...entries.keys()].filter((text) => !said.has(text)),
      [],
    );
    const places = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort().join();
    assert.deepEqual(
      [...entries].filter(([id, words]) => places(id) !== places(words)),
      [],
    );
    if (lang !== "en")
      assert.deepEqual(
        [...entries]
          .filter(([id, words]) => id === words && /[a-z]/i.test(id))
          .map(([id]) => id)
          .filter((id) => !["Question {number}"].includes(id)),
        [],
      );
  });
}

test("French marks stand after no-break spaces, Chinese marks are full width", () => {
  assert.deepEqual(
    [...catalog("fr").values()].filter((words) => / [:;!?»%]|« /.test(words)),
    [],
  );
  assert.deepEqual(
    [...catalog("zh").values()].filter((words) => /[\u4e00-\u9fff][,;:?!.]/.test(words)),
    [],
  );
});

/** The folder of web/ a file belongs to; empty: it is nobody's. */
function folderOf(name: string): string {
  const [first = "", ...rest] = relative("web", name).split("/");
  return rest.length ? first : "";
}

test("folders meet in types.ts and main.ts only", () => {
  const crossing = files.flatMap((name) => {
    const imports = [...(sources.get(name) ?? "").matchAll(/from "(\.[^"]+)"/g)].map(([, path = ""]) =>
      normalize(join(dirname(name), path)),
    );
    const foreign = imports.filter(
      (path) => path.startsWith("web/") && folderOf(path) !== "" && folderOf(path) !== folderOf(name),
    );
    return name === "web/main.ts" ? [] : foreign.map((path) => `${name} → ${path}`);
  });
  assert.deepEqual(crossing, []);
});

test("logic knows no DOM", () => {
  const logic = [
    "player/marking",
    "player/normalize",
    "player/numbers",
    "player/session",
    "player/feedback",
    "player/spelling",
    "player/words",
    "player/fit",
    "player/parts",
    "player/chance",
    "player/response",
    "player/attempt",
    "player/calibration",
    "player/points",
    "player/way",
    "sync/fold",
    "sync/batch",
    "sync/ids",
    "sync/log",
    "sync/plain-log",
    "sync/outbox",
    "h5p/recorder",
    "h5p/messages",
    "site/filter",
    "site/standing",
  ];
  const knowing = logic.filter((name) =>
    /\b(document|window|HTMLElement|localStorage)\b/.test(code(sources.get(`web/${name}.ts`) ?? "document")),
  );
  assert.deepEqual(knowing, []);
});

test("sync knows nothing of quizzes", () => {
  const knowing = files.filter(
    (name) => name.startsWith("web/sync/") && /\b(Quiz|Item|option|hint|reread)\b/.test(code(sources.get(name) ?? "")),
  );
  assert.deepEqual(knowing, []);
});

test("nothing needs a secure context, a module or an inline style", () => {
  const banned =
    /randomUUID|crypto\.subtle|serviceWorker|new Worker|import\(|\.style\b|style:|setAttribute\("style"|\beval\b/;
  assert.deepEqual(
    files.filter((name) => banned.test(code(sources.get(name) ?? ""))),
    [],
  );
});

test("style sheets have logical properties only", () => {
  const sheets = ["web/player/player.css", "web/search/search.css"].filter((name) => existsSync(join(root, name)));
  const physical =
    /(?:^|[\s;{])(?:margin|padding|border)-(?:left|right|top|bottom)|(?:^|[\s;{])(?:left|right|top|bottom|width|height|min-width|max-height)\s*:|text-align:\s*(?:left|right)/m;
  assert.deepEqual(
    sheets.filter((name) => physical.test(readFileSync(join(root, name), "utf8").replace(/@media[^{]*/g, ""))),
    [],
  );
});

test("the scripts of a page with a quiz of all thirteen kinds weigh at most 45 KB packed", () => {
  const bundle = join(root, "src/e4j/assets/e4j.js");
  assert.ok(existsSync(bundle), "npm run build makes it");
  assert.ok(gzipSync(readFileSync(bundle), { level: 9 }).length <= 45_000);
});
