const PAUSE_MS = 150;

/**
 * The command menu: Ctrl+K, or the search in the menu, opens a dialog with the results of the search page. Without the
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

  let turn = 0;
  const look = async () => {
    const mine = ++turn;
    const url = new URL(address);
    url.searchParams.set("q", field.value.trim());
    const response = await fetch(url, { headers: { Accept: "text/html" } }).catch(() => null);
    if (mine !== turn) return;
    const page = response?.ok ? new DOMParser().parseFromString(await response.text(), "text/html") : null;
    const results = page?.querySelector("#found");
    if (mine !== turn) return;
    if (results) found.replaceChildren(...[...results.childNodes].map((node) => document.adoptNode(node)));
    else found.textContent = "The search did not answer. Try again.";
  };
  const links = () => [...found.querySelectorAll<HTMLAnchorElement>("a")];

  let waiting = 0;
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
      all[0]?.click();
    }
  });
  // A click beside the dialog closes it.
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
