// Starts the page: finds out who one is, and loads what there is to show whenever something changed.
import { byId, h } from "./element.js";
import { api } from "./api.js";
import { listen } from "./request.js";
import {
  channelAddress,
  channelById,
  channelLabel,
  currentChannel,
  emit,
  on,
  personById,
  state,
  tellHere,
} from "./state.js";
import { attempt } from "./toasts.js";
import { forgetOlder, startLog, wantedMessages } from "./log.js";
import { startComposer } from "./composer.js";
import { startChannels } from "./channels.js";
import { startPeople } from "./people.js";
import { closeDrawers, startDrawers } from "./drawers.js";
import { drawClock, startClock } from "./clock.js";
import { drawFaults, requests, startFaults } from "./faults.js";
import { drawSibling } from "./sibling.js";
import { startHint } from "./hint.js";
import { startHome } from "./home.js";
import { startModal } from "./modal.js";
import { leaveThread, openThread, startThread, wantedThread } from "./thread.js";
import { mrkdwn } from "./mrkdwn.js";
import { setClock } from "./time.js";
import { store, stored } from "./stored.js";

const PERSON_KEY = "sandbox:slack-person";

let channel = null; // the channel that is to be shown, by id or address
let faults = null;

const wanted = () => new URLSearchParams(location.search).get("as") ?? stored(PERSON_KEY, null);
const wantedChannel = () => decodeURIComponent(location.hash.slice(1));

function query() {
  const asked = { as: state.me.id, channel, limit: wantedMessages(), thread: wantedThread() };
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== null && value !== ""));
}

let loading = false;
let again = false;

/** Loads what there is to show; what changes meanwhile is loaded afterwards. */
async function load() {
  again = true;
  if (loading) return;
  loading = true;
  try {
    while (again) {
      again = false;
      const asked = query();
      const fresh = await api.state(asked);
      // One may have gone elsewhere meanwhile.
      if (JSON.stringify(asked) === JSON.stringify(query())) apply(fresh);
      else again = true;
    }
  } finally {
    loading = false;
  }
}

function apply({ me, clock, ...fresh }) {
  const moved = state.open !== fresh.open || state.me.id !== me;
  Object.assign(state, fresh);
  state.me = personById(me);
  channel = fresh.open;
  setClock(clock);
  drawClock();
  for (const topic of ["state", "people", "channels", "home", "log", "thread", "form"]) emit(topic);
  drawSibling(state.sibling);
  if (faults !== JSON.stringify(state.faults)) {
    faults = JSON.stringify(state.faults);
    drawFaults(state.faults);
  }
  if (!moved && byId("composer-text").placeholder) return;
  address();
  composer.changedPlace();
  byId("app").removeAttribute("aria-busy");
}

function address(push = false) {
  const open = currentChannel();
  const name = open ? channelAddress(open) : wantedChannel();
  const to = `?as=${encodeURIComponent(state.me.username)}#${encodeURIComponent(name)}`;
  history[push ? "pushState" : "replaceState"](null, "", to);
  store(PERSON_KEY, state.me.username);
}

/** Opens a channel, by its id; `push` is whether one can go back from it. */
function go(id, push = true) {
  if (!channelById(id)) return;
  closeDrawers();
  if (state.open === id) return;
  leaveThread();
  forgetOlder();
  state.tab = "messages";
  state.open = id;
  address(push);
  // Until its messages are there, those of another channel are not to be seen.
  Object.assign(state, { messages: [], more: false });
  channel = id;
  for (const topic of ["channels", "home", "log", "thread"]) emit(topic);
  composer.changedPlace();
  attempt(load());
}

function become(person) {
  if (person.id === state.me.id) return;
  state.me = personById(person.id);
  address(true);
  switched();
}

// One has become somebody else; of what the one before saw nothing stays.
function switched() {
  leaveThread();
  forgetOlder();
  Object.assign(state, { notes: [], messages: [], form: null, home: null, tab: "messages" });
  channel = wantedChannel();
  for (const topic of ["form", "log", "thread"]) emit(topic);
  byId("app").setAttribute("aria-busy", "true");
  byId("composer-text").placeholder = "";
  attempt(load());
}

async function say(text, thread = null) {
  if (!thread && text.startsWith("/")) return command(text);
  try {
    await api.say({ channel: state.open, text, thread: thread?.ts ?? null });
    if (thread) emit("did", { replied: thread.root });
    return {};
  } catch (error) {
    return { refused: error.message };
  }
}

async function command(line) {
  const words = line.slice(1).split(/\s+/);
  try {
    const { failed, refused } = await api.command({ channel: state.open, line });
    if (failed) tellHere(`/${words[0]} ${failed}`);
    else if (refused) tellHere(refused);
    // A step may name the command alone, or with what follows it.
    else for (const count of [1, 2, 3]) emit("did", { command: words.slice(0, count).join(" ") });
  } catch (error) {
    tellHere(error.message);
  }
  return {};
}

function banner(text) {
  byId("banner").textContent = text;
  byId("banner").hidden = !text;
}

async function start() {
  const name = wanted();
  const asked = name ? { as: name } : {};
  const { me, people, started } = await api
    .state(asked)
    .catch((error) => (name ? api.state({}) : Promise.reject(error)));
  Object.assign(state, { people, started });
  state.me = personById(me);
  channel = wantedChannel();
  await api.reload({});
  listen(
    me,
    () => {
      banner("");
      attempt(load());
    },
    () => banner("Connection lost. Trying again… If the program has ended, its terminal says why."),
  );
}

const composer = startComposer({
  form: "composer",
  label: () => `Message ${channelLabel(currentChannel())}`,
  send: say,
  draft: () => state.open,
  commands: true,
});
startLog(openThread);
startThread(say);
startModal();
startHome();
startChannels();
startPeople(become);
startDrawers();
startFaults({
  "faults-rest": requests,
  "faults-method": ({ method, times, error, after }) => ({
    fault: {
      method: {
        method: method.value.trim(),
        times: times.value ? Number(times.value) : null,
        error: error.value,
        after: after.value === "after",
      },
    },
    name: "Let calls fail",
  }),
});
startHint({
  fill: composer.fill,
  open: (name) => go(state.channels.find((other) => other.name === name)?.id),
  words: (told, key) => h("span", { class: "text" }, mrkdwn(told[key])),
});
startClock(({ clock }) => {
  setClock(clock);
  drawClock();
  emit("did", { day: true });
});
on("go", (id) => go(id));
on("load", () => attempt(load()));
on("redraw", () => {
  for (const element of byId("log").children) element.source = null;
  emit("log");
});
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, dialog, [popover]");
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing) return;
  event.preventDefault();
  if (byId("composer-text").value) byId("composer-text").focus();
  else composer.fill("/");
});
byId("slash").addEventListener("click", () => composer.fill("/"));
window.addEventListener("popstate", () => {
  const person = state.people.find(({ username }) => username === wanted());
  if (person && person.id !== state.me.id) {
    state.me = person;
    return switched();
  }
  go(state.channels.find((other) => channelAddress(other) === wantedChannel())?.id, false);
});
start().catch((error) => banner(`${error.message} Reload the page to try again.`));
