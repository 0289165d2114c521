// A page around the player of QTI 3: `score(xml, steps)` gives the outcomes after each step of responses.
// The player talks much; what it complains about is kept, except that it complains about every prompt although it shows it.
window.complaints = [];
for (const way of ["log", "info", "warn", "error"]) {
  console[way] = (...said) => {
    const text = said.map(String).join(" ");
    if (text.includes("xception") && !text.includes("qti-prompt")) window.complaints.push(text);
  };
}

const player = new Promise((ready) => {
  const waiting = { item: () => {}, score: () => {} };
  const on = {
    notifyQti3PlayerReady: (found) =>
      ready({ found, wait: (name) => new Promise((resolve) => (waiting[name] = resolve)) }),
    notifyQti3ItemReady: () => waiting.item(),
    notifyQti3ScoreAttemptCompleted: (said) => waiting.score(said),
  };
  new Vue({
    render: (h) => h(qti3Player, { props: { suppressAlertMessages: true, suppressInvalidResponseMessages: true }, on }),
  }).$mount("#app");
});

let loads = 0;

// The player takes no notice of the same text twice, so each gets a comment of its own.
async function load(xml, state) {
  const { found, wait } = await player;
  const sessionControl = { max_attempts: 0, show_feedback: false, validate_responses: false };
  const ready = wait("item");
  found.loadItemFromXml(`${xml}<!-- ${++loads} -->`, {
    guid: "peer",
    status: "interacting",
    sessionControl,
    ...(state ? { state } : {}),
  });
  await Promise.race([ready, patience("ready")]);
}

async function mark() {
  const { found, wait } = await player;
  const marked = wait("score");
  found.scoreAttempt("marked");
  return JSON.parse(JSON.stringify((await Promise.race([marked, patience("marked")])).state));
}

const patience = (name) =>
  new Promise((_, refuse) => setTimeout(() => refuse(new Error(`the player never said ${name}`)), 10_000));

window.score = async (xml, steps) => {
  await load(xml);
  let state = await mark();
  for (const step of steps) {
    for (const variable of state.responseVariables)
      if (variable.identifier in step) variable.value = step[variable.identifier];
    for (const variable of state.contextVariables) variable.value = new Map();
    await load(xml, state);
    state = await mark();
  }
  return Object.fromEntries(state.outcomeVariables.map((one) => [one.identifier, one.value]));
};
