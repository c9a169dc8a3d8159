// The tabs of the conversation with the app, and its Home.
import { byId, h } from "./element.js";
import { api } from "./api.js";
import { blockNodes } from "./blocks.js";
import { given } from "./elements.js";
import { currentChannel, emit, on, state } from "./state.js";
import { attempt } from "./toasts.js";

let drawn = null;
let fields = {}; // what was put into its fields and not sent yet: by block, by action

const TABS = ["home", "messages"];

export function startHome() {
  for (const [at, tab] of TABS.entries()) {
    const button = byId(`tab-${tab}`);
    button.addEventListener("click", () => openTab(tab));
    button.addEventListener("keydown", (event) => {
      if (event.key !== "ArrowRight" && event.key !== "ArrowLeft") return;
      event.preventDefault();
      const next = TABS[(at + 1) % TABS.length];
      openTab(next);
      byId(`tab-${next}`).focus();
    });
  }
  on("home", draw);
}

function openTab(tab) {
  state.tab = tab;
  if (tab === "home") attempt(api.home({}));
  draw();
  if (tab === "messages") emit("log");
}

const place = (view) => ({
  where: { view },
  held: (block, action) => state.home?.values?.[block]?.[action],
  values: () => fields,
  changed: (element, block, value) => {
    if (block.type === "input") (fields[block.block_id] ??= {})[element.action_id] = given(element, value);
  },
});

function draw() {
  const direct = Boolean(currentChannel()?.direct);
  const home = direct && state.app.has_home && (state.tab === "home" || !state.app.has_messages);
  byId("tab-home").hidden = !state.app.has_home;
  byId("tab-messages").hidden = !state.app.has_messages;
  for (const tab of TABS) {
    const chosen = (tab === "home") === home;
    byId(`tab-${tab}`).setAttribute("aria-selected", String(chosen));
    byId(`tab-${tab}`).setAttribute("tabindex", chosen ? "0" : "-1");
  }
  byId("home").hidden = !home;
  byId("scroll").hidden = home;
  byId("composer").hidden = home || (direct && (state.app.read_only || !state.app.has_messages));
  if (home) byId("to-end").hidden = true;
  const key = JSON.stringify(home && [state.me.id, state.home]);
  if (!home || drawn === key) return;
  drawn = key;
  fields = {};
  const root = byId("home");
  const focused = root.contains(document.activeElement) && document.activeElement.dataset.key;
  root.replaceChildren(...(state.home ? blockNodes(state.home.blocks, place(state.home.id)) : nothing()));
  if (focused) root.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
}

const nothing = () => [
  h(
    "div",
    { class: "home-empty" },
    h("h2", {}, "Nothing here yet"),
    h("p", { class: "muted" }, `${state.app.name} has published nothing on its Home.`),
  ),
];
