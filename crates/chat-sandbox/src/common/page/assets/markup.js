// The one place where HTML is parsed: fields the server has sanitised (named …html).
import { h } from "./element.js";
import { localise } from "./time.js";

/** An element holding a message's, embed's or field's HTML. */
export function markup(html, tag = "div", className = "") {
  const element = h(tag, { class: `markup ${className}`, dir: "auto" });
  element.innerHTML = html ?? "";
  localise(element);
  return element;
}

const reveal = (spoiler) => {
  spoiler.classList.add("revealed");
  spoiler.removeAttribute("role");
  spoiler.removeAttribute("aria-label");
};

/** Makes spoilers and channel mentions below `root` work. `openChannel` takes an id. */
export function listenMarkup(root, openChannel) {
  const act = (event) => {
    const spoiler = event.target.closest(".spoiler:not(.revealed)");
    const channel = event.target.closest(".mention[data-channel]");
    if (spoiler) {
      event.preventDefault();
      reveal(spoiler);
    } else if (channel) {
      openChannel(channel.dataset.channel);
    }
  };
  root.addEventListener("click", act);
  root.addEventListener("keydown", (event) => {
    if ((event.key === "Enter" || event.key === " ") && event.target.matches(".spoiler:not(.revealed)"))
      act(event);
  });
}
