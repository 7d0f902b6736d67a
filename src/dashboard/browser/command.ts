const PAUSE_MS = 150;

/**
 * The command menu: Ctrl+K, or the search in the menu, opens a dialog with the search page's results. Without the
 * script, the link leads to that page.
 */
export function enhanceCommands(root: ParentNode) {
  const openers = [...root.querySelectorAll<HTMLAnchorElement>("a[data-find]")];
  const [opener] = openers;
  if (!opener) return;
  const menu = build(opener.href);
  for (const link of openers)
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      menu.open();
    });
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    menu.open();
  });
}

function build(address: string) {
  const dialog = document.createElement("dialog");
  dialog.className = "command";
  dialog.ariaLabel = "Search";
  const field = document.createElement("input");
  field.type = "search";
  field.ariaLabel = "Search";
  field.placeholder = "Search or jump to…";
  field.autocomplete = "off";
  field.maxLength = 200;
  const found = document.createElement("div");
  found.className = "found";
  dialog.append(field, found);

  const links = () => [...found.querySelectorAll<HTMLAnchorElement>("a")];
  /** New results can arrive while an old result has the focus, which must stay in place. */
  const show = (results: Element) => {
    const at = links().find((link) => link === document.activeElement)?.href;
    found.replaceChildren(...[...results.childNodes].map((node) => document.adoptNode(node)));
    if (at !== undefined) (links().find(({ href }) => href === at) ?? field).focus();
  };

  let waiting = 0;
  let turn = 0;
  /** The query of the shown results. */
  let shown: string | null = null;
  const look = async () => {
    const mine = ++turn;
    const query = field.value.trim();
    const url = new URL(address);
    url.searchParams.set("q", query);
    const response = await fetch(url, { headers: { Accept: "text/html" } }).catch(() => null);
    if (mine !== turn) return;
    const page = response?.ok ? new DOMParser().parseFromString(await response.text(), "text/html") : null;
    const results = page?.querySelector("#found");
    if (mine !== turn) return;
    shown = results ? query : null;
    if (results) show(results);
    else found.textContent = "Search did not respond. Try again.";
  };
  /** Opens the first result for the typed query, after searching if needed. */
  const go = async () => {
    clearTimeout(waiting);
    if (shown !== field.value.trim()) await look();
    if (shown === field.value.trim()) links()[0]?.click();
  };

  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, PAUSE_MS);
  });
  dialog.addEventListener("keydown", (event) => {
    const all = links();
    const at = all.indexOf(document.activeElement as HTMLAnchorElement);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const next = at + (event.key === "ArrowDown" ? 1 : -1);
      (next < 0 ? field : all[Math.min(next, all.length - 1)])?.focus();
    } else if (event.key === "Enter" && document.activeElement === field) {
      event.preventDefault();
      void go();
    }
  });
  // A click outside the dialog closes it.
  dialog.addEventListener("click", ({ target }) => {
    if (target === dialog) dialog.close();
  });
  return {
    open: () => {
      if (dialog.open) return;
      const side = document.querySelector<HTMLElement>("#side:popover-open");
      side?.hidePopover();
      if (!dialog.isConnected) document.body.append(dialog);
      dialog.showModal();
      field.select();
      void look();
    },
  };
}
