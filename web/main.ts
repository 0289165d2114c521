/** One classic script for every page: here, and only here, the folders meet. */

import { defineActivity } from "./h5p/element.ts";
import { pageFacts } from "./page.ts";
import { defineQuiz } from "./player/element.ts";
import { startCatalogue } from "./site/catalogue.ts";
import { startChip } from "./site/chip.ts";
import { startContinue } from "./site/continue.ts";
import { startLanguageLinks } from "./site/language.ts";
import { startNavigation } from "./site/navigation.ts";
import { defineProgress } from "./site/progress.ts";
import { startReading } from "./site/reading.ts";
import { startSearchButton } from "./site/search-button.ts";
import { startTheme } from "./site/theme.ts";
import { Api } from "./sync/api.ts";
import { LearnerLog } from "./sync/learner.ts";
import { listen } from "./sync/triggers.ts";

const facts = pageFacts();
document.documentElement.setAttribute("data-e4j-js", "");
startTheme();
startNavigation();
startLanguageLinks();
startCatalogue();
startSearchButton();

const learner = new LearnerLog(facts.server === null ? null : new Api(facts.server, facts.lang));
listen(learner);
startReading(learner);
startContinue(facts);
startChip(learner);
// Last: a player tells the log at once what a crash kept from it.
defineQuiz(learner);
defineActivity();
defineProgress(learner);
