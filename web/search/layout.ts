/** Know which file of the index holds which terms. */

export interface Manifest {
  lang: string;
  docs: number;
  /** Pages a file of titles. */
  chunk: number;
  /** A digit for each page, see `lengthOf`. */
  lengths: string;
  /** "63 c con court": a group's number and the first term of each of its shards. */
  groups: string[];
}

/** Shards in the order of their terms. */
export class Layout {
  private readonly firsts: string[] = [];
  private readonly names: string[] = [];

  constructor(groups: string[]) {
    for (const group of groups) {
      const [code = "", ...firsts] = group.split(" ");
      this.firsts.push(...firsts);
      this.names.push(...firsts.map((_, number) => `t-${code}-${number}`));
    }
  }

  /** Give the names of the shards with terms from `prefix` on that begin with it, at most `most`. */
  under(prefix: string, most: number): string[] {
    const from = Math.max(this.last(prefix), 0);
    return this.names.slice(from, Math.min(this.last(`${prefix}\uffff`) + 1, from + most));
  }

  /** Give the name of the shard `term` would be in, in a list that is empty when there is none. */
  of(term: string): string[] {
    const at = this.last(term);
    return this.names.slice(Math.max(at, 0), at + 1);
  }

  /** Find the last shard that does not begin after `term`. Terms sort by code unit as they do by code point. */
  private last(term: string): number {
    let low = 0;
    let high = this.firsts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.firsts[middle] || "") <= term) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}
