const PLACES = [
  { path: "/?mode=embed", label: "Embed" },
  { path: "/?mode=popup", label: "Popup" },
  { path: "/?mode=floating", label: "Floating" },
  { path: "/?mode=topbar", label: "Top bar" },
  { path: "/three", label: "Three" },
  { path: "/late", label: "Late" },
  { path: "/strict", label: "Strict policy" },
];

/** A user's own campaign, and the link back to it. */
export type Guest = { campaign: number; dashboard: string };

export const escaped = (text: string) => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

/** A page of the shop. `main` is HTML. */
export const layout = (current: string, main: string, guest?: Guest) => `<!doctype html>
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
${main}
</main>
<footer>A demo of the widget on a page of another origin. Nothing here is for sale.${guest ? ` <a href="${guest.dashboard}">Back to your campaign</a>` : ""}</footer>
</body>
</html>`;
