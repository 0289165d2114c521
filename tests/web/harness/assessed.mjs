// Make the payloads of contracts.md that are no plain practice: sealed for an assessed quiz, and drawn from a bank.
import { readFileSync } from "node:fs";

const lists = ["options", "tokens", "parts", "lefts", "rights", "categories", "things", "areas", "nodes"];
const secret = [
  "correct",
  "answer",
  "accept",
  "key",
  "token",
  "score",
  "values",
  "hints",
  "explain",
  "reread",
  "model",
];

/** Every part of an item with the list it stands in. */
function partsOf(item) {
  const named = lists.flatMap((list) => (item[list] ?? []).map((part) => [list, part]));
  const options = (item.gaps ?? []).flatMap((gap) => (gap.options ?? []).map((part) => [`gap${gap.id}`, part]));
  const choices = (item.nodes ?? []).flatMap((node) => node.choices.map((part) => [node.id, part]));
  return [...named, ...options, ...choices];
}

/** Aliases by list and id, in the order of the source's texts. */
function aliasesOf(source) {
  const sorted = partsOf(source).sort(([, left], [, right]) => (left.html < right.html ? -1 : 1));
  return new Map(sorted.map(([list, part], at) => [`${list}/${part.id}`, `x${at + 1}`]));
}

function withoutKey(value) {
  if (Array.isArray(value)) return value.map(withoutKey);
  if (value === null || typeof value !== "object") return value;
  const kept = Object.entries(value).filter(
    ([name]) => !secret.includes(name) && name !== "feedback" && name !== "rubric",
  );
  return Object.fromEntries(kept.map(([name, part]) => [name, withoutKey(part)]));
}

function sealItem(item, source, rev) {
  const alias = aliasesOf(source);
  const sealed = (list, parts) =>
    parts
      .map((part) => ({ ...part, id: alias.get(`${list}/${part.id}`) }))
      .sort((left, right) => left.id.localeCompare(right.id, "en", { numeric: true }));
  const copy = { ...item };
  for (const list of lists) if (item[list]) copy[list] = sealed(list, item[list]);
  if (item.gaps) {
    copy.gaps = item.gaps.map((gap) => (gap.options ? { ...gap, options: sealed(`gap${gap.id}`, gap.options) } : gap));
  }
  if (item.nodes) {
    const place = (id) => alias.get(`nodes/${id}`);
    copy.start = place(item.start);
    copy.nodes = item.nodes.map((node) => {
      const choices = sealed(node.id, node.choices).map((choice) => ({ ...choice, to: place(choice.to) }));
      return { ...node, id: place(node.id), choices };
    });
  }
  return { ...withoutKey(copy), rev };
}

/** Seal the quiz of a file of keys in a language, for the server that has this file. */
export function assessed(path, lang, dir) {
  const file = JSON.parse(readFileSync(path, "utf8"));
  const { title, items } = file.languages[lang] ?? file.languages.en;
  const revs = new Map(file.items.map((item) => [item.id, item.iv]));
  const sealed = items.map((item, at) => ({
    ...sealItem(item, file.languages.en.items[at], revs.get(item.id)),
    confidence: ["finder", "needs"].includes(item.id),
  }));
  const { quiz: id, rev, mode, pass, attempts, feedback, draw, shuffle, tier } = file;
  const facts = { schema: "player/2", id, rev, title, lang, dir, tier, mode, pass, tries: 2, attempts, feedback };
  return { ...facts, draw, shuffle, items: sealed };
}

/** Make a bank of a practice quiz: four of seven questions, shuffled, with certainty, a picture and a recording. */
export function bank(quiz) {
  const media = {
    finder: {
      kind: "image",
      src: "market-hall.svg",
      alt: "Plan of a hall",
      caption: "The <em>hall</em>",
      transcript: "",
    },
    offences: { kind: "audio", src: "bell.wav", alt: "A bell", caption: null, transcript: "<p>The bell rings.</p>" },
  };
  const items = quiz.items.map((item) => ({
    ...item,
    tags: [["single", "multiple", "truefalse"].includes(item.type) ? "choice" : "words"],
    shuffle: true,
    confidence: true,
    media: media[item.id] ?? null,
  }));
  const draw = [
    { n: 3, from: ["choice"] },
    { n: 1, from: ["words"] },
  ];
  return { ...quiz, id: "market-bank", tries: 2, draw, shuffle: true, items };
}

/** A recording of a tenth of a second of silence. */
export function recording() {
  const samples = 800;
  const file = Buffer.alloc(44 + samples, 128);
  file.write("RIFF", 0);
  file.writeUInt32LE(36 + samples, 4);
  file.write("WAVEfmt ", 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(8000, 24);
  file.writeUInt32LE(8000, 28);
  file.writeUInt16LE(1, 32);
  file.writeUInt16LE(8, 34);
  file.write("data", 36);
  file.writeUInt32LE(samples, 40);
  return file;
}
