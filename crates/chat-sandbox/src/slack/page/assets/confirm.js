// The dialog that asks whether somebody is sure.
import { byId, h } from "./element.js";
import { plainText, textNodes } from "./mrkdwn.js";

/** Whether they are; at once without a dialog to show. */
export function confirmed(asked) {
  if (!asked) return Promise.resolve(true);
  const dialog = byId("confirm");
  return new Promise((resolve) => {
    const answer = (sure) => {
      dialog.onclose = null;
      dialog.close();
      resolve(sure);
    };
    const style = asked.style === "danger" ? "danger" : "primary";
    dialog.replaceChildren(
      h("h2", { id: "confirm-title" }, plainText(asked.title)),
      h("p", { class: "text" }, textNodes(asked.text)),
      h(
        "footer",
        {},
        h("button", { type: "button", class: "button", onclick: () => answer(false) }, plainText(asked.deny)),
        h(
          "button",
          { type: "button", class: `button ${style}`, onclick: () => answer(true) },
          plainText(asked.confirm),
        ),
      ),
    );
    dialog.onclose = () => resolve(false);
    dialog.showModal();
    dialog.querySelector("footer button:last-child").focus();
  });
}
