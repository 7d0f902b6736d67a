import { excerpt, type Part, search } from "./search";

/** Redirects links to operations from before the reference had its own page. */
if (location.pathname === "/docs" && location.hash.startsWith("#/"))
  location.replace(`/docs/reference${location.hash}`);

const field = document.querySelector<HTMLInputElement>("#search");
const list = document.querySelector<HTMLElement>("#found");
let parts: Promise<Part[]> | undefined;

const load = () => {
  parts ??= fetch("/docs/search.json")
    .then((response) => {
      if (!response.ok) throw new Error(String(response.status));
      return response.json() as Promise<Part[]>;
    })
    .catch((error) => {
      parts = undefined;
      throw error;
    });
  return parts;
};

function line(part: Part, query: string) {
  const link = document.createElement("a");
  const title = document.createElement("strong");
  const text = document.createElement("span");
  link.href = part.path;
  title.textContent = part.title;
  text.textContent = excerpt(part, query);
  link.append(title, text);
  link.addEventListener("click", () => {
    if (list) list.hidden = true;
  });
  return link;
}

function note(text: string) {
  const paragraph = document.createElement("p");
  paragraph.textContent = text;
  return paragraph;
}

async function show() {
  if (!field || !list) return;
  const query = field.value.trim();
  list.hidden = query.length < 2;
  if (list.hidden) return;
  try {
    const found = search(await load(), query);
    if (query !== field.value.trim()) return;
    list.replaceChildren(...found.map((part) => line(part, query)));
    if (found.length === 0) list.replaceChildren(note("No results. Try fewer or different words."));
  } catch {
    list.replaceChildren(note("Search is not available right now."));
  }
}

field?.addEventListener("focus", () => void load().catch(() => undefined));
field?.addEventListener("input", () => void show());
document.addEventListener("keydown", (event) => {
  const { target, key } = event;
  if (key === "Escape" && list && !list.hidden) {
    list.hidden = true;
    field?.focus();
  }
  if (key === "/" && !(target instanceof Element && target.closest("input, textarea, select, [contenteditable]"))) {
    event.preventDefault();
    field?.focus();
  }
  if ((key !== "ArrowDown" && key !== "ArrowUp") || !list || list.hidden) return;
  const stops = [field, ...list.querySelectorAll("a")];
  const at = stops.indexOf(document.activeElement as HTMLAnchorElement);
  if (at < 0) return;
  event.preventDefault();
  stops[(at + (key === "ArrowDown" ? 1 : -1) + stops.length) % stops.length]?.focus();
});
document.addEventListener("click", ({ target }) => {
  if (list && target instanceof Element && !target.closest("search")) list.hidden = true;
});

for (const block of document.querySelectorAll("article pre")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "Copy";
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(block.querySelector("code")?.textContent ?? "");
    button.textContent = "Copied";
    button.addEventListener("blur", () => (button.textContent = "Copy"), { once: true });
  });
  const frame = document.createElement("div");
  frame.className = "code";
  block.replaceWith(frame);
  frame.append(block, button);
}
