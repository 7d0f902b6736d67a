import { authorization } from "./authorization";
import { callSamples } from "./call-samples";
import { button, closeIcon, code, named, requestBody } from "./controls";
import { layout, models, scrollToElement } from "./layout";
import { summary } from "./summary";

declare const SwaggerUIBundle: (options: object) => unknown;

async function start() {
  const spec = await (await fetch("/api/v1/openapi.json")).json();
  SwaggerUIBundle({
    spec,
    dom_id: "#reference",
    layout: "ReferenceLayout",
    deepLinking: true,
    docExpansion: "none",
    defaultModelsExpandDepth: 0,
    displayRequestDuration: true,
    filter: true,
    persistAuthorization: false,
    validatorUrl: null,
    plugins: [
      {
        statePlugins: { layout: { wrapActions: { scrollToElement } } },
        components: { ReferenceLayout: layout },
        wrapComponents: {
          authorizationPopup: authorization,
          Button: button,
          CloseIcon: closeIcon,
          JsonSchema_boolean: named,
          JsonSchema_string: named,
          Models: models,
          OperationSummary: summary,
          responses: callSamples(spec.paths),
          SyntaxHighlighter: code,
          TextArea: requestBody,
        },
      },
    ],
  });
}

void start();
