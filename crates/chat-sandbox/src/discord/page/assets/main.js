// Starts the page: loads the state, opens a channel, listens for events.
import { byId } from "./element.js";
import { api } from "./api.js";
import { listen } from "./request.js";
import { channelAddress, channelById, currentChannel, emit, personById, placeOf, state } from "./state.js";
import { attempt } from "./toasts.js";
import { drop, openLog, startLog, take } from "./log.js";
import { fill, startComposer, startReply } from "./composer.js";
import { startChannels } from "./channels.js";
import { startPeople } from "./people.js";
import { startDrawers, closeDrawers } from "./drawers.js";
import { drawClock, startClock } from "./clock.js";
import { drawFaults, requests, startFaults } from "./faults.js";
import { startHint } from "./hint.js";
import { listenMarkup, markup } from "./markup.js";
import { drawSibling } from "./sibling.js";
import { localise, setClock } from "./time.js";
import { openModal } from "./modal.js";
import { store, stored } from "./stored.js";
import { settle } from "./interactions.js";

const PERSON_KEY = "sandbox:person";
const TYPING_MS = 10000;

let stop = () => {};
let typing;

const wanted = () => new URLSearchParams(location.search).get("as") ?? stored(PERSON_KEY, null);
const wantedChannel = () => decodeURIComponent(location.hash.slice(1));

function apply(fresh) {
  const { clock, me, ...rest } = fresh;
  Object.assign(state, rest);
  state.me = personById(me);
  state.botOnline = fresh.bot_online;
  moveClock(clock);
}

function moveClock(clock) {
  setClock(clock);
  drawClock();
  localise(document);
}

/** Loads everything anew and shows the channel of the address, or the one that was open. */
async function load() {
  const { me } = state;
  const fresh = await api.state(me.id);
  if (state.me !== me) return;
  apply(fresh);
  state.logs.clear();
  const channel =
    state.channels.find((other) => channelAddress(other) === wantedChannel()) ?? currentChannel() ?? state.channels[0];
  byId("previews-open").hidden = !state.previews;
  drawSibling(state.sibling);
  emit("people");
  await open(channel.id, true);
  byId("app").removeAttribute("aria-busy");
}

async function open(id, replace = false) {
  const channel = channelById(id);
  if (!channel) return;
  const changed = state.channel !== id;
  state.channel = id;
  const address = `?as=${encodeURIComponent(state.me.username)}#${encodeURIComponent(channelAddress(channel))}`;
  history[replace ? "replaceState" : "pushState"](null, "", address);
  store(PERSON_KEY, state.me.username);
  emit("channels");
  if (changed) emit("channel");
  showTyping(null);
  closeDrawers();
  await Promise.all([openLog(id), loadCommands()]);
}

// Which commands there are depends on the channel as well as on the person.
async function loadCommands() {
  const { me, channel } = state;
  const known = await attempt(api.commands(me.id, channel));
  if (state.me !== me || state.channel !== channel) return;
  const before = JSON.stringify(state.menus);
  Object.assign(state, known, { commandsFor: placeOf(me, channel) });
  emit("commands");
  // Messages and people may have been drawn without theirs.
  if (JSON.stringify(state.menus) === before) return;
  emit("log");
  emit("people");
}

/** Opens the channel that is one's own and the bot's; asking for it makes it. */
async function openDirect() {
  if (!state.channels.some((channel) => channel.direct)) {
    if (!(await attempt(api.messages(state.me.id, "@bot")))) return;
    apply(await api.state(state.me.id));
  }
  await open(state.channels.find((channel) => channel.direct).id);
}

async function become(person) {
  if (person.id === state.me.id) return;
  history.pushState(null, "", `?as=${encodeURIComponent(person.username)}${location.hash}`);
  await switchTo();
}

// Becomes whoever the address names.
async function switchTo() {
  state.mentions.clear();
  state.channel = null;
  await attempt(start());
}

/** Finds out who one is, then listens. The hello loads the rest, so that no event falls between. */
async function start() {
  stop();
  const name = wanted();
  apply(await api.state(name).catch((error) => (name ? api.state(null) : Promise.reject(error))));
  const { id } = state.me;
  stop = listen(
    id,
    (event) => state.me.id === id && handle(event),
    () => banner("Connection lost. Trying again… If the program has ended, its terminal says why."),
  );
}

const handlers = {
  hello: () => {
    banner("");
    attempt(load());
  },
  message: ({ message }) => {
    if (message.author.id === typing?.user) showTyping(null);
    take(message);
  },
  delete: ({ channel, id }) => drop(channel, id),
  typing: ({ channel, user }) => channel === state.channel && user !== state.me.id && showTyping(user),
  interaction: settle,
  modal: ({ modal }) => openModal(modal),
  clock: ({ clock }) => {
    moveClock(clock);
    emit("log");
  },
  commands: loadCommands,
  faults: () => drawFaults(),
  bot: ({ online }) => {
    state.botOnline = online;
    emit("people");
  },
  reset: () => attempt(load()),
};

const handle = (event) => handlers[event.type]?.(event);

function banner(text) {
  byId("banner").textContent = text;
  byId("banner").hidden = !text;
}

function showTyping(user) {
  clearTimeout(typing?.timer);
  typing = user && { user, timer: setTimeout(showTyping, TYPING_MS, null) };
  byId("typing").textContent = user ? `${personById(user)?.name ?? "Someone"} is typing…` : "";
}

startLog({ reply: startReply, open });
startComposer();
startChannels(open, openDirect);
startPeople(become);
startDrawers();
startFaults({
  "faults-close-code": ({ code: { value } }) => ({
    fault: { close: { code: Number(value) } },
    name: `Close the connection with ${value}`,
  }),
  "faults-rest": requests,
});
startHint({
  fill,
  open: (name) => open(state.channels.find((channel) => channel.name === name)?.id),
  words: (told, key) => markup(told[key === "text" ? "html" : `${key}_html`], "span"),
});
listenMarkup(byId("scroll"), open);
startClock((moved) => {
  handlers.clock(moved);
  emit("did", { day: true });
});
window.addEventListener("popstate", () => (wanted() === state.me?.username ? attempt(load()) : switchTo()));
setInterval(() => localise(byId("log")), 30000);
start().catch((error) => banner(`${error.message} Reload the page to try again.`));
