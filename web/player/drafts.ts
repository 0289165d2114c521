/**
 * Keep a quiz as it stands, key by key. Every step is written at once to localStorage, which is safe when the page dies,
 * and behind it to IndexedDB with strict durability, which is safe when the power goes. The newer copy wins at the start.
 */
import { asked, openDatabase, transact, webStorage } from "../database.ts";
import type { Quiz } from "../types.ts";
import { isLone, joinTexts, type SavedSession, type Session, splitTexts, type Typed } from "./session.ts";

const store = "drafts";
const prefix = "e4j-draft:";

let opening: Promise<IDBDatabase> | null = null;

function database(): Promise<IDBDatabase> {
  opening ??= openDatabase("e4j-drafts", (made) => {
    made.createObjectStore(store);
  });
  return opening;
}

function parse<T>(text: string | null | undefined): T | null {
  try {
    return text ? (JSON.parse(text) as T) : null;
  } catch {
    return null;
  }
}

function put(storage: Storage | null, key: string, value: unknown): void {
  try {
    storage?.setItem(key, JSON.stringify(value));
  } catch {
    // Full: IndexedDB still has it.
  }
}

/** The drafts of one quiz element. */
export class Drafts {
  private readonly key: string;
  private readonly local = webStorage("localStorage");
  private readonly tab = webStorage("sessionStorage");
  private latest: Session | null = null;
  private writing: Promise<void> | null = null;

  constructor(private readonly quiz: Quiz) {
    const only = isLone(quiz) ? `/${quiz.items[0]?.id}` : "";
    this.key = `${prefix}${quiz.id}${only}`;
  }

  /** Give the newest saved session with its texts, or null. */
  async load(): Promise<SavedSession | null> {
    const near = parse<SavedSession>(this.local?.getItem(this.key));
    const far = await this.read().catch(() => null);
    const session = (far?.seq ?? -1) > (near?.seq ?? -1) ? far : near;
    const texts = parse<Record<string, Typed>>(this.tab?.getItem(this.key)) ?? {};
    return session && joinTexts(session, texts);
  }

  /** Save a session. It is safe from the page's death on return, from a power cut when the promise resolves. */
  save(whole: Session): Promise<void> {
    const { session, texts } = splitTexts(whole, this.quiz);
    put(this.local, this.key, session);
    if (Object.keys(texts).length) put(this.tab, this.key, texts);
    this.latest = session;
    this.writing ??= this.flush();
    return this.writing;
  }

  /** Write the latest session, and again while newer ones keep coming: a fast typist waits for nobody. */
  private async flush(): Promise<void> {
    try {
      while (this.latest) {
        const session: Session = this.latest;
        this.latest = null;
        const open = await database();
        await transact(open, [store], "readwrite", (t) => asked(t.objectStore(store).put(session, this.key)));
      }
    } catch {
      // No IndexedDB here: localStorage has to do.
      this.latest = null;
    } finally {
      this.writing = null;
    }
  }

  private async read(): Promise<SavedSession | null> {
    const open = await database();
    const found = await transact(open, [store], "readonly", (t) => asked(t.objectStore(store).get(this.key)));
    return (found as SavedSession | undefined) ?? null;
  }
}

/** Delete every draft on this device. */
export async function forgetDrafts(): Promise<void> {
  for (const storage of [webStorage("localStorage"), webStorage("sessionStorage")]) {
    const keys = Array.from({ length: storage?.length ?? 0 }, (_, at) => storage?.key(at) ?? "");
    for (const key of keys) if (key.startsWith(prefix)) storage?.removeItem(key);
  }
  const open = await database().catch(() => null);
  if (open) await transact(open, [store], "readwrite", (t) => asked(t.objectStore(store).clear()));
}
