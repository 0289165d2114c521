/** Make the closed frame a place where H5P core and content types run as in a page of their own. */

/** Forgets everything with the frame. */
export class MemoryStorage {
  private readonly kept = new Map<string, string>();

  get length(): number {
    return this.kept.size;
  }

  key(at: number): string | null {
    return [...this.kept.keys()][at] ?? null;
  }

  getItem(name: string): string | null {
    return this.kept.get(name) ?? null;
  }

  setItem(name: string, value: unknown): void {
    this.kept.set(name, String(value));
  }

  removeItem(name: string): void {
    this.kept.delete(name);
  }

  clear(): void {
    this.kept.clear();
  }
}

/**
 * A document without an origin has no storage, and reading `localStorage` there throws: lend it a memory.
 * It may not look at its parent either. Without one, H5P core neither tries to nor sends messages at each change of its size.
 */
export function standAlone(): void {
  Object.defineProperty(window, "parent", { value: window, configurable: true });
  for (const name of ["localStorage", "sessionStorage"])
    Object.defineProperty(window, name, { value: new MemoryStorage(), configurable: true });
}
