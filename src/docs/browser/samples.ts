export type Schema = { $ref?: string };
export type Parameter = {
  in: string;
  name: string;
  required?: boolean;
  example?: unknown;
  schema?: { example?: unknown };
};
export type Operation = {
  operationId: string;
  parameters?: (Parameter | { $ref: string })[];
  requestBody?: { content: Record<string, { example?: unknown }> };
  security?: Record<string, unknown>[];
};

type Request = { method: string; url: string; headers: Record<string, string>; body?: unknown };

/** The credential for an operation's samples. Operations without one need no header. */
const CREDENTIALS: Record<string, [name: string, value: string]> = {
  apiKey: ["X-API-Key", "YOUR_KEY"],
  publishableKey: ["X-API-Key", "pk_live_YOUR_KEY"],
  memberToken: ["Authorization", "Bearer YOUR_TOKEN"],
  participantToken: ["Authorization", "Bearer PARTICIPANT_TOKEN"],
  operatorToken: ["Authorization", "Bearer OPERATOR_TOKEN"],
};

/** The sample request: required parameters, and the document's example body. */
export function requestOf(origin: string, path: string, method: string, operation: Operation): Request {
  const { parameters = [], requestBody, security = [] } = operation;
  const known = parameters.filter((one): one is Parameter => "in" in one);
  const exampleOf = ({ example, schema }: Parameter) => String(example ?? schema?.example ?? 42);
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const parameter = known.find((one) => one.in === "path" && one.name === name);
    return encodeURIComponent(parameter ? exampleOf(parameter) : "42");
  });
  const query = new URLSearchParams(
    known.filter((one) => one.in === "query" && one.required).map((one) => [one.name, exampleOf(one)]),
  ).toString();
  const scheme = security.flatMap((one) => Object.keys(one)).find((name) => name in CREDENTIALS);
  const [header, value] = (scheme && CREDENTIALS[scheme]) || [];
  const body = requestBody?.content["application/json"]?.example;
  return {
    method: method.toUpperCase(),
    url: `${origin}${filled}${query && `?${query}`}`,
    headers: {
      ...(header && value ? { [header]: value } : {}),
      ...(body !== undefined && { "Content-Type": "application/json" }),
    },
    ...(body !== undefined && { body }),
  };
}

const indented = (value: unknown, by: string) => JSON.stringify(value, null, 2).replace(/\n/g, `\n${by}`);

/** JSON as a Python literal. Strings that JSON writes are the same in both. */
function python(value: unknown, indent = ""): string {
  const inner = `${indent}    `;
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (Array.isArray(value))
    return value.length ? `[\n${value.map((one) => inner + python(one, inner)).join(",\n")},\n${indent}]` : "[]";
  if (typeof value !== "object") return JSON.stringify(value);
  const fields = Object.entries(value).map(([key, one]) => `${inner}${JSON.stringify(key)}: ${python(one, inner)}`);
  return fields.length ? `{\n${fields.join(",\n")},\n${indent}}` : "{}";
}

const quoted = (text: string) => `'${text.replace(/'/g, `'\\''`)}'`;

export const LANGUAGES: Record<string, (request: Request) => string> = {
  curl: ({ method, url, headers, body }) =>
    [
      `curl ${method === "GET" ? "" : `-X ${method} `}${quoted(url)}`,
      ...Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
      ...(body === undefined ? [] : [`-d ${quoted(JSON.stringify(body))}`]),
    ].join(" \\\n  "),
  TypeScript: ({ method, url, headers, body }) => `const response = await fetch(${JSON.stringify(url)}, {
  method: ${JSON.stringify(method)},
  headers: ${indented(headers, "  ")},${body === undefined ? "" : `\n  body: JSON.stringify(${indented(body, "  ")}),`}
});
const { success, data, error } = await response.json();`,
  Python: ({ method, url, headers, body }) => `import requests

response = requests.request(
    ${JSON.stringify(method)},
    ${JSON.stringify(url)},
    headers=${python(headers, "    ")},${body === undefined ? "" : `\n    json=${python(body, "    ")},`}
    timeout=30,
)
data = response.json()["data"]`,
};
