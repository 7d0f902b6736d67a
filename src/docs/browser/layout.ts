import type { Component, Props, System } from "./swagger";

/** Swagger UI's layout without what the page has itself: a main part, and the one server, which is this one. */
export const layout = ({ getComponent, React: { createElement: h } }: Pick<System, "getComponent" | "React">) => {
  const part = (name: string, props: object | null = null) => h(getComponent(name, true), props);
  return h(
    "div",
    { className: "swagger-ui" },
    h(getComponent("SvgAssets"), null),
    part("errors"),
    h("div", { className: "authorize-all" }, part("AuthorizeBtnContainer")),
    part("FilterContainer"),
    h(
      "div",
      { id: "operations" },
      h("h2", { className: "unseen" }, "Operations"),
      part("operations"),
      part("Webhooks"),
      part("Models"),
    ),
  );
};

/** The list of schemas has a heading two levels below the one before it. */
export const models =
  (Original: Component, { React: { createElement: h } }: System) =>
  (props: Props) =>
    h(
      "div",
      {
        ref: (box: HTMLElement | null) => box?.querySelector(".models > h4")?.setAttribute("aria-level", "2"),
      },
      h(Original, props),
    );

/** Where a link leads. Swagger UI's own scrolling ignores the bar that stays at the top of the page. */
export const scrollToElement = () => (element: Element) => {
  element.scrollIntoView({ block: "start" });
  return { type: "scrolled" };
};
