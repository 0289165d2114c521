/** Shapes the folders share. The pages of docs/developers/contracts.md, in types. */

// ---- a quiz in a page -------------------------------------------------------------------------

/** HTML our own renderer made from checked sources. The only text that is ever inserted as markup. */
export type Html = string;

export interface Option {
  id: string;
  html: Html;
  correct?: boolean;
  feedback?: Html | null;
}

export interface AcceptedText {
  text: string;
  /** Thousandths of the item's points. */
  credit: number;
  feedback?: Html | null;
}

export interface AcceptedNumber {
  value: string;
  tolerance: string;
  credit: number;
  feedback?: Html | null;
}

export interface RubricLine {
  id: string;
  html: Html;
  points: number;
}

interface ItemBase {
  id: string;
  rev: string;
  points: number;
  stem: Html;
  explain?: Html | null;
  hints?: Html[];
  reread?: { href: string; text: string } | null;
}

export interface ChoiceItem extends ItemBase {
  type: "single" | "multiple" | "survey";
  options: Option[];
}

export interface TrueFalseItem extends ItemBase {
  type: "truefalse";
  answer: boolean;
  feedback?: { true?: Html | null; false?: Html | null } | null;
}

export interface ShortItem extends ItemBase {
  type: "short";
  normalize?: NormalizeStep[];
  accept: AcceptedText[];
}

export interface NumericItem extends ItemBase {
  type: "numeric";
  unit?: Html | null;
  accept: AcceptedNumber[];
}

export interface ReflectItem extends ItemBase {
  type: "reflect";
  words?: { min: number; max: number } | null;
  model?: Html | null;
  rubric?: RubricLine[];
}

export type Item = ChoiceItem | TrueFalseItem | ShortItem | NumericItem | ReflectItem;
export type NormalizeStep = "base" | "ar-letters" | "ru-yo";
export type Tier = "primary" | "secondary" | "adult";

export interface Quiz {
  schema: "player/1";
  id: string;
  rev: string;
  title: string;
  lang: string;
  dir: "ltr" | "rtl";
  mode: "practice";
  /** Share of the points that counts as reached, 0 to 1. */
  pass?: number | null;
  tier: Tier;
  items: Item[];
}

export interface Reflection {
  text: string;
  rubric: string[];
}

/** What a learner answers: option ids, never positions. */
export type Response = string | string[] | boolean | Reflection;

/** Thousandths of a point. */
export interface Marks {
  earned: number;
  possible: number;
}

// ---- the learner's log ------------------------------------------------------------------------

export interface AnswerBody extends Marks {
  k: "answer";
  u: string;
  uv: string;
  i: string;
  iv: string;
  r?: Response;
  /** Which try at this item, from 1. */
  t: number;
  lang: string;
}

export interface UnitBody {
  k: "view" | "done";
  u: string;
  uv: string;
  lang: string;
}

/** An event before the log gives it its id, device, number and clock. */
export type EventBody = AnswerBody | UnitBody;

export interface EventIds {
  v: 1;
  id: string;
  d: string;
  n: number;
  lc: string;
}

export type LearnerEvent = EventIds & EventBody;

/** How safe a recorded event is: on this device's disk, or only in this page. */
export type Stored = "device" | "memory";

/** Dispatched by the player, bubbling: detail is the event to record. Listeners hand back when it is stored. */
export class AnswerEvent extends CustomEvent<EventBody> {
  readonly waits: Promise<Stored>[] = [];

  /** `once` names this answer, so that telling it again after a crash records it only once. */
  constructor(
    body: EventBody,
    readonly once: string,
  ) {
    super("e4j-answer", { bubbles: true, composed: true, detail: body });
  }

  waitUntil(stored: Promise<Stored>): void {
    this.waits.push(stored);
  }
}

// ---- progress ---------------------------------------------------------------------------------

export interface LastMarks extends Marks {
  r?: Response;
  iv: string;
}

export interface ItemProgress {
  tries: number;
  first: Marks;
  best: Marks;
  last: LastMarks;
}

export interface Progress {
  events: number;
  quizzes: Record<string, { items: Record<string, ItemProgress> }>;
  pages: Record<string, { viewed: boolean; done: boolean }>;
}

// ---- the log as the site sees it --------------------------------------------------------------

/**
 * Where sending stands.
 * - `local`: no server can be reached from here by nature (file://)
 * - `absent`: this origin has no learner service
 * - `idle`: nothing tried yet, or all is well
 * - `sending`, `offline` (will try again), `refused` (the server does not know this device)
 */
export type SyncState = "local" | "absent" | "idle" | "sending" | "offline" | "refused";

export interface SyncStatus {
  state: SyncState;
  /** Events not yet with the server. */
  waiting: number;
  /** False when answers live only in this page. */
  durable: boolean;
  enrolled: boolean;
}

export type RedeemResult = "ok" | "wrong-code" | "too-many" | "unreachable";

/** What elements may ask of the log; made in main.ts, implemented in sync/. */
export interface Learner {
  record(body: EventBody, once?: string): Promise<Stored>;
  progress(): Promise<Progress>;
  status(): Promise<SyncStatus>;
  recoveryCode(): Promise<string | null>;
  redeem(code: string): Promise<RedeemResult>;
  sendNow(): Promise<void>;
  /** Delete log, learner and token from this device. */
  forget(): Promise<void>;
  /** Call back after anything above may have changed. */
  onChange(listener: () => void): void;
}

/** Dispatched on document when the learner deletes everything from this device. */
export const FORGET_EVENT = "e4j-forget";
