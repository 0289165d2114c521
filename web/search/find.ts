/** Find pages: load what a query needs, and no more. Knows no DOM; how a file is loaded is handed in. */
import { Analyser } from "./analyse.ts";
import { Layout, type Manifest } from "./layout.ts";
import { lengthOf } from "./postings.ts";
import { type Slot, slotsOf } from "./query.ts";
import { rank, type Terms } from "./rank.ts";

/** What a file of the index says: which order of pages it was made for, and its data. */
export interface Script {
  stamp: string;
  data: unknown;
}

/** Load a file by its name. `version` makes the address differ from one that a browser may hold an old copy of. */
export type Load = (name: string, version: string) => Promise<Script>;

export interface Row {
  title: string;
  url: string;
  context: string;
  summary: string;
}

export interface Found {
  /** Page numbers, best first. */
  pages: number[];
  slots: Slot[];
}

interface Chunk {
  c: string[];
  d: [string, string, number, string][];
}

/** The manifest at hand is of an older build than the files it names. */
class OldManifest extends Error {}

const mostShardsAPrefix = 4;

/** The index of one language. Files are loaded once; one that failed is asked for again. */
export class Finder {
  readonly analyser: Analyser;
  private readonly held = new Map<string, Promise<unknown>>();
  private stamp = "";
  private version = "";

  constructor(
    lang: string,
    private readonly load: Load,
  ) {
    this.analyser = new Analyser(lang);
  }

  /** Fetch the manifest before the reader has typed anything. */
  async prepare(): Promise<void> {
    await this.manifest();
  }

  /** Find the pages that answer `query`. */
  async find(query: string): Promise<Found> {
    const slots = slotsOf(query, this.analyser);
    if (!slots.length) return { pages: [], slots };
    try {
      return { pages: await this.pages(slots), slots };
    } catch (error) {
      if (!(error instanceof OldManifest)) throw error;
      return { pages: await this.pages(slots), slots };
    }
  }

  /** Give what is shown of a page. */
  async row(page: number): Promise<Row> {
    const { chunk } = await this.manifest();
    const data = (await this.get(`d-${Math.floor(page / chunk)}`)) as Chunk;
    const [title, url, context, summary] = data.d[page % chunk] || ["", "", 0, ""];
    return { title, url, context: data.c[context] || "", summary };
  }

  private async pages(slots: Slot[]): Promise<number[]> {
    const manifest = await this.manifest();
    const layout = new Layout(manifest.groups);
    const names = new Set<string>();
    for (const slot of slots) {
      if (slot.term) for (const name of layout.of(slot.term)) names.add(name);
      for (const prefix of slot.prefixes) for (const name of layout.under(prefix, mostShardsAPrefix)) names.add(name);
    }
    const terms: Terms = new Map();
    for (const text of await Promise.all([...names].map((name) => this.get(name)))) addTerms(terms, String(text));
    return rank(slots, terms, Array.from(manifest.lengths, lengthOf));
  }

  private async manifest(): Promise<Manifest> {
    return (await this.get("manifest")) as Manifest;
  }

  /** Load a file once. */
  private get(name: string): Promise<unknown> {
    const held = this.held.get(name);
    if (held) return held;
    const coming = this.fetch(name);
    this.held.set(name, coming);
    coming.catch(() => this.held.get(name) === coming && this.held.delete(name));
    return coming;
  }

  /** Load a file of the manifest's build: past the browser's cache when that holds an older one. */
  private async fetch(name: string): Promise<unknown> {
    let script = await this.load(name, this.version);
    if (name === "manifest") this.stamp = script.stamp;
    if (script.stamp !== this.stamp) script = await this.load(name, this.stamp);
    if (script.stamp === this.stamp) return script.data;
    this.version = script.stamp;
    this.held.clear();
    throw new OldManifest(`${name} is of a newer build than the manifest`);
  }
}

function addTerms(terms: Terms, text: string): void {
  const parts = text.split(" ");
  for (let at = 0; at + 1 < parts.length; at += 2) terms.set(parts[at] || "", parts[at + 1] || "");
}
