// The panel that makes things go wrong between the platform and the bot.
import { byId, h } from "./element.js";
import { get, post } from "./request.js";

const panel = () => byId("faults");
const note = (text) => {
  byId("faults-note").textContent = text;
};

/** `forms` has by the id of each form of the panel what its elements ask for: `{ fault, name }`. */
export function startFaults(forms) {
  const opener = byId("faults-open");
  const close = () => {
    panel().close();
    opener.setAttribute("aria-expanded", "false");
    opener.focus();
  };
  opener.addEventListener("click", () => {
    if (panel().open) return close();
    // Not modal: one looks at the chat while things go wrong.
    panel().show();
    opener.setAttribute("aria-expanded", "true");
    note("");
    drawFaults();
  });
  byId("faults-close").addEventListener("click", close);
  panel().addEventListener("keydown", (event) => event.key === "Escape" && close());
  for (const button of panel().querySelectorAll("[data-fault]")) {
    button.addEventListener("click", () => ask(JSON.parse(button.dataset.fault), button.textContent));
  }
  for (const [id, asked] of Object.entries(forms)) {
    byId(id).addEventListener("submit", (event) => {
      event.preventDefault();
      const { fault, name } = asked(event.target.elements);
      ask(fault, name);
    });
  }
  byId("faults-clear").addEventListener("click", () => done(post("/page/faults/clear", {}), "Clear all"));
  drawFaults();
}

/** What the form for requests that go wrong asks for. */
export function requests({ method, path, times, what, seconds }) {
  const after = Number(seconds.value);
  const kinds = {
    rate_limit: { rate_limit: { seconds: after, global: false } },
    global: { rate_limit: { seconds: after, global: true } },
    delay: { delay: { seconds: after } },
  };
  const status = Number(what.value);
  const rest = {
    method: method.value || null,
    path: path.value.trim(),
    times: times.value ? Number(times.value) : null,
    what: status ? { status } : (kinds[what.value] ?? what.value),
  };
  return { fault: { rest }, name: "Let requests fail" };
}

const ask = (fault, name) => done(post("/page/faults", fault), name);

async function done(asked, name) {
  try {
    await asked;
    note(`${name}: done`);
  } catch (error) {
    note(error.message);
  }
}

/** Shows which faults last; those that are in force are asked for unless they are given. */
export async function drawFaults(known) {
  const faults = known ?? (await get("/page/faults", {}).catch(() => ({ faults: [] }))).faults;
  const count = byId("faults-count");
  count.hidden = faults.length === 0;
  count.replaceChildren(String(faults.length), h("span", { class: "sr" }, " in force"));
  byId("faults-list").replaceChildren(
    ...(faults.length ? faults.map((text) => h("li", {}, text)) : [h("li", { class: "muted" }, "Nothing")]),
  );
  byId("faults-clear").disabled = faults.length === 0;
}
