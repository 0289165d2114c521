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

/** A picture or recording a question is about. */
export interface Media {
  kind: "image" | "audio";
  src: string;
  alt: string;
  caption?: Html | null;
  transcript?: Html | null;
}

interface ItemBase {
  id: string;
  rev: string;
  points: number;
  stem: Html;
  explain?: Html | null;
  hints?: Html[];
  reread?: { href: string; text: string } | null;
  tags?: string[];
  shuffle?: boolean;
  confidence?: boolean;
  media?: Media | null;
}

export interface ChoiceItem extends ItemBase {
  type: "single" | "multiple" | "survey";
  options: Option[];
  scoring?: "right-minus-wrong" | "per-option" | "all-or-nothing";
  /** A survey that is a rating from one end to the other. */
  scale?: boolean;
}

export interface TrueFalseItem extends ItemBase {
  type: "truefalse";
  answer?: boolean;
  feedback?: { true?: Html | null; false?: Html | null } | null;
}

export interface ShortItem extends ItemBase {
  type: "short";
  normalize?: NormalizeStep[];
  accept?: AcceptedText[];
}

export interface NumericItem extends ItemBase {
  type: "numeric";
  unit?: Html | null;
  accept?: AcceptedNumber[];
}

export type Scoring = "per-part" | "all-or-nothing";

export interface Gap {
  id: string;
  kind: "text" | "choice" | "drag";
  accept?: AcceptedText[];
  options?: Option[];
  /** Drag: id of the token that belongs here. */
  token?: string;
  feedback?: Html | null;
}

/** Something to put in its place. */
export interface Part {
  id: string;
  html: Html;
  feedback?: Html | null;
}

export interface ClozeItem extends ItemBase {
  type: "cloze";
  gaps: Gap[];
  tokens: Part[];
  normalize?: NormalizeStep[];
  scoring?: Scoring;
}

export interface OrderItem extends ItemBase {
  type: "order";
  /** In the right order, where the key is known. */
  parts: Part[];
  scoring?: "position" | "all-or-nothing";
}

export interface MatchItem extends ItemBase {
  type: "match";
  lefts: Part[];
  rights: Part[];
  key?: Record<string, string>;
  scoring?: Scoring;
}

export interface CategorizeItem extends ItemBase {
  type: "categorize";
  categories: Part[];
  things: Part[];
  key?: Record<string, string>;
  scoring?: Scoring;
}

export interface Area {
  id: string;
  shape: "rect" | "circle" | "poly";
  coords: number[];
  html: Html;
  correct?: boolean;
  feedback?: Html | null;
}

export interface HotspotItem extends ItemBase {
  type: "hotspot";
  image: { src: string; width: number; height: number; alt: string };
  areas: Area[];
}

export interface ReflectItem extends ItemBase {
  type: "reflect";
  words?: { min: number; max: number } | null;
  model?: Html | null;
  rubric?: RubricLine[];
}

export interface SceneChoice {
  id: string;
  html: Html;
  to: string;
  /** Thousandths of the item's points, or null where the choice has none. */
  score?: number | null;
  feedback?: Html | null;
  values?: Record<string, number>;
}

export interface Scene {
  id: string;
  html: Html;
  end: boolean;
  choices: SceneChoice[];
}

export interface ScenarioItem extends ItemBase {
  type: "scenario";
  start: string;
  scored: boolean;
  /** Words for what choices honour. */
  values?: Record<string, Html>;
  nodes: Scene[];
}

export type Item =
  | ChoiceItem
  | TrueFalseItem
  | ShortItem
  | NumericItem
  | ClozeItem
  | OrderItem
  | MatchItem
  | CategorizeItem
  | HotspotItem
  | ReflectItem
  | ScenarioItem;
export type NormalizeStep = "base" | "ar-letters" | "ru-yo";
export type Tier = "primary" | "secondary" | "adult";

export interface Draw {
  n: number;
  /** Tags; none: of all items. */
  from: string[];
}

export interface Quiz {
  schema: "player/2";
  id: string;
  rev: string;
  title: string;
  lang: string;
  dir: "ltr" | "rtl";
  tier: Tier;
  mode: "practice" | "assessed" | "survey";
  /** Share of the points that counts as reached, 0 to 1. */
  pass?: number | null;
  /** Practice: tries before the key is shown. */
  tries?: number;
  /** Assessed: how often it may be handed in; 0: any number. */
  attempts?: number;
  feedback?: "on-finish" | "never";
  draw?: Draw[];
  shuffle?: boolean;
  items: Item[];
}

export interface Reflection {
  text: string;
  rubric: string[];
}

/** What is put where: text, option, token, right or category by gap, left or thing. */
export type Placement = Record<string, string>;

/** What a learner answers: ids, never positions. An array is a set of options, an order or a way through a scenario. */
export type Response = string | string[] | boolean | Reflection | Placement;

/** How sure a learner was: 1 guessed, 2 fairly sure, 3 sure. */
export type Sure = 1 | 2 | 3;

/** Thousandths of a point. */
export interface Marks {
  earned: number;
  possible: number;
}

// ---- the learner's log ------------------------------------------------------------------------

export interface AnswerBody {
  k: "answer";
  /** Marks; absent where only the server may mark. */
  earned?: number;
  possible?: number;
  /** How sure the learner was, where that was asked and said. */
  c?: Sure;
  /** Attempt at an assessed quiz. */
  a?: string;
  /** A foreign player gave the marks. */
  src?: "h5p";
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
  /** Attempt at an assessed quiz that is handed in. */
  a?: string;
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

// ---- attempts at assessed quizzes ---------------------------------------------------------------

/** What the server says of one item of an attempt. Only marks where the quiz keeps its feedback to itself. */
export interface ItemResult extends Marks {
  /** The key was corrected after the answer was marked. */
  remarked?: boolean;
  /** Thousandths for each part by id. */
  parts?: Record<string, number>;
  feedback?: Html[];
  explain?: Html | null;
  reread?: ItemBase["reread"];
  key?: Html[];
}

/** What the server says of an attempt. */
export interface AttemptResult {
  attempt: string;
  quiz: string;
  state: "open" | "handed-in" | "unmarked" | "over-limit";
  /** Null where the attempt does not count, or not yet. */
  earned: number | null;
  possible: number | null;
  passed: boolean | null;
  remarked?: boolean;
  items?: Record<string, ItemResult>;
  /** How often the quiz was handed in, and how often it may be; 0: any number. */
  attempts: { used: number; allowed: number };
}

/** How an attempt stands between this device and the server. */
export interface AttemptStanding {
  /** Where sending stands. */
  state: SyncState;
  /** Answers of the attempt that wait to be sent. */
  waiting: number;
  /** What the server answered about it; null: nothing, or nothing yet. */
  body: unknown;
}

/** What the player may ask about attempts; made in main.ts, implemented in sync/. */
export interface AttemptSource {
  /** Tell how an attempt stands; null asks only where sending stands. */
  standing(attempt: string | null): Promise<AttemptStanding>;
  sendNow(): Promise<void>;
  /** Call back after something may have been recorded, sent or heard. */
  onChange(listener: () => void): void;
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
