import { LANGUAGES, type Operation, requestOf } from "./samples";

type Props = { path: string; method: string; operation: { toJS: () => Operation } };
type Component = (props: Props) => unknown;
type React = {
  createElement: (type: unknown, props: object | null, ...children: unknown[]) => unknown;
  useState: <T>(first: T) => [T, (next: T) => void];
};
type System = {
  React: React;
  specSelectors: { specJson: () => { toJS: () => { paths: Record<string, Record<string, Operation>> } } };
};
declare const SwaggerUIBundle: (options: object) => unknown;

const LANGUAGE = "docs-language";

function remembered() {
  try {
    return localStorage.getItem(LANGUAGE) ?? "curl";
  } catch {
    return "curl";
  }
}

type Paths = Record<string, Record<string, Operation>>;

/** Shows how to call an operation, above its responses. */
const samples =
  (paths: Paths) =>
  (Original: Component, { React: { createElement: h, useState } }: System) =>
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
        null,
        h(
          "section",
          { className: "samples", "aria-label": "Code samples" },
          h("div", { className: "tabs" }, ...Object.keys(LANGUAGES).map(tab)),
          h("pre", { tabIndex: 0 }, h("code", null, text)),
        ),
        h(Original, props),
      );
    };

async function start() {
  const spec = await (await fetch("/api/v1/openapi.json")).json();
  SwaggerUIBundle({
    spec,
    dom_id: "#reference",
    deepLinking: true,
    docExpansion: "none",
    defaultModelsExpandDepth: 0,
    displayRequestDuration: true,
    filter: true,
    persistAuthorization: false,
    validatorUrl: null,
    plugins: [{ wrapComponents: { responses: samples(spec.paths) } }],
  });
}

void start();
