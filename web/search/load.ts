/** Load files of the index as classic scripts: the one way that works from file:// as over http. */
import type { Load, Script } from "./find.ts";

declare global {
  interface Window {
    e4jSearchLoad?: (name: string, stamp: string, data: unknown) => void;
  }
}

const pause = 400;

/** Make the loader for the index below `base`, the way to the language folder. A failure is tried once more. */
export function scriptLoader(base: string): Load {
  const arrived = new Map<string, Script>();
  window.e4jSearchLoad = (name, stamp, data) => {
    arrived.set(name, { stamp, data });
  };
  const once = async (name: string, address: string): Promise<Script> => {
    await run(address);
    const script = arrived.get(name);
    arrived.delete(name);
    // A login page or an error page in place of the script loads too, and says nothing.
    if (!script) throw new Error(`${address} is no part of the index`);
    return script;
  };
  return async (name, version) => {
    const address = `${base}search/${name}.js`;
    try {
      return await once(name, version ? `${address}?${version}` : address);
    } catch {
      await new Promise((resolve) => setTimeout(resolve, pause));
      return once(name, version ? `${address}?${version}` : address);
    }
  };
}

function run(address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    const done = (then: () => void) => () => {
      script.remove();
      then();
    };
    script.onload = done(resolve);
    script.onerror = done(() => reject(new Error(`${address} did not load`)));
    script.src = address;
    document.head.append(script);
  });
}
