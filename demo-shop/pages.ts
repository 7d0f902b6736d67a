import { escaped, type Guest, layout } from "./layout.ts";
import { priceOf } from "./order-pages.ts";
import { BAGS, type Regular } from "./till.ts";

const MODES = ["embed", "popup", "floating", "topbar"];

type Wanted = {
  pathname: string;
  mode: string | null;
  /** The id of a user's own campaign, to try it in a shop before they install it on their site. */
  campaign: string | null;
  product: string;
  campaigns: number[];
  regular: Regular;
};

/** A page of the shop, or null if there is none. */
export function pageOf({ pathname, mode, campaign, product, campaigns, regular }: Wanted): string | null {
  const [first, second, third] = campaigns;
  const script = (campaign: number | undefined, attributes: string) =>
    `<script src="${product}/widget.js?campaign=${campaign}" ${attributes}></script>`;
  const one = '<div id="referrals-widget"></div>';
  switch (pathname) {
    case "/": {
      const chosen = mode && MODES.includes(mode) ? mode : "embed";
      const guest = campaign && /^[1-9]\d{0,15}$/.test(campaign) ? Number(campaign) : undefined;
      return front(
        `/?mode=${chosen}`,
        regular,
        (chosen === "embed" ? one : "") + script(guest ?? first, `data-mode="${chosen}" async`),
        guest === undefined ? undefined : { campaign: guest, dashboard: `${product}/campaigns/${guest}` },
      );
    }
    case "/strict":
      return front("/strict", regular, one + script(first, 'data-mode="embed" async'));
    case "/three":
      return front(
        "/three",
        regular,
        `<div class="columns"><div id="left"></div><div id="right"></div></div>
        ${script(first, 'data-target="#left" async')}${script(second, 'data-target="#right" async')}${script(third, 'data-mode="popup" async')}`,
      );
    case "/late":
      return front(
        "/late",
        regular,
        `${one}<p class="hint">The widget's script is added two seconds after the page has loaded.</p>
        <script>addEventListener("load", () => setTimeout(() => {
          const script = document.createElement("script");
          script.src = "${product}/widget.js?campaign=${first}";
          script.dataset.mode = "embed";
          document.head.append(script);
        }, 2000));</script>`,
      );
    default:
      return null;
  }
}

/** A policy that allows only the shop itself and the product, and nothing inline. */
export const policyOf = (product: string) =>
  `default-src 'none'; script-src ${product}; frame-src ${product}; style-src 'self'; img-src 'self'; base-uri 'none'`;

export const failure = (error: unknown) =>
  layout("", `<p class="hint">The demo does not work: ${escaped(String(error))}</p>`);

/** The front page, with the widget and the shop's products. */
const front = (current: string, regular: Regular, widget: string, guest?: Guest) =>
  layout(
    current,
    `  <section class="hero">
    <h1>Coffee is better for&nbsp;two.</h1>
    <p class="lead">Roasted on Monday, at your door on Wednesday. Bring a friend, and both of you get something.</p>
    <p class="minute">See a purchase rewarded in a minute: <a href="${escaped(regular.share_url)}">follow Ada’s link</a>, buy a bag, and return half of it.</p>
  </section>
  <section class="widget" aria-label="Bring a friend">
  ${widget}
  </section>
  <section class="bags" aria-label="Our coffee">
    ${BAGS.map(
      ({ id, name, from, notes, cents, tone }) => `<article>
      <div class="bag ${tone}" aria-hidden="true"><span>${name[0]}</span></div>
      <h2>${name}</h2>
      <p>${from}. ${notes}.</p>
      <p class="price">${priceOf(cents)} <small>250 g</small></p>
      <a class="button" href="/checkout?bag=${id}">Buy ${name}</a>
    </article>`,
    ).join("\n    ")}
  </section>`,
    guest,
  );
