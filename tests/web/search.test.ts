import assert from "node:assert/strict";
import { test } from "node:test";
import { Analyser } from "../../web/search/analyse.ts";
import { Finder, type Script } from "../../web/search/find.ts";
import { pieces } from "../../web/search/highlight.ts";
import { Layout } from "../../web/search/layout.ts";
import { eachPosting, lengthOf } from "../../web/search/postings.ts";
import { slotsOf } from "../../web/search/query.ts";
import { rank } from "../../web/search/rank.ts";
import examples from "../search/examples.json";

const english = new Analyser("en");
const chinese = new Analyser("zh");
const arabic = new Analyser("ar");

test("the examples both languages hold to", () => {
  const analysers = new Map<string, Analyser>();
  for (const { lang, text, terms } of examples) {
    const analyser = analysers.get(lang) ?? new Analyser(lang);
    analysers.set(lang, analyser);
    const expected = terms.split(" ").filter(Boolean);
    assert.deepEqual(analyser.terms(text).sort(), expected.sort(), `${lang}: ${text}`);
  }
});

test("words know where in the text they stand", () => {
  const text = "The judges’ “café”";
  assert.deepEqual(
    english.cut(text).map(({ folded, term, start, end }) => [folded, term, text.slice(start, end)]),
    [
      ["the", "", "The"],
      ["judges", "judg", "judges"],
      ["cafe", "caf", "café"],
    ],
  );
});

test("postings of every length are read", () => {
  const found: [number, number][] = [];
  // The bytes test_search_index.py has for pages 0 and 1.
  eachPosting("S!S3", (page, weight) => found.push([page, weight]));
  assert.deepEqual(found, [
    [0, 1],
    [1, 2],
  ]);
  assert.equal(Math.round(lengthOf("(") * 10) / 10, 2.3);
});

test("a layout leads from a term to its shard and from a beginning to several", () => {
  const layout = new Layout(["60 brib con court", "70 pol", "4e80 人权"]);
  assert.deepEqual(layout.of("corrupt"), ["t-60-1"]);
  assert.deepEqual(layout.of("aaa"), []);
  assert.deepEqual(layout.under("co", 4), ["t-60-0", "t-60-1", "t-60-2"]);
  assert.deepEqual(layout.under("co", 2), ["t-60-0", "t-60-1"]);
  assert.deepEqual(layout.under("zz", 4), ["t-70-0"]);
  assert.deepEqual(layout.of("犯罪"), ["t-4e80-0"]);
  assert.deepEqual(new Layout([]).under("co", 4), []);
});

test("the last word may go on, unless something follows it", () => {
  const open = (query: string, analyser = english) =>
    slotsOf(query, analyser).map((slot) => [slot.term, ...slot.prefixes]);
  assert.deepEqual(open("judges corrupti"), [["judg"], ["corrupti", "corrupti"]]);
  assert.deepEqual(open("judges corrupti "), [["judg"], ["corrupti"]]);
  assert.deepEqual(open("the"), [["", "the"]]);
  assert.deepEqual(open("rule of the"), [["rul"]]);
  assert.deepEqual(open("j"), []);
  assert.deepEqual(open("الفسا", arabic), [["فسا", "الفسا", "فسا"]]);
  assert.deepEqual(open("judge judges judged "), [["judg"]]);
});

test("Chinese is asked for in pairs, and a single character as itself", () => {
  const terms = (query: string) => slotsOf(query, chinese).map((slot) => slot.term);
  assert.deepEqual(terms("反腐败"), ["反腐", "腐败"]);
  assert.deepEqual(terms("枪"), ["枪"]);
  assert.deepEqual(terms("犯罪的"), ["犯罪"]);
  assert.deepEqual(terms("税的法"), ["税", "法"]);
});

test("what was found is marked, and nothing of the text is lost", () => {
  const marked = (text: string, query: string, analyser: Analyser) =>
    pieces(text, slotsOf(query, analyser), analyser)
      .map((piece) => (piece.hit ? `[${piece.text}]` : piece.text))
      .join("");
  assert.equal(marked("Judges & judging <b>", "judge ", english), "[Judges] & [judging] <b>");
  assert.equal(marked("Trafficking in persons", "traff", english), "[Trafficking] in persons");
  assert.equal(marked("联合国反腐败公约", "反腐败公约", chinese), "联合国[反腐败公约]");
  assert.equal(marked("مكافحة الفساد", "فساد ", arabic), "مكافحة [الفساد]");
  assert.equal(marked("", "judge", english), "");
});

