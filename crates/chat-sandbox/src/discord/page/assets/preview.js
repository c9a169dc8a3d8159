// The page of previews: messages that nobody sent, or what is wrong with what they are made of.
import { avatar, byId, h } from "./element.js";
import { api } from "./api.js";
import { components } from "./components.js";
import { embed } from "./embeds.js";
import { listenMarkup, markup } from "./markup.js";

let index = { bot: "", called: null, sources: [] };
let round = 0;
let search = 0;

const wanted = () => decodeURIComponent(location.hash.slice(1));
const sourceOf = (name) =>
  index.sources.find((source) => source.entries.some((entry) => entry.name === name)) ??
  index.sources.find((source) => source.name === name);

async function drawIndex() {
  search += 1;
  const mine = search;
  const typed = byId("filter").value;
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const has = ({ name, title }) => words.every((word) => `${name} ${title}`.toLowerCase().includes(word));
  let fits = has;
  // Words that are nowhere may be misspelt, or other words for the same.
  if (!index.sources.some((source) => source.entries.some(has))) {
    const names = await api.previewsFound(typed).catch(() => []);
    if (mine !== search) return;
    fits = ({ name }) => names.includes(name);
  }
  const groups = index.sources
    .map((source) => ({ ...source, entries: source.entries.filter(fits) }))
    .filter((source) => source.entries.length || (source.faults.length && !words.length));
  const found = groups.reduce((sum, source) => sum + source.entries.length, 0);
  const [one, several] = index.called ?? ["entry", "entries"];
  byId("found").textContent = `${found} ${found === 1 ? one : several}`;
  byId("sources").replaceChildren(...groups.map(group));
}

const group = ({ name, entries, faults }) =>
  h(
    "section",
    { "aria-label": name },
    h(
      "h2",
      {},
      link(name, name.split("/").at(-1)),
      faults.length > 0 &&
        h("span", { class: "badge" }, String(faults.length), h("span", { class: "sr" }, " faults")),
    ),
    h(
      "ul",
      {},
      entries.map((entry) =>
        h("li", {}, link(entry.name, entry.title, h("span", { class: "muted" }, entry.name))),
      ),
    ),
  );

const link = (name, ...content) =>
  h(
    "a",
    { href: `#${encodeURIComponent(name)}`, "aria-current": name === wanted() ? "page" : null },
    ...content.map((part) => (typeof part === "string" ? h("span", {}, part) : part)),
  );

async function drawShown() {
  round += 1;
  const mine = round;
  const name = wanted() || index.sources.find((source) => source.entries.length)?.entries[0].name;
  const source = sourceOf(name);
  const faulty = source?.faults.length > 0;
  const names = source?.name === name ? source.entries.map((entry) => entry.name) : [name];
  const entries = faulty || !name ? [] : await Promise.all(names.map((one) => api.preview(one))).catch(gone);
  if (mine !== round) return;
  byId("shown").replaceChildren(...(faulty ? [broken(source)] : entries.flatMap(entryParts)));
  document.title = `${faulty ? "Broken: " : ""}${name ?? "Nothing"} · Previews`;
}

const gone = (error) => [{ name: "", title: error.message, messages: [] }];

function broken({ name, faults }) {
  return h(
    "section",
    { id: "broken", "aria-labelledby": "broken-title" },
    h("h1", { id: "broken-title" }, `${name} is broken`),
    h("p", { class: "muted" }, "What was read before stays in force. Repair this and save:"),
    h(
      "ul",
      {},
      faults.map(({ line, name: entry, text }) =>
        h(
          "li",
          {},
          line && h("b", {}, `Line ${line}`),
          entry && h("code", {}, entry),
          h("span", {}, text),
        ),
      ),
    ),
  );
}

const entryParts = ({ name, title, messages }) => [
  h("h1", {}, title),
  h("p", { class: "muted" }, name),
  ...messages.map(message),
];

function message(data) {
  return h(
    "section",
    { class: "preview", "aria-label": data.caption },
    h("h2", {}, data.caption),
    h(
      "div",
      { class: "message" },
      avatar({ name: index.bot, color: "#5865f2" }),
      h(
        "div",
        { class: "message-body" },
        h(
          "h3",
          { class: "message-head" },
          h("span", { class: "author" }, index.bot, h("span", { class: "tag" }, "APP")),
        ),
        data.html.trim() ? markup(data.html) : "",
        data.embeds.map(embed),
        // Nothing is there that could answer.
        h("div", { inert: true }, components(data) ?? ""),
      ),
    ),
  );
}

async function load() {
  index = await api.previews();
  await drawIndex();
  await drawShown();
}

byId("filter").addEventListener("input", drawIndex);
window.addEventListener("hashchange", async () => {
  await drawIndex();
  byId("sources").querySelector("[aria-current]")?.focus();
  drawShown();
  byId("shown").scrollTop = 0;
});
listenMarkup(byId("shown"), () => {});
// The first line comes at once, and after a lost connection again.
new EventSource("/page/previews/events").addEventListener("message", load);
