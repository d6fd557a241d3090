import type { StoreKey } from "../stores.ts";
import { tourPanel } from "./tour-view.ts";

/** A button: what it does stands beside it in a plain sentence. */
const action = (name: string, label: string, says: string, body = "{}", look = "") =>
  `<li><button type="button" class="${look}" data-act="${name}" data-body='${body}' aria-describedby="says-${slug(name, body)}">${label}</button><p id="says-${slug(name, body)}">${says}</p></li>`;

/** A switch that is on or off. */
const toggle = (name: string, label: string, says: string, fixed = "") =>
  `<li><button type="button" role="switch" aria-checked="false" data-toggle="${name}" data-fixed="${fixed}" aria-describedby="says-${slug(name, fixed)}"><span class="knob" aria-hidden="true"></span>${label}</button><p id="says-${slug(name, fixed)}">${says}</p></li>`;

const choice = (name: string, legend: string, options: [string, string, string][]) =>
  `<li class="choice"><fieldset><legend>${legend}</legend>${options
    .map(
      ([value, label]) =>
        `<label><input type="radio" name="sandbox-${name}" data-choice="${name}" value="${value}"${value === options[0]?.[0] ? " checked" : ""}><span>${label}</span></label>`,
    )
    .join(
      "",
    )}</fieldset>${options.map(([value, , says]) => `<p data-says="${name}" data-value="${value}"${value === options[0]?.[0] ? "" : " hidden"}>${says}</p>`).join("")}</li>`;

const slug = (name: string, body: string) => `${name}${body.replace(/\W/g, "")}`;

const group = (title: string, inner: string) => `<section><h3>${title}</h3><ul>${inner}</ul></section>`;

const figure = (id: string, label: string) => `<div data-figure="${id}"><dt>${label}</dt><dd>–</dd></div>`;

/**
 * The drawer with every control and the truth bar under it; their state comes with the first look, a moment later. `store`: the page is
 * about one of two stores, and so are drawer and bar.
 */
export function drawer(home: string, store?: StoreKey): string {
  const which = store ? ` data-store="${store}"` : "";
  return `<aside id="sandbox" aria-label="Sandbox" data-home="${home}"${which}>
<div id="sandbox-panel">
<div class="sandbox-top"><div class="sandbox-head"><h2>Sandbox</h2><span id="sandbox-speed"></span><button type="button" id="sandbox-close" aria-label="Close the sandbox drawer">✕</button></div>
<p id="sandbox-said" role="status"></p></div>
<div class="sandbox-groups">
${group(
  "Buyers",
  action("buy-one", "Buy one", "Somebody buys one unit of something that is on sale.") +
    toggle("steady", "1 order a second", "Somebody buys one unit every second until you turn it off.") +
    action(
      "spike",
      "Viral spike of 200",
      '<span id="sandbox-spike">200 people want the same product within ten seconds.</span>',
    ) +
    action(
      "end-holds",
      "End holds",
      '<span id="sandbox-held">The time in which buyers may change their mind is over, for all orders.</span>',
    ),
)}
${group(
  "Audits",
  choice("audits", "New listings", [
    ["automatic", "Automatic", "Audits end by themselves after a moment."],
    ["hold", "Hold", "Listings wait until you decide, here or in the seller centre."],
  ]) +
    action(
      "verdict",
      "Approve all",
      '<span id="sandbox-waiting">Every listing that waits for its audit goes on sale.</span>',
      '{"verdict":"approve"}',
    ) +
    action(
      "verdict",
      "Reject all",
      "Every listing that waits is refused for its main picture.",
      '{"verdict":"reject"}',
    ),
)}
${group(
  "Webhooks",
  toggle("webhooks", "Lose", "Every second webhook never arrives.", "lose") +
    toggle("webhooks", "Double", "Every webhook arrives twice.", "double") +
    toggle("webhooks", "Shuffle", "Webhooks arrive out of order, up to 1.5 s late.", "shuffle"),
)}
${group(
  "Channel",
  choice("channel", "The channel answers", [
    ["normal", "Normally", "Every call is answered at once."],
    ["slow", "Slowly", "Every call is answered after 2.5 s."],
    ["429", "Too busy", "Every second call is refused: too many requests (429)."],
    ["timeout-after", "Never", "Every third call does its work, but no answer ever comes."],
  ]) +
    action(
      "revoke",
      "Revoke token",
      '<span id="sandbox-consents">The seller ends the consent; the app may not call the channel any more.</span>',
    ),
)}
${group(
  "Processes",
  action(
    "kill-worker",
    "Kill worker",
    '<span id="sandbox-worker">Ends the app’s worker in the middle of its work; it is back within 5 s.</span>',
    "{}",
    "critical",
  ) +
    action(
      "reset",
      '<span data-ask="Press again: everything goes">Reset</span>',
      '<span id="sandbox-reset">Everything as it was when the app was just installed. The busy shop is filled anew.</span>',
      "{}",
      "critical",
    ),
)}
</div></div>
${tourPanel()}
<div id="filling" hidden><span id="filling-words"></span><progress id="filling-bar" max="1" value="0" aria-label="The busy shop is being filled"></progress></div>
<div id="truth"><span class="simulation">Simulation</span>
<dl>${figure("owned", "Units owned")}${figure("sold", "Sold")}${figure("oversold", "Oversold")}${figure("orders", "Orders")}${figure("doubled", "Made twice")}${figure("calls", "Calls")}</dl>
<span id="truth-why"></span>
<button type="button" id="tour-open" aria-expanded="false" aria-controls="tour">Tour</button>
<button type="button" id="sandbox-open" aria-expanded="false" aria-controls="sandbox-panel">Sandbox</button></div>
<div id="sandbox-veil" role="status" hidden><p>Starting again…</p></div>
</aside>`;
}
