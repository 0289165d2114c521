// Lay out a small site around the browser code in build/harness/<lang>/, as contracts.md describes a page.
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { assessed, bank, recording } from "./assessed.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(dirname(dirname(here)));
const target = process.argv[2] ?? join(root, "build", "harness");
const languages = { en: "ltr", ar: "rtl", zh: "ltr", fr: "ltr", ru: "ltr", es: "ltr" };

/** Read the messages of a catalog. Our catalogs have one line a text and no plural forms. */
function messages(lang) {
  const text = readFileSync(join(root, "src/e4j/locales", lang, "browser.po"), "utf8");
  const pairs = [...text.matchAll(/^msgid (".+")\nmsgstr (".*")$/gm)];
  return Object.fromEntries(pairs.map(([, id, words]) => [JSON.parse(id), JSON.parse(words)]));
}

function page({ lang, base, key, tier = "adult" }, title, body) {
  const about = key ? ` data-e4j-page="${key}" data-e4j-rev="rev-1" data-e4j-tier="${tier}"` : "";
  const folder = base === "" ? "./" : base;
  return `<!doctype html>
<html lang="${lang}" dir="${languages[lang]}" data-e4j-base="${folder}"${about}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${base}assets/e4j/e4j.css">
<script src="${base}assets/e4j/strings.js" defer></script>
<script src="${base}assets/e4j/e4j.js" defer></script>
</head>
<body>
<header>
<button type="button" class="e4j-button" data-e4j-nav-toggle aria-expanded="false" aria-controls="menu">Menu</button>
<nav id="menu" aria-label="Main"><a href="${base}catalogue.html">Catalogue</a> <a data-e4j-page-link="market/story" href="${base}market/story.html">Story</a></nav>
<button type="button" class="e4j-button" data-e4j-theme-toggle hidden>Light or dark</button>
<button type="button" class="e4j-button" data-e4j-search-open hidden>Search</button>
<a data-e4j-lang="ar" lang="ar" hreflang="ar" href="${base}../ar/market/story.html">العربية</a>
</header>
<main id="content">
<h1>${title}</h1>
${body}
</main>
<footer><p data-e4j-sync role="status"></p></footer>
</body>
</html>
`;
}

function quizElement(quiz) {
  const json = JSON.stringify(quiz).replace(/</g, "\\u003c");
  const plain = quiz.items.map((item) => `<fieldset><legend>${item.stem}</legend></fieldset>`).join("");
  return `<e4j-quiz quiz="${quiz.id}" rev="${quiz.rev}"><script type="application/json">${json}</script><div class="e4j-quiz-static">${plain}</div></e4j-quiz>`;
}

function cards() {
  const facts = [
    ["primary", "honesty", 6, 9, 45, 100],
    ["primary", "honesty respect", 9, 12, 90, 100],
    ["secondary", "corruption", 13, 18, 90, 80],
    ["university", "corruption trafficking", 18, 99, 180, 100],
  ];
  return facts
    .map(
      ([level, themes, from, to, minutes, translated], at) =>
        `<article data-e4j-card data-level="${level}" data-themes="${themes}" data-age-min="${from}" data-age-max="${to}" data-minutes="${minutes}" data-translated="${translated}"><h2>Lesson ${at + 1}</h2></article>`,
    )
    .join("\n");
}

const catalogue = `<form data-e4j-filter hidden>
<label>Level <select name="level"><option value="">All</option><option value="primary">Primary</option><option value="secondary">Secondary</option><option value="university">University</option></select></label>
<label>Theme <select name="theme"><option value="">All</option><option value="honesty">Honesty</option><option value="corruption">Corruption</option></select></label>
<label>Age <input name="age" type="number" min="5" max="99"></label>
<label>Time <select name="time"><option value="">Any</option><option value="45">45</option><option value="90">90</option></select></label>
<label><input name="complete" type="checkbox" value="1"> Complete</label>
<button type="reset">Clear</button>
<p data-e4j-filter-count aria-live="polite"></p>
</form>
${cards()}`;

