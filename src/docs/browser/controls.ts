import type { Wrapper } from "./swagger";

const unseen = "unseen";

/** A field for a parameter, named by what the parameter is for. */
export const named: Wrapper =
  (Original, { React: { createElement: h } }) =>
  (props) =>
    h("label", null, h("span", { className: unseen }, props.description), h(Original, props));

export const requestBody: Wrapper =
  (Original, { React: { createElement: h } }) =>
  (props) =>
    h(Original, { "aria-label": "Request body", ...props });

/** A button is called what is written on it. */
export const button: Wrapper =
  (Original, { React: { createElement: h } }) =>
  ({ "aria-label": _, ...props }) =>
    h(Original, props);

export const closeIcon: Wrapper =
  (Original, { React: { createElement: h } }) =>
  (props) =>
    h("span", null, h("span", { className: unseen }, "Close"), h(Original, props));

/** Code in the documentation's own colors, which scrolls by keyboard, too. */
export const code: Wrapper =
  (Original, { React: { createElement: h } }) =>
  (props) =>
    h(
      "div",
      { className: "reference-code", role: "group", "aria-label": "Code", tabIndex: 0 },
      h(Original, { ...props, syntaxHighlighting: { styles: {}, defaultStyle: { hljs: {} } } }),
    );
