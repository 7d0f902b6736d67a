import type { Component, Immutable, Props, System } from "./swagger";

type SummaryProps = Props & {
  isShown: boolean;
  toggleShown: () => void;
  operationProps: Immutable;
  authSelectors: { definitionsForRequirements: (security: unknown) => unknown };
};
type Summary = { method: string; path: string; tag: string; operationId: string; isAuthorized: boolean };

/** A path may be broken before each slash. */
const broken = (h: System["React"]["createElement"], path: string) =>
  path.split(/(?=\/)/).flatMap((part, n) => (n === 0 ? [part] : [h("wbr", { key: n }), part]));

/**
 * An operation's line. Swagger UI's own has a link inside of the button that opens it, and a second button for the mouse.
 * Here the button, the link, and what copies the path stand side by side, for the mouse and the keyboard alike.
 */
export const summary =
  (_: Component<SummaryProps>, { React: { createElement: h }, getComponent, authActions }: System) =>
  ({ isShown, toggleShown, operationProps, authSelectors }: SummaryProps) => {
    const { method, path, tag, operationId, isAuthorized } = operationProps.toObject() as Summary;
    const security = operationProps.get("security") as { count: () => number; toJS: () => object[] } | undefined;
    const isOpenToAll = !security?.count() || security.toJS().every((one) => Object.keys(one).length === 0);
    const title = (operationProps.get("op") as Immutable).get("summary");
    return h(
      "div",
      { className: "opblock-summary" },
      h(
        "button",
        { type: "button", className: "opblock-summary-control", "aria-expanded": isShown, onClick: toggleShown },
        h("span", { className: "opblock-summary-method" }, method.toUpperCase()),
        h(
          "span",
          { className: "opblock-summary-path-description-wrapper" },
          h("span", { className: "opblock-summary-path", "data-path": path }, ...broken(h, path)),
          h("span", { className: "opblock-summary-description" }, title),
        ),
        h(getComponent(isShown ? "ArrowUpIcon" : "ArrowDownIcon"), { className: "arrow" }),
      ),
      h(
        "a",
        {
          className: "operation-link",
          href: `#/${encodeURIComponent(tag)}/${encodeURIComponent(operationId)}`,
          "aria-label": `Link to ${operationId}`,
          title: "Link to this operation",
          onClick: () => isShown || toggleShown(),
        },
        "#",
      ),
      h(getComponent("CopyToClipboardBtn", true), { textToCopy: path }),
      isOpenToAll
        ? null
        : h(getComponent("authorizeOperationBtn", true), {
            isAuthorized,
            onClick: () => authActions.showDefinitions(authSelectors.definitionsForRequirements(security)),
          }),
    );
  };