const story = `<p>${"Amina walks over the market. ".repeat(30)}</p>
<h2 id="the-purse">The purse</h2><p>${"There lies a purse. ".repeat(60)}</p>
<h2 id="the-guard">The guard</h2><p>${"A guard stands there. ".repeat(60)}</p>
<p><button type="button" class="e4j-button" data-e4j-done hidden>I have read this page</button></p>`;

rmSync(target, { recursive: true, force: true });
for (const [lang, dir] of Object.entries(languages)) {
  const folder = join(target, lang);
  const assets = join(folder, "assets", "e4j");
  mkdirSync(assets, { recursive: true });
  mkdirSync(join(folder, "market"), { recursive: true });
  const write = (name, text) => writeFileSync(join(folder, name), text);
  const catalog = { lang, dir, messages: messages(lang) };
  write("assets/e4j/strings.js", `window.e4jStrings=${JSON.stringify(catalog)};\n`);
  write("assets/e4j/search.js", 'window.e4jSearch={open(){document.title="search open"}};\n');
  const sheets = [join(here, "harness.css"), join(root, "src/e4j/assets/player.css")];
  write("assets/e4j/e4j.css", sheets.map((sheet) => readFileSync(sheet, "utf8")).join("\n"));
  copyFileSync(join(root, "src/e4j/assets/e4j.js"), join(assets, "e4j.js"));
  const quiz = JSON.parse(readFileSync(join(here, `quiz.${lang}.json`), "utf8"));
  const kinds = JSON.parse(readFileSync(join(here, `kinds.${lang}.json`), "utf8"));
  const [only] = quiz.items;
  const facts = { lang, base: "../", key: "market/check" };
  write("market/check.html", page(facts, quiz.title, `<h2>Check</h2>\n${quizElement(quiz)}`));
  write(
    "market/item.html",
    page({ ...facts, key: "market/item" }, quiz.title, quizElement({ ...quiz, items: [only] })),
  );
  copyFileSync(join(root, "quizzes/kinds-of-questions/market-hall.svg"), join(folder, "market", "market-hall.svg"));
  write("market/kinds.html", page({ ...facts, key: "market/kinds" }, kinds.title, quizElement(kinds)));
  const child = { ...quiz, id: "market-primary", tier: "primary" };
  write(
    "market/primary.html",
    page({ ...facts, key: "market/primary", tier: "primary" }, quiz.title, quizElement(child)),
  );
  const exam = assessed(join(root, "tests/server/keys/market-exam.json"), lang, dir);
  write("market/assessed.html", page({ ...facts, key: "market/assessed" }, exam.title, quizElement(exam)));
  write("market/bank.html", page({ ...facts, key: "market/bank" }, quiz.title, quizElement(bank(quiz))));
  write("market/bell.wav", recording());
  copyFileSync(join(root, "quizzes/kinds-of-questions/market-hall.svg"), join(folder, "market", "hall.svg"));
  write("market/story.html", page({ ...facts, key: "market/story" }, "Story", story));
  write("catalogue.html", page({ lang, base: "" }, "Catalogue", catalogue));
  write("index.html", page({ lang, base: "" }, "Home", "<e4j-continue></e4j-continue>"));
  const listing = {
    pages: {
      "market/story": { title: "Story", href: "market/story.html", in: "The market" },
      "market/check": { title: quiz.title, href: "market/check.html", in: "The market" },
    },
    quizzes: { "market-check": { title: quiz.title, href: "market/check.html" } },
  };
  const data = JSON.stringify(listing).replace(/</g, "\\u003c");
  const body = `<e4j-progress><script type="application/json">${data}</script></e4j-progress>`;
  write("progress.html", page({ lang, base: "" }, "My progress", body));
}
console.log(`harness in ${target}`);
