// Bundle the browser code to classic scripts: e4j.js for every page, search.js for those who search, h5p-frame.js for the
// frame that plays packages people bring.
// They must run from file://, where modules are refused. No clock, no paths, no maps: same sources, same bytes.
import { copyFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const target = join(root, "src", "e4j", "assets");
const bundles = [
  ["web/main.ts", "e4j.js"],
  ["web/search/main.ts", "search.js"],
  ["web/h5p/frame.ts", "h5p-frame.js"],
];

// The site joins these to its own style sheet.
const sheets = [
  ["web/player/player.css", "player.css"],
  ["web/search/search.css", "search.css"],
];

mkdirSync(target, { recursive: true });
for (const [source, name] of sheets) {
  if (existsSync(join(root, source))) copyFileSync(join(root, source), join(target, name));
}

for (const [entry, name] of bundles) {
  if (!existsSync(join(root, entry))) continue;
  const result = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: join(target, name),
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2019",
    charset: "utf8",
    legalComments: "none",
    write: true,
    metafile: true,
    logLevel: "warning",
  });
  const bytes = readFileSync(join(target, name));
  const inputs = Object.keys(result.metafile.inputs).length;
  console.log(`${name}: ${bytes.length} bytes, ${gzipSync(bytes, { level: 9 }).length} gzipped, ${inputs} files`);
}
