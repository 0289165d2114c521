// Bundle every tests/web/**/*.test.ts for Node and run them with its own test runner (Node 20 reads no TypeScript).
import { spawnSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const output = join(root, "build", "web-tests");
const wanted = process.argv.slice(2);

const tests = readdirSync(join(root, "tests", "web"), { recursive: true })
  .filter((name) => name.endsWith(".test.ts"))
  .filter((name) => wanted.length === 0 || wanted.some((word) => name.includes(word)))
  .sort();

rmSync(output, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: tests.map((name) => join("tests", "web", name)),
  outdir: output,
  outExtension: { ".js": ".mjs" },
  outbase: join("tests", "web"),
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  packages: "external",
  sourcemap: "inline",
  logLevel: "warning",
});
const files = tests.map((name) => join(output, name.replace(/\.ts$/, ".mjs")));
const run = spawnSync(process.execPath, ["--enable-source-maps", "--test", ...files], { cwd: root, stdio: "inherit" });
process.exit(run.status ?? 1);
