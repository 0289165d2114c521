/** A story the learner goes through, choice by choice, with the way so far above and a step back. */
import { button, icon, make, markup } from "../../dom.ts";
import { t } from "../../text.ts";
import type { Response, ScenarioItem } from "../../types.ts";
import { honoured, type Step, type Way, walk } from "../way.ts";
import { type Controls, changed } from "./control.ts";

function pathOf(response: Response | null): string[] {
  return Array.isArray(response) ? response : [];
}

function logEntry({ choice }: Step): HTMLElement {
  const made = make("p", { class: "e4j-way-choice" }, make("span", { class: "e4j-way-lead" }, t("You chose:"), " "));
  made.append(markup("span", "", choice.html));
  return make(
    "li",
    { class: "e4j-way-step" },
    made,
    choice.feedback ? markup("p", "e4j-way-after", choice.feedback) : null,
  );
}

function ending(item: ScenarioItem, way: Way): HTMLElement {
  const values = honoured(item, way);
  const lead = make("p", { class: "e4j-ending-lead" }, t("What this way honoured:"));
  const list = make("ul", { class: "e4j-values" }, ...values.map((html) => markup("li", "e4j-value", html)));
  const end = make("p", { class: "e4j-ending-mark" }, t("The story ends here."));
  return make("div", { class: "e4j-ending" }, end, ...(values.length ? [lead, list] : []));
}

/** Make the controls of a story with choices. */
export function scenario(item: ScenarioItem, name: string): Controls {
  const log = make("ol", { class: "e4j-way", "aria-label": t("Your way so far") });
  const scene = make("div", { class: "e4j-scene", role: "group", tabindex: -1, "aria-describedby": `${name}-scene` });
  const root = make("div", { class: "e4j-scenario" }, log, scene);
  let path: string[] = [];
  let done = false;

  const go = (next: string[]) => {
    path = next;
    draw();
    changed(root);
    scene.focus();
  };
  const back = button(t("One step back"), "e4j-quiet-action", () => go(path.slice(0, -1)));
  back.prepend(icon("back"));
  const anew = button(t("Try another way"), "e4j-quiet-action", () => go([]));
  const ways = make("div", { class: "e4j-quiz-actions" });

  const draw = () => {
    const way = walk(item, path);
    path = way.steps.map((step) => step.choice.id);
    log.replaceChildren(...way.steps.map(logEntry));
    log.hidden = path.length === 0;
    const text = markup("div", "e4j-scene-text", way.scene?.html ?? "");
    text.id = `${name}-scene`;
    const choices = (way.ended ? [] : (way.scene?.choices ?? [])).map((choice) => {
      const press = button("", "e4j-choice", () => go([...path, choice.id]));
      press.append(markup("span", "", choice.html));
      press.disabled = done;
      return press;
    });
    scene.setAttribute("aria-label", t("Scene {number}", { number: path.length + 1 }));
    ways.replaceChildren(...(done || !path.length ? [] : way.ended ? [back, anew] : [back]));
    scene.replaceChildren(
      text,
      way.ended ? ending(item, way) : make("div", { class: "e4j-choices" }, ...choices),
      ways,
    );
  };
  draw();
  return {
    root,
    read: () => (path.length ? path : null),
    write: (response) => {
      path = pathOf(response);
      draw();
    },
    show: (state) => {
      if (done === state.done) return;
      done = state.done;
      draw();
    },
    focus: () => (scene.querySelector<HTMLElement>("button") ?? scene).focus(),
    problem: () => (walk(item, path).ended ? null : t("Go on until the story ends. Then you can check your way.")),
  };
}
