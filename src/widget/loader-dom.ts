/**
 * Creates an element with these properties, attributes, and children. Do not pass inline styles or handlers, which the
 * page's policy may forbid.
 */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Partial<HTMLElementTagNameMap[K]> = {},
  attributes: Record<string, string> = {},
  ...children: (Node | string)[]
) {
  const element = Object.assign(document.createElement(tag), properties);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** The tag of our own elements. Pages have rules for `div`, but not for this tag. */
export const HOST = "referrals-host";

/** Our own element with a shadow root, so its styles and the page's do not affect each other. */
export function place(css: string, ...children: Node[]) {
  const host = document.createElement(HOST);
  // An invisible space, because themes hide empty elements.
  host.append("\u00a0");
  return fill(host, css, ...children);
}

const roots = new WeakMap<Element, ShadowRoot>();

/** Fills an element's shadow root. @throws if the element cannot have our shadow root */
export function fill(host: HTMLElement, css: string, ...children: Node[]) {
  const root = roots.get(host) ?? host.attachShadow({ mode: "open" });
  roots.set(host, root);
  root.replaceChildren(...children);
  dress(host, css);
  return host;
}

/** Applies the styles. Call it again after adding elements. */
export function dress({ shadowRoot: root }: HTMLElement, css: string) {
  if (!root) return;
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
  } catch {
    // Older browsers insert the styles rule by rule, which works even if the page's policy forbids inline styles.
    for (const rule of css.split("}")) {
      const [style = "", selector] = rule.split("{").reverse();
      if (selector) for (const element of root.querySelectorAll<HTMLElement>(selector)) element.style.cssText += style;
    }
  }
}

/** Whether the page hides an element for being empty, as themes do with blocks. */
export function isHiddenAsEmpty(element: Element) {
  const isHidden = () => getComputedStyle(element).display === "none";
  if (!isHidden()) return false;
  const text = new Text(".");
  element.append(text);
  const isEmptiness = !isHidden();
  text.remove();
  return isEmptiness;
}

/** Finds elements in the document and in every open shadow root. */
export const findAll = (root: ParentNode, selector: string): HTMLElement[] => [
  ...root.querySelectorAll<HTMLElement>(selector),
  ...[...root.querySelectorAll("*")].flatMap(({ shadowRoot }) => (shadowRoot ? findAll(shadowRoot, selector) : [])),
];
