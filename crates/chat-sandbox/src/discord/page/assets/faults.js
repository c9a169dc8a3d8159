// The panel that makes things go wrong between this Discord and the bot.
import { byId, h } from "./element.js";
import { api } from "./api.js";

const panel = () => byId("faults");
const note = (text) => {
  byId("faults-note").textContent = text;
};

export function startFaults() {
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
  byId("faults-close-code").addEventListener("submit", (event) => {
    event.preventDefault();
    const code = Number(event.target.elements.code.value);
    ask({ close: { code } }, `Close the connection with ${code}`);
  });
  byId("faults-rest").addEventListener("submit", (event) => {
    event.preventDefault();
    ask({ rest: requests(event.target.elements) }, "Let requests fail");
  });
  byId("faults-clear").addEventListener("click", async () => {
    await done(api.clearFaults(), "Clear all");
  });
  drawFaults();
}

function requests({ method, path, times, what, seconds }) {
  const after = Number(seconds.value);
  const kinds = {
    rate_limit: { rate_limit: { seconds: after, global: false } },
    global: { rate_limit: { seconds: after, global: true } },
    delay: { delay: { seconds: after } },
  };
  const status = Number(what.value);
  return {
    method: method.value || null,
    path: path.value.trim(),
    times: times.value ? Number(times.value) : null,
    what: status ? { status } : (kinds[what.value] ?? what.value),
  };
}

const ask = (fault, name) => done(api.fault(fault), name);

async function done(asked, name) {
  try {
    await asked;
    note(`${name}: done`);
  } catch (error) {
    note(error.message);
  }
}

/** Shows which faults last. */
export async function drawFaults() {
  const { faults } = await api.faults().catch(() => ({ faults: [] }));
  const count = byId("faults-count");
  count.hidden = faults.length === 0;
  count.replaceChildren(String(faults.length), h("span", { class: "sr" }, " in force"));
  byId("faults-list").replaceChildren(
    ...(faults.length ? faults.map((text) => h("li", {}, text)) : [h("li", { class: "muted" }, "Nothing")]),
  );
  byId("faults-clear").disabled = faults.length === 0;
}
