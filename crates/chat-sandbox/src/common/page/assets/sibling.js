// The link to another platform's page.
import { byId, h, webLink } from "./element.js";

/** Shows the link, if there is another page. */
export function drawSibling(sibling) {
  const address = webLink(sibling?.url);
  const place = byId("sibling");
  place.hidden = !address;
  place.replaceChildren(address ? "Also on: " : "", address ? h("a", { href: address }, sibling.name) : "");
}
