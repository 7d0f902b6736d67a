const MODES = ["embed", "popup", "floating", "topbar"];

type Wanted = {
  pathname: string;
  mode: string | null;
  /** The id of a user's own campaign, to try it in a shop before they install it on their site. */
  campaign: string | null;
  product: string;
  campaigns: number[];
};

const PLACES = [
  { path: "/?mode=embed", label: "Embed" },
  { path: "/?mode=popup", label: "Popup" },
  { path: "/?mode=floating", label: "Floating" },
  { path: "/?mode=topbar", label: "Top bar" },
  { path: "/three", label: "Three" },
  { path: "/late", label: "Late" },
  { path: "/strict", label: "Strict policy" },
];

const BAGS = [
  { name: "Yirgacheffe", from: "Ethiopia", notes: "Jasmine, bergamot, apricot", price: "€14", tone: "rose" },
  { name: "Huila", from: "Colombia", notes: "Caramel, red apple, cocoa", price: "€12", tone: "sand" },
  { name: "Santos", from: "Brazil", notes: "Hazelnut, milk chocolate", price: "€11", tone: "moss" },
];

/** A page of the shop, or null if there is none. */
export function pageOf({ pathname, mode, campaign, product, campaigns }: Wanted): string | null {
  const [first, second, third] = campaigns;
  const script = (campaign: number | undefined, attributes: string) =>
    `<script src="${product}/widget.js?campaign=${campaign}" ${attributes}></script>`;
  const one = '<div id="referrals-widget"></div>';
  switch (pathname) {
    case "/": {
      const chosen = mode && MODES.includes(mode) ? mode : "embed";
      const guest = campaign && /^[1-9]\d{0,15}$/.test(campaign) ? Number(campaign) : undefined;
      return layout(
        `/?mode=${chosen}`,
        (chosen === "embed" ? one : "") + script(guest ?? first, `data-mode="${chosen}" async`),
        guest === undefined ? undefined : { campaign: guest, dashboard: `${product}/campaigns/${guest}` },
      );
    }
    case "/strict":
      return layout("/strict", one + script(first, 'data-mode="embed" async'));
    case "/three":
      return layout(
        "/three",
        `<div class="columns"><div id="left"></div><div id="right"></div></div>
        ${script(first, 'data-target="#left" async')}${script(second, 'data-target="#right" async')}${script(third, 'data-mode="popup" async')}`,
      );
    case "/late":
      return layout(
        "/late",
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
  layout("", `<p class="hint">The demo could not be set up: ${escaped(String(error))}</p>`);

/** A user's own campaign, and the link back to it. */
type Guest = { campaign: number; dashboard: string };

const layout = (current: string, widget: string, guest?: Guest) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Two Cups, a demo shop</title>
<link rel="stylesheet" href="/shop.css">
</head>
<body>
<header>
  <a class="logo" href="/">Two Cups</a>
  <nav aria-label="Ways to show the widget">
    ${PLACES.map(({ path, label }) => `<a href="${path}${guest && path.startsWith("/?") ? `&amp;campaign=${guest.campaign}` : ""}"${path === current ? ' aria-current="page"' : ""}>${label}</a>`).join("\n    ")}
  </nav>
</header>
<main>
  <section class="hero">
    <h1>Coffee is better for&nbsp;two.</h1>
    <p class="lead">Roasted on Monday, at your door on Wednesday. Bring a friend, and both of you get something.</p>
  </section>
  <section class="widget" aria-label="Bring a friend">
  ${widget}
  </section>
  <section class="bags" aria-label="Our coffee">
    ${BAGS.map(
      ({ name, from, notes, price, tone }) => `<article>
      <div class="bag ${tone}" aria-hidden="true"><span>${name[0]}</span></div>
      <h2>${name}</h2>
      <p>${from}. ${notes}.</p>
      <p class="price">${price} <small>250 g</small></p>
    </article>`,
    ).join("\n    ")}
  </section>
</main>
<footer>A demo of the widget on a page of another origin. Nothing here is for sale.${guest ? ` <a href="${guest.dashboard}">Back to your campaign</a>` : ""}</footer>
</body>
</html>`;

const escaped = (text: string) => text.replace(/[&<>]/g, (char) => `&#${char.charCodeAt(0)};`);
