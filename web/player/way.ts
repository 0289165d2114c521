/** A way through a scenario: where it leads and what it honours. No DOM. */
import type { Html, ScenarioItem, Scene, SceneChoice } from "../types.ts";

export interface Step {
  scene: Scene;
  choice: SceneChoice;
}

export interface Way {
  steps: Step[];
  /** Where the way stands. */
  scene: Scene | undefined;
  ended: boolean;
}

/** Follow choices from the start, as far as they lead somewhere. */
export function walk(item: ScenarioItem, ids: readonly string[]): Way {
  const find = (id: string) => item.nodes.find((scene) => scene.id === id);
  const steps: Step[] = [];
  let scene = find(item.start);
  for (const id of ids) {
    const choice = scene?.choices.find((one) => one.id === id);
    if (!scene || !choice) break;
    steps.push({ scene, choice });
    scene = find(choice.to);
  }
  return { steps, scene, ended: scene?.end === true };
}

/** Give the words for what a way honours, the most honoured first. */
export function honoured(item: ScenarioItem, way: Way): Html[] {
  const sums = new Map<string, number>();
  for (const { choice } of way.steps) {
    for (const [value, weight] of Object.entries(choice.values ?? {})) sums.set(value, (sums.get(value) ?? 0) + weight);
  }
  return [...sums]
    .filter(([value, sum]) => sum > 0 && item.values?.[value])
    .sort(([, a], [, b]) => b - a)
    .map(([value]) => item.values?.[value] ?? "");
}

/** Give the way that earns most, without going through a scene twice. */
export function bestWay(item: ScenarioItem): SceneChoice[] {
  let best: { sum: number; choices: SceneChoice[] } = { sum: -1, choices: [] };
  const follow = (id: string, choices: SceneChoice[], seen: readonly string[]): void => {
    const scene = item.nodes.find((one) => one.id === id);
    if (!scene || seen.includes(id)) return;
    const sum = choices.reduce((all, choice) => all + (choice.score ?? 0), 0);
    if (scene.end && sum > best.sum) best = { sum, choices };
    if (!scene.end) for (const choice of scene.choices) follow(choice.to, [...choices, choice], [...seen, id]);
  };
  follow(item.start, [], []);
  return best.choices;
}
