// The messages of the open channel: which stand in it, where it is scrolled, what is new.
import { byId, h } from "./element.js";
import { messageElement, noteElement } from "./messages.js";
import { channelLabel, channelName, currentChannel, emit, markRead, moment, on, state } from "./state.js";
import { longDate, sameDay } from "./time.js";

const NEAR = 80; // pixels from the end that count as being there
const STEP = 100; // messages that are added where one scrolls to the beginning
const MOST = 500;

let limit = STEP;
let shown = null; // the channel and person whose messages stand there
let stuck = true; // whether it is scrolled to the end and stays there
let lastSeen; // the timestamp of the newest message that was drawn
let lastNote; // the key of the newest note
let reply;

const scroll = () => byId("scroll");
const atEnd = () => scroll().scrollHeight - scroll().scrollTop - scroll().clientHeight < NEAR;
const toEnd = () => {
  scroll().scrollTop = scroll().scrollHeight;
};

/** How many messages are wanted. */
export const wantedMessages = () => limit;

export function forgetOlder() {
  limit = STEP;
}

/** `replyTo(message)` opens the thread of a message. */
export function startLog(replyTo) {
  reply = replyTo;
  scroll().addEventListener("scroll", () => {
    stuck = atEnd();
    byId("to-end").hidden = stuck;
    if (stuck && document.hasFocus()) read();
    if (scroll().scrollTop < NEAR && state.more && limit < MOST) {
      limit = Math.min(MOST, limit + STEP);
      emit("load");
    }
  });
  byId("to-end").addEventListener("click", toEnd);
  window.addEventListener("focus", () => stuck && read());
  new ResizeObserver(() => stuck && toEnd()).observe(byId("log"));
  scroll().addEventListener("keydown", threadKey);
  on("log", draw);
}

// T opens the thread of the message that has the focus.
export function threadKey(event) {
  const typing = event.target.closest("input, textarea, select, [role=menu], [popover]");
  if (event.key.toLowerCase() !== "t" || event.ctrlKey || event.metaKey || event.altKey || typing) return;
  event.target.closest(".message")?.querySelector('[data-key="reply"]')?.click();
}

function read() {
  if (!state.open) return;
  markRead(state.open);
  emit("channels");
}

function draw() {
  const place = `${state.me.id} ${state.open}`;
  const fresh = shown !== place;
  const newest = state.messages.at(-1);
  const mine =
    newest && newest.ts > (lastSeen ?? "") && (newest.author.id === state.me.id || newest.ephemeral);
  const height = scroll().scrollHeight;
  const top = scroll().scrollTop;
  byId("beginning").replaceChildren(...(state.more ? [] : beginning()));
  render(byId("log"), items());
  if (fresh || stuck || mine || notesAtEnd()) toEnd();
  // What was added above moves nothing that one reads.
  else if (top < NEAR) scroll().scrollTop = top + scroll().scrollHeight - height;
  if (fresh) stuck = true;
  shown = place;
  lastSeen = newest?.ts;
  byId("to-end").hidden = atEnd();
  if (stuck && document.hasFocus()) markRead(state.open);
}

// Whether a note was added since.
function notesAtEnd() {
  const last = state.notes.at(-1)?.key;
  const added = last !== lastNote;
  lastNote = last;
  return added;
}

function beginning() {
  const channel = currentChannel();
  if (!channel) return [];
  const text = channel.direct
    ? "What you two say here, nobody else sees."
    : `This is the very beginning of the ${channelLabel(channel)} channel.`;
  const sign = channel.direct ? [...channelName(channel)][0] : "#";
  return [
    h("span", { class: "beginning-hash", "aria-hidden": "true" }, sign),
    h("h2", {}, channelLabel(channel)),
    h("p", { class: "muted" }, text),
  ];
}

function items() {
  const notes = state.notes.filter((note) => note.channel === state.open);
  const all = [
    ...state.messages.map((message) => ({ at: message.ts, message })),
    ...notes.map((note) => ({ at: note.after, note })),
  ];
  // A note comes after the message that was the last one then: sorting keeps the order of equals.
  all.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  let before = null; // the message above, if nothing else is
  let day = null;
  return all.flatMap(({ message, note }) => {
    if (note) {
      before = null;
      return [{ key: note.key, source: note.key, build: () => noteElement(note) }];
    }
    const date = moment(message.ts);
    const newDay = !day || !sameDay(date, day);
    const last = newDay ? null : before;
    [before, day] = [message, date];
    const drawn = item(message, last, "log", reply);
    return newDay ? [divider(message, date), drawn] : [drawn];
  });
}

function divider({ ts }, date) {
  const text = longDate(date);
  return {
    key: `day-${text}-${ts}`,
    source: text,
    build: () => h("li", { class: "divider" }, h("span", {}, text)),
  };
}

/** A message to be rendered, below another one. */
export function item(message, before, scope, reply) {
  const source = JSON.stringify([
    message,
    before?.ts,
    before?.author.id,
    before?.ephemeral,
    state.shortcuts,
    state.names,
    state.people.length,
  ]);
  return { key: message.ts, source, build: () => messageElement(message, before, { scope, reply }) };
}

/** Puts items into a list in their order. An item whose source is the same stays; a focus is kept. */
export function render(list, items) {
  const known = new Map([...list.children].map((element) => [element.key, element]));
  const focused = document.activeElement;
  const held = list.contains(focused) ? [focused.closest("li")?.key, focused.dataset.key] : null;
  const next = items.map(({ key, source, build }) => {
    const old = known.get(key);
    if (old?.source === source) return old;
    return Object.assign(build(), { key, source });
  });
  const kept = new Set(next);
  for (const old of [...list.children]) if (!kept.has(old)) old.remove();
  next.forEach((element, at) => {
    if (list.children[at] !== element) list.insertBefore(element, list.children[at] ?? null);
  });
  if (!held?.[1] || document.activeElement !== document.body) return;
  const again = next.find((element) => element.key === held[0]);
  again?.querySelector(`[data-key="${CSS.escape(held[1])}"]`)?.focus();
}
