/**
 * Creates an element with these properties, attributes and children. None of them may be inline styles or handlers,
 * which the page's policy may forbid.
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

/** An element with a shadow root, so that its styles and the page's do not affect each other. */
export function place(css: string, ...children: Node[]) {
  const host = el("div");
  host.attachShadow({ mode: "open" }).append(...children);
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
    // Older browsers get the styles rule by rule, which works even if the page's policy forbids inline styles.
    for (const rule of css.split("}")) {
      const [style = "", selector] = rule.split("{").reverse();
      if (selector) for (const element of root.querySelectorAll<HTMLElement>(selector)) element.style.cssText += style;
    }
  }
}
