/** The search client, loaded when a reader first opens search. */
import { pageFacts } from "../page.ts";
import { SearchDialog } from "./dialog.ts";
import { Finder } from "./find.ts";
import { scriptLoader } from "./load.ts";

const { base, lang } = pageFacts();
let dialog: SearchDialog | null = null;

window.e4jSearch = {
  open() {
    dialog ??= new SearchDialog(new Finder(lang, scriptLoader(base)), base);
    dialog.open();
  },
};
