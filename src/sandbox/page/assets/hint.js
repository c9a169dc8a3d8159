// What a newcomer reads once.
import { byId } from "./element.js";

const KEY = "greenroom:hint";

/** `actions` has what the hint's buttons do, by name. */
export function startHint(actions) {
  const hint = byId("hint");
  const show = (shown) => {
    hint.hidden = !shown;
    localStorage.setItem(KEY, shown ? "shown" : "dismissed");
  };
  hint.hidden = localStorage.getItem(KEY) === "dismissed";
  byId("hint-close").addEventListener("click", () => show(false));
  byId("hint-open").addEventListener("click", () => show(true));
  const person = () => {
    if (matchMedia("(max-width: 900px)").matches) byId("open-left").click();
    byId("switcher").querySelector("[aria-checked=true]")?.focus();
    byId("account").classList.add("pointed");
    setTimeout(() => byId("account").classList.remove("pointed"), 1600);
  };
  for (const button of hint.querySelectorAll("[data-hint]")) {
    button.addEventListener("click", () => ({ ...actions, person })[button.dataset.hint]());
  }
}
