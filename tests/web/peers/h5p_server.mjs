// Gives packages to a real H5P server that has no libraries, and prints what it says of each: JSON, one line.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

const { H5PConfig, fs } = createRequire(import.meta.url)("@lumieducation/h5p-server");

const folder = mkdtempSync(join(tmpdir(), "h5p-"));
const folders = ["libraries", "temporary", "content"].map((name) => join(folder, name));
for (const one of folders) mkdirSync(one);
const server = fs(new H5PConfig(), ...folders);
const user = { id: "1", name: "Peer", email: "peer@example.org", type: "local" };

const said = [];
for (const path of process.argv.slice(2)) {
  try {
    await server.uploadPackage(path, user);
    said.push({ error: null, libraries: [] });
  } catch (error) {
    const inner = error.errors ?? [error];
    const names = inner.map((one) => one.errorId ?? String(one));
    const libraries = inner.flatMap((one) => one.replacements?.libraries?.split(", ") ?? []);
    said.push({ error: names.join(" "), libraries });
  }
}
process.stdout.write(JSON.stringify(said));
rmSync(folder, { recursive: true });
