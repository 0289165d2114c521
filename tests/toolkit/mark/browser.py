"""The browser's marking, run in one Node process over a file of JSON lines."""

import json
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]
ESBUILD = ROOT / "node_modules" / ".bin" / "esbuild"

ENTRY = """
import { closeSync, openSync, writeSync } from "node:fs";
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { draw, hash32, numbers, partOrder, shuffle } from "WEB/player/chance.ts";
import { mark } from "WEB/player/marking.ts";
import { normalize } from "WEB/player/normalize.ts";
import { readNumbers, within } from "WEB/player/numbers.ts";

const tasks = {
  mark: ({ item, responses }) => responses.map((response) => {
    const { earned, possible, parts, feedback } = mark(item, response);
    return [earned, possible, parts, feedback];
  }),
  normalize: ({ texts, steps }) => texts.map((text) => normalize(text, steps)),
  numbers: ({ typed, unit, value, tolerance }) => typed.map((text) => {
    const read = readNumbers(text, unit);
    return [read, read.map((one) => within(one, value, tolerance))];
  }),
  chance: ({ seed, count, item, items, lines, mixed }) => {
    const next = numbers(seed);
    const values = [...Array(count).keys()];
    const drawn = draw(items, lines, seed, mixed).map((one) => one.id);
    return [hash32(seed), [next(), next(), next()], shuffle(values, seed), partOrder(values, seed, item), drawn];
  },
};

const [source, target] = process.argv.slice(2);
const output = openSync(target, "w");
for await (const line of createInterface({ input: createReadStream(source), crlfDelay: Infinity })) {
  const { task, ...input } = JSON.parse(line);
  writeSync(output, `${JSON.stringify(tasks[task](input))}\\n`);
}
closeSync(output);
"""


def bundle(folder: Path) -> Path:
    """Bundle the browser's marking and chance for Node, by the target the site is built for."""
    (folder / "entry.ts").write_text(ENTRY.replace("WEB", str(ROOT / "web")))
    module = folder / "marking.ts.mjs"
    options = ["--bundle", "--format=esm", "--platform=node", "--log-level=error", "--supported:top-level-await=true"]
    options += ["--target=es2019", "--supported:for-await=true", f"--outfile={module}"]
    subprocess.run([ESBUILD, folder / "entry.ts", *options], check=True)
    return module


def in_browser(module: Path, inputs: Iterable[Any], folder: Path) -> Iterator[Any]:
    """Yield what the browser's side answers to each input, in order."""
    source, target = folder / "inputs.jsonl", folder / "outputs.jsonl"
    with source.open("w", encoding="ascii") as file:
        file.writelines(json.dumps(one) + "\n" for one in inputs)
    subprocess.run(["node", module, source, target], check=True)
    with target.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)
