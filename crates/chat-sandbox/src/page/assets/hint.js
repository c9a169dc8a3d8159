// The first steps of a newcomer, in an order in which each comes true, and ticked off as the page sees them done.
import { byId, h } from "./element.js";
import { channelById, on, state } from "./state.js";

const KEY = "sandbox:hint";
const SEEN_KEY = "sandbox:steps";

/** The channel where dailies post. */
export const DAILY = "daily";

// What was done in this run of the sandbox: who pressed an answer, who replied to a daily, and the rest.
let seen = {};

const inDaily = (message) => message && channelById(message.channel)?.name === DAILY;

function note({ command, pressed, on: message, replied, day }) {
  const me = state.me.id;
  if (command === "question") seen.question = true;
  if (inDaily(message) && /^[A-Z]$/.test(pressed)) seen.pressed ??= me;
  if (inDaily(replied) && replied.author.bot && me !== seen.pressed) seen.replied = me;
  if (day) seen.day = true;
  // Before a daily closed, a typed answer is not on it.
  if (command === "leaderboard" && seen.day) seen.board = true;
  localStorage.setItem(SEEN_KEY, JSON.stringify({ run: state.started, seen }));
  draw();
}

const DONE = {
  question: () => seen.question,
  daily: () => seen.pressed,
  person: () => seen.pressed && seen.replied && seen.pressed !== seen.replied,
  day: () => seen.day,
  board: () => seen.board,
};

function draw() {
  const steps = [...byId("hint").querySelectorAll("[data-step]")];
  const next = steps.find((step) => !DONE[step.dataset.step]());
  for (const step of steps) {
    const done = Boolean(DONE[step.dataset.step]());
    step.querySelector(".done-note")?.remove();
    if (done) step.prepend(h("span", { class: "sr done-note" }, "Done: "));
    step.classList.toggle("done", done);
    step.classList.toggle("next", step === next);
  }
  byId("hint-over").hidden = Boolean(next);
}

// What an earlier run of the sandbox saw, this one has forgotten.
function recall() {
  const { run, seen: kept } = JSON.parse(localStorage.getItem(SEEN_KEY)) ?? {};
  seen = run === state.started ? kept : {};
  draw();
}

function point(element, focused) {
  focused?.focus();
  element.classList.add("pointed");
  setTimeout(() => element.classList.remove("pointed"), 1600);
}

/** `fill(text)` writes into the message box, `daily()` opens the channel where dailies post. */
export function startHint({ fill, daily }) {
  const hint = byId("hint");
  const show = (shown) => {
    hint.hidden = !shown;
    localStorage.setItem(KEY, shown ? "shown" : "dismissed");
  };
  hint.hidden = localStorage.getItem(KEY) === "dismissed";
  byId("hint-close").addEventListener("click", () => show(false));
  byId("hint-open").addEventListener("click", () => show(true));
  const person = () => {
    if (matchMedia("(max-width: 900px)").matches) byId("open-left").click();
    point(byId("account"), byId("switcher").querySelector("[aria-checked=true]"));
  };
  const actions = {
    question: () => fill("/question caching"),
    daily,
    person,
    day: () => point(byId("next-day"), byId("next-day")),
    board: () => fill("/leaderboard period:all"),
  };
  for (const step of hint.querySelectorAll("[data-step]")) {
    step.querySelector("button").addEventListener("click", actions[step.dataset.step]);
  }
  on("people", recall);
  on("did", note);
}
