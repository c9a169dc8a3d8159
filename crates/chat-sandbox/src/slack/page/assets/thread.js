// The side pane with a thread, and the box to reply in.
import { byId, h } from "./element.js";
import { startComposer } from "./composer.js";
import { item, render, threadKey } from "./log.js";
import { channelLabel, currentChannel, emit, on, state } from "./state.js";

let wanted = null; // the timestamp of the message whose thread is open
let opener = null; // what has the focus again once it is closed
let drawn = null;
let composer;

/** The thread that is to be shown. */
export const wantedThread = () => wanted;

/** `say(text)` replies in the open thread. */
export function startThread(say) {
  composer = startComposer({
    form: "thread-composer",
    label: () => "Reply…",
    send: (text) => {
      const refused = text.startsWith("/") && `${text.split(/\s/)[0]} is not supported in threads.`;
      return refused ? { refused } : say(text, state.thread);
    },
    draft: () => `thread:${wanted}`,
  });
  byId("thread-close").addEventListener("click", closeThread);
  byId("thread").addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented && !event.target.closest("[popover]"))
      closeThread();
  });
  byId("thread-log").addEventListener("keydown", threadKey);
  on("thread", draw);
}

/** Opens the thread of a message, or that in which it is. */
export function openThread(message) {
  if (wanted === null) opener = document.activeElement?.dataset?.key ? message.ts : null;
  wanted = message.thread ?? message.ts;
  emit("load");
}

export function closeThread() {
  if (wanted === null) return;
  wanted = null;
  state.thread = null;
  draw();
  const back = opener && byId(`log-${opener}`)?.querySelector('[data-key="reply"]');
  (back ?? byId("composer-text")).focus();
}

/** Forgets the thread: another channel is open. */
export function leaveThread() {
  wanted = null;
  state.thread = null;
}

function draw() {
  const { thread } = state;
  const pane = byId("thread");
  const shown = Boolean(thread) && thread.ts === wanted;
  pane.hidden = !shown;
  document.body.classList.toggle("show-thread", shown);
  if (!shown) {
    drawn = null;
    return;
  }
  byId("thread-channel").textContent = channelLabel(currentChannel());
  const replies = thread.replies.filter((message) => !message.ephemeral).length;
  const count = {
    key: "count",
    source: String(replies),
    build: () =>
      h("li", { class: "divider" }, h("span", {}, replies === 1 ? "1 reply" : `${replies} replies`)),
  };
  const all = thread.replies.map((message, at) =>
    item(message, thread.replies[at - 1] ?? null, "thread", null),
  );
  const list = byId("thread-log");
  const scroll = byId("thread-scroll");
  const end = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;
  render(list, [
    item({ ...thread.root, replies: null }, null, "thread", null),
    ...(replies ? [count] : []),
    ...all,
  ]);
  const fresh = drawn !== thread.ts;
  if (fresh || end) scroll.scrollTop = scroll.scrollHeight;
  drawn = thread.ts;
  if (!fresh) return;
  composer.changedPlace();
  byId("thread-text").focus();
}
