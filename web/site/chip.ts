/** `[data-e4j-sync]`: one quiet line on where the answers are. */
import { t } from "../text.ts";
import type { Learner, SyncStatus } from "../types.ts";

export type ChipTone = "saved" | "waiting" | "local" | "warning";

/** Say where the answers are. No DOM. */
export function chipWords(status: SyncStatus): { tone: ChipTone; words: string } {
  if (!status.durable) return { tone: "warning", words: t("Answers can't be saved on this device") };
  if (status.state === "local") return { tone: "local", words: t("Saved on this device. Nothing is sent from here.") };
  if (status.state === "absent" || (!status.enrolled && status.waiting === 0)) {
    return { tone: "local", words: t("Saved on this device") };
  }
  if (status.waiting > 0) return { tone: "waiting", words: t("Not sent yet: {count}", { count: status.waiting }) };
  return { tone: "saved", words: t("All saved") };
}

export function startChip(learner: Learner): void {
  const chips = document.querySelectorAll("[data-e4j-sync]");
  if (!chips.length) return;
  for (const chip of chips) chip.setAttribute("role", "status");
  const show = async () => {
    const { tone, words } = chipWords(await learner.status());
    for (const chip of chips) {
      chip.setAttribute("data-state", tone);
      if (chip.textContent !== words) chip.textContent = words;
    }
  };
  learner.onChange(() => void show());
  void show();
}
