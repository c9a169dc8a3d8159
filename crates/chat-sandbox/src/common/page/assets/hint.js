// The introduction, with the first steps of a newcomer ticked off as the page sees them done.
import { byId, h } from "./element.js";
import { channelById, on, state } from "./state.js";
import { store, stored } from "./stored.js";

const KEY = "sandbox:hint";
const SEEN_KEY = "sandbox:steps";

// Who did which step in this run of the sandbox, by the step's name.
let seen = {};
let drawn;

const steps = () => state.introduction.steps;
const inChannel = (message, name) => Boolean(message) && channelById(message.channel)?.name === name;

const HAPPENED = {
  used: (name, { command }) => command === name,
  pressed_letter: (channel, { pressed, on: message }) => /^[A-Z]$/.test(pressed) && inChannel(message, channel),
  replied: (channel, { replied }) => inChannel(replied, channel) && replied.author.bot,
};

function happened(done, event) {
  if (done === "next_day") return Boolean(event.day);
  const [[kind, argument]] = Object.entries(done);
  return HAPPENED[kind]?.(argument, event);
}

function note(event) {
  const me = state.me.id;
  steps().forEach((step, at) => {
    const last = seen[steps()[at - 1]?.name];
    if (!happened(step.done, event) || (step.after_last && !last)) return;
    if (!step.by_another) seen[step.name] ??= me;
    else if (me !== last) seen[step.name] = me;
  });
  store(SEEN_KEY, { run: state.started, seen });
  tick();
}

function isDone(step, at) {
  const who = seen[step.name];
  const last = seen[steps()[at - 1]?.name];
  return Boolean(who && (!step.by_another || (last && last !== who)));
}

function tick() {
  const next = steps().find((step, at) => !isDone(step, at));
  steps().forEach((step, at) => {
    const line = byId("hint-steps").children[at];
    const done = isDone(step, at);
    line.querySelector(".done-note")?.remove();
    if (done) line.prepend(h("span", { class: "sr done-note" }, "Done: "));
    line.classList.toggle("done", done);
    line.classList.toggle("next", step === next);
  });
  byId("hint-over").hidden = Boolean(next);
}

function draw(act, words) {
  const told = state.introduction;
  // A button in use keeps its focus.
  if (drawn === JSON.stringify(state.introduction)) return recall();
  drawn = JSON.stringify(state.introduction);
  byId("hint-title").textContent = told.title;
  byId("hint-text").replaceChildren(words(told, "text"));
  byId("hint-over").replaceChildren(words(told, "end"));
  const line = (step) =>
    h(
      "li",
      { "data-step": step.name },
      h("button", { type: "button", onclick: () => act(step.button) }, words(step, "action")),
      words(step, "rest"),
    );
  byId("hint-steps").replaceChildren(...steps().map(line));
  recall();
}

function recall() {
  // What an earlier run of the sandbox saw, this one has forgotten.
  const kept = stored(SEEN_KEY, {});
  seen = kept.run === state.started ? (kept.seen ?? {}) : {};
  tick();
}

function point(element, focused) {
  focused?.focus();
  element.classList.add("pointed");
  setTimeout(() => element.classList.remove("pointed"), 1600);
}

function people() {
  if (matchMedia("(max-width: 900px)").matches) byId("open-left").click();
  point(byId("account"), byId("switcher").querySelector("[aria-checked=true]"));
}

/**
 * `fill(text)` writes into the message box, `open(name)` opens a channel; `words(told, key)` is an element with a text
 * of the introduction or of a step.
 */
export function startHint({ fill, open, words }) {
  const hint = byId("hint");
  const show = (shown) => {
    hint.hidden = !shown;
    store(KEY, shown ? "shown" : "dismissed");
  };
  const act = (button) => {
    if (button === "people") people();
    else if (button === "next_day") point(byId("next-day"), byId("next-day"));
    else if (button.fill) fill(button.fill);
    else open(button.open);
  };
  hint.hidden = stored(KEY, "shown") === "dismissed";
  byId("hint-close").addEventListener("click", () => show(false));
  byId("hint-open").addEventListener("click", () => show(true));
  on("people", () => draw(act, words));
  on("did", note);
}
