export const find = <E extends HTMLElement = HTMLElement>(root: ParentNode, selector: string) =>
  root.querySelector<E>(selector);
export const all = <E extends HTMLElement = HTMLElement>(root: ParentNode, selector: string) => [
  ...root.querySelectorAll<E>(selector),
];

/** Writes only changed text, so screen readers and selections keep their place. */
export function write(element: Element | null, text: string) {
  if (element && element.textContent !== text) element.textContent = text;
}

export function show(element: HTMLElement | null, isShown: boolean) {
  if (element) element.hidden = !isShown;
}

/** Like the server's `fill`: if a word ends with a period, that period also ends the sentence. */
export const fill = (text: string, words: Record<string, string>) =>
  text.replace(/\{([a-z_]+)\}(\.?)/g, (whole, name: string, period: string) => {
    const word = words[name];
    return word === undefined ? whole : word + (/\.\u200f?$/.test(word) ? "" : period);
  });

/** The text of simple HTML. Parsing it this way does not run or load anything. */
export function wordsOf(html: string) {
  const { body } = new DOMParser().parseFromString(html.replace(/<(br|\/p|\/li|\/h[34])\b/gi, "\n<$1"), "text/html");
  for (const element of all(body, "script, style")) element.remove();
  return body.textContent?.trim() ?? "";
}

/** Rebuilds a list from its template. `into` fills in each item. */
export function list<T>(root: ParentNode, name: string, items: T[], into: (item: HTMLElement, value: T) => void) {
  const template = find<HTMLTemplateElement>(root, `template[data-item="${name}"]`);
  const made = items.flatMap((value) => {
    const item = template?.content.firstElementChild?.cloneNode(true) as HTMLElement | undefined;
    if (!item) return [];
    into(item, value);
    return [item];
  });
  find(root, `[data-list="${name}"]`)?.replaceChildren(...made);
}

/**
 * Copies an element's text and confirms it on the button. The element gets a `copy` event, as if the visitor had used
 * the keyboard. If the clipboard is not available, such as on pages without https, selects the text for the visitor.
 * @returns whether it was copied
 */
export async function copy(place: HTMLElement, button: HTMLElement, said: string): Promise<boolean> {
  const text = place instanceof HTMLInputElement ? place.value : (place.textContent ?? "").trim();
  try {
    await navigator.clipboard.writeText(text);
    place.dispatchEvent(new Event("copy"));
  } catch {
    if (place instanceof HTMLInputElement) place.select();
    else getSelection()?.selectAllChildren(place);
    if (!document.execCommand("copy")) return false;
  }
  const label = find(button, "[data-copy-label]");
  const before = button.dataset.before ?? label?.textContent ?? "";
  button.dataset.before = before;
  // The button keeps its width, so its neighbors do not move.
  button.style.minWidth = `${button.offsetWidth}px`;
  write(label, said);
  setTimeout(() => write(label, before), 2_000);
  return true;
}
