/** `<form data-e4j-filter>` shows the cards that fit, counts them aloud, and keeps the choice in the address. */
import { t } from "../text.ts";
import {
  type Card,
  type Choice,
  choiceOf,
  type FilterName,
  filterNames,
  fits,
  readQuery,
  writeQuery,
} from "./filter.ts";

function cardFacts({ dataset }: HTMLElement): Card {
  const number = (text: string | undefined, otherwise: number) => (text ? Number(text) : otherwise);
  return {
    level: dataset.level ?? "",
    themes: (dataset.themes ?? "").split(/\s+/),
    ages: { min: number(dataset.ageMin, 0), max: number(dataset.ageMax, Number.POSITIVE_INFINITY) },
    minutes: dataset.minutes ? Number(dataset.minutes) : null,
    translated: number(dataset.translated, 100),
  };
}

type Field = HTMLInputElement | HTMLSelectElement;

function fieldsOf(form: HTMLFormElement, name: FilterName): Field[] {
  return Array.from(form.querySelectorAll<Field>(`select[name="${name}"], input[name="${name}"]`));
}

function chosenIn(field: Field): string[] {
  if (field instanceof HTMLSelectElement) return Array.from(field.selectedOptions, (option) => option.value);
  return field.type === "checkbox" || field.type === "radio" ? (field.checked ? [field.value] : []) : [field.value];
}

function choose(field: Field, values: readonly string[]): void {
  if (field instanceof HTMLSelectElement) chooseOptions(field, values);
  else if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
  else field.value = values[0] ?? "";
}

function chooseOptions(field: HTMLSelectElement, values: readonly string[]): void {
  for (const option of field.options)
    option.selected = values.includes(option.value) || (!values.length && !option.value);
}

function readForm(form: HTMLFormElement): Choice {
  const values = (name: FilterName) => fieldsOf(form, name).flatMap(chosenIn).filter(Boolean);
  return choiceOf(values);
}

function keepInAddress(choice: Choice): void {
  try {
    history.replaceState(
      history.state,
      "",
      `${location.pathname}${writeQuery(location.search, choice)}${location.hash}`,
    );
  } catch {
    // A browser that guards file:// addresses: the choice lives in the form alone.
  }
}

function show(form: HTMLFormElement, cards: readonly HTMLElement[]): void {
  const choice = readForm(form);
  for (const card of cards) card.hidden = !fits(cardFacts(card), choice);
  const count = cards.filter((card) => !card.hidden).length;
  const words =
    count === 0 ? t("Nothing fits. Take a filter away.") : t("Shown: {count} of {all}", { count, all: cards.length });
  for (const place of document.querySelectorAll("[data-e4j-filter-count]")) place.textContent = words;
}

export function startCatalogue(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-e4j-filter]");
  if (!form) return;
  const cards = Array.from(document.querySelectorAll<HTMLElement>("[data-e4j-card]"));
  for (const place of document.querySelectorAll("[data-e4j-filter-count]")) place.setAttribute("role", "status");
  const kept = readQuery(location.search);
  for (const name of filterNames) {
    if (kept[name].length) for (const field of fieldsOf(form, name)) choose(field, kept[name]);
  }
  const changed = () => {
    show(form, cards);
    keepInAddress(readForm(form));
  };
  form.hidden = false;
  form.addEventListener("input", changed);
  form.addEventListener("reset", () => setTimeout(changed));
  form.addEventListener("submit", (event) => event.preventDefault());
  show(form, cards);
}
