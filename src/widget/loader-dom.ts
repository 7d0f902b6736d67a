/** An element with these properties, attributes and children. None of it holds styles or handlers: a host's policy may forbid them. */
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

/** A closed-off place on the page, whose styles do not meet the page's. */
export function place(css: string, ...children: Node[]) {
  const host = el("div");
  host.attachShadow({ mode: "open" }).append(...children);
  dress(host, css);
  return host;
}

/** Puts on the styles, and again when something was added. */
export function dress({ shadowRoot: root }: HTMLElement, css: string) {
  if (!root) return;
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
  } catch {
    // Older browsers: rule by rule, which a policy without inline styles allows, too.
    for (const [, selector = "", style] of css.matchAll(/([^{}]+)\{([^{}]+)\}/g))
      for (const element of root.querySelectorAll<HTMLElement>(selector)) element.style.cssText += style;
  }
}