// Postings of pages 0, 1, 2 … at weight 1, as Python writes them.
const pages = (...numbers: number[]): string => {
  let text = "";
  let last = -1;
  for (const number of numbers) {
    text += last < 0 && number === 0 ? "S!" : "!#$%&'()*+"[number - Math.max(last, 0) - 1];
    last = number;
  }
  return text;
};

test("pages with all words come first, and rare words weigh more", () => {
  const terms = new Map([
    ["judg", pages(0, 1, 2, 3)],
    ["brib", pages(2)],
  ]);
  assert.deepEqual(rank(slotsOf("judges bribes ", english), terms, [9, 9, 9, 9, 9]), [2, 0, 1, 3]);
  assert.deepEqual(rank(slotsOf("brib", english), terms, [9, 9, 9, 9, 9]), [2]);
  assert.deepEqual(rank(slotsOf("judges ", english), terms, [99, 9, 50, 9, 9]), [1, 3, 2, 0]);
});

test("a half-typed ending still finds the stem", () => {
  const terms = new Map([["corrupt", pages(1)]]);
  for (const query of ["corru", "corrupt", "corruptio", "corruption"]) {
    assert.deepEqual(rank(slotsOf(query, english), terms, [9, 9]), [1], query);
  }
  assert.deepEqual(rank(slotsOf("corruptio ", english), terms, [9, 9]), []);
});

function shelf(files: Record<string, unknown>, stamps: Record<string, string> = {}) {
  const asked: string[] = [];
  const broken = new Set<string>();
  const load = async (name: string, version: string): Promise<Script> => {
    asked.push(name + (version && `?${version}`));
    if (broken.has(name)) throw new Error("offline");
    return { stamp: (!version && stamps[name]) || "new", data: files[name] };
  };
  return { load, asked, broken };
}

const files = {
  manifest: { lang: "en", docs: 2, chunk: 16, lengths: "((", groups: ["60 brib"] },
  "t-60-0": "brib S( coin S!S3",
  "d-0": {
    c: ["Honesty"],
    d: [
      ["The coin", "coin.html", 0, "A coin."],
      ["Bribes", "bribes.html", 0, ""],
    ],
  },
};

test("files are loaded once", async () => {
  const { load, asked } = shelf(files);
  const finder = new Finder("en", load);
  await finder.prepare();
  assert.deepEqual((await finder.find("coins")).pages, [1, 0]);
  assert.deepEqual((await finder.find("bribes")).pages, [0]);
  assert.deepEqual(await finder.row(1), { title: "Bribes", url: "bribes.html", context: "Honesty", summary: "" });
  assert.deepEqual(asked, ["manifest", "t-60-0", "d-0"]);
});

test("nothing is loaded for a query without words", async () => {
  const { load, asked } = shelf(files);
  assert.deepEqual((await new Finder("en", load).find(" ?! of ")).pages, []);
  assert.deepEqual(asked, []);
});

test("after a failed load the next query works", async () => {
  const { load, broken } = shelf(files);
  const finder = new Finder("en", load);
  broken.add("t-60-0");
  await assert.rejects(finder.find("coin"), /offline/);
  broken.clear();
  assert.deepEqual((await finder.find("coin")).pages, [1, 0]);
});

test("an old shard is loaded past the cache, an old manifest with all after it", async () => {
  const shard = shelf(files, { "t-60-0": "old" });
  assert.deepEqual((await new Finder("en", shard.load).find("coin")).pages, [1, 0]);
  assert.deepEqual(shard.asked, ["manifest", "t-60-0", "t-60-0?new"]);
  const manifest = shelf(files, { manifest: "old" });
  assert.deepEqual((await new Finder("en", manifest.load).find("coin")).pages, [1, 0]);
  assert.deepEqual(manifest.asked, ["manifest", "t-60-0", "t-60-0?old", "manifest?new", "t-60-0?new"]);
});
