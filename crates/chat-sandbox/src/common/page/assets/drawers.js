// The side columns: drawers on a narrow screen, and the member list's switch on a wide one.
import { byId } from "./element.js";

const narrow = matchMedia("(max-width: 900px)");

function set(side, shown) {
  document.body.classList.toggle(`show-${side}`, shown);
  byId("shade").hidden = !(
    document.body.classList.contains("show-left") || document.body.classList.contains("show-right")
  );
  byId(`open-${side}`)?.setAttribute("aria-expanded", String(shown));
}

export function closeDrawers() {
  if (!narrow.matches) return;
  set("left", false);
  set("right", false);
}

export function startDrawers() {
  byId("open-left").addEventListener("click", () => {
    set("left", true);
    byId("left").querySelector("[aria-current], a, button")?.focus();
  });
  // A page need not have a column on the right.
  byId("open-right")?.addEventListener("click", () => {
    if (narrow.matches) return set("right", true);
    const hidden = document.body.classList.toggle("no-members");
    byId("open-right").setAttribute("aria-expanded", String(!hidden));
  });
  byId("shade").addEventListener("click", closeDrawers);
  document.addEventListener("keydown", (event) => event.key === "Escape" && closeDrawers());
  const fit = () => {
    set("left", false);
    set("right", false);
    byId("open-right")?.setAttribute(
      "aria-expanded",
      String(!narrow.matches && !document.body.classList.contains("no-members")),
    );
  };
  narrow.addEventListener("change", fit);
  fit();
}
