import { LANGUAGES, type Operation, requestOf } from "./samples";
import type { Component, Paths, System } from "./swagger";

type Props = { path: string; method: string; operation: { toJS: () => Operation } };

const LANGUAGE = "docs-language";

function remembered() {
  try {
    return localStorage.getItem(LANGUAGE) ?? "curl";
  } catch {
    return "curl";
  }
}

/** Swagger UI makes a landmark of each operation's responses, and gives it no name. */
function nameResponses(box: HTMLElement | null, { operationId }: Operation) {
  box?.querySelector("[role=region]")?.setAttribute("aria-label", `Responses of ${operationId}`);
}

/** Shows how to call an operation, above its responses. */
export const callSamples =
  (paths: Paths) =>
  (Original: Component<Props>, { React: { createElement: h, useState } }: System) =>
    function WithSamples(props: Props) {
      const [language, choose] = useState(remembered());
      const operation = paths[props.path]?.[props.method];
      const write = LANGUAGES[language] ?? LANGUAGES.curl;
      if (!operation || !write) return h(Original, props);
      const text = write(requestOf(location.origin, props.path, props.method, operation));
      const tab = (name: string) =>
        h(
          "button",
          {
            key: name,
            type: "button",
            "aria-pressed": name === language,
            onClick: () => {
              try {
                localStorage.setItem(LANGUAGE, name);
              } catch {}
              choose(name);
            },
          },
          name,
        );
      return h(
        "div",
        { ref: (box: HTMLElement | null) => nameResponses(box, operation) },
        h(
          "section",
          { className: "samples", "aria-label": `Code samples for ${operation.operationId}` },
          h("div", { className: "tabs" }, ...Object.keys(LANGUAGES).map(tab)),
          h("pre", { tabIndex: 0 }, h("code", null, text)),
        ),
        h(Original, props),
      );
    };
