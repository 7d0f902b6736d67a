import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { root } from "../../../scripts/root.ts";

export type Values = Record<string, unknown>;
type Send = { type: "body" | "query"; property: string; value: string };
type Routing = {
  send?: Send;
  request?: { method: string; url: string; qs?: Values };
  output?: { postReceive: { type: string; properties: { property: string } }[] };
};
export type Property = {
  name: string;
  type: string;
  default: unknown;
  options?: (Property & { value: string; routing?: Routing })[];
  displayOptions?: { show: Record<string, string[]> };
  routing?: Routing;
};
type Credentials = { url: string; apiKey: string };

/** A node's context in n8n at run time. */
const WORKFLOW = `
export const NodeConnectionTypes = { Main: "main" };
export class NodeApiError extends Error {
  constructor(node, body, { message, httpCode }) { super(message); this.httpCode = httpCode; }
}
export class NodeOperationError extends Error { constructor(node, message) { super(message); } }
`;

/** A module of the package, built without n8n. */
export async function loaded(file: string) {
  const folder = mkdtempSync(join(tmpdir(), "referrals-n8n-"));
  try {
    const workflow = join(folder, "workflow.mjs");
    writeFileSync(workflow, WORKFLOW);
    const outfile = join(folder, "node.mjs");
    const entry = join(root, "packages/n8n-nodes-referrals", file);
    const alias = { "n8n-workflow": workflow };
    await build({ entryPoints: [entry], outfile, bundle: true, format: "esm", platform: "node", alias });
    return await import(outfile);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** n8n's expressions: texts that begin with an equals sign. */
function evaluated(value: unknown, names: Values): unknown {
  if (typeof value !== "string" || !value.startsWith("=")) return value;
  const run = (code: string) => new Function(...Object.keys(names), `return ${code}`)(...Object.values(names));
  const whole = value.match(/^=\{\{((?:(?!\}\}).)*)\}\}$/s);
  if (whole) return run(whole[1] ?? "");
  return value.slice(1).replace(/\{\{(.*?)\}\}/gs, (_, code: string) => String(run(code)));
}

async function request(credentials: Credentials, method: string, url: string, body?: unknown) {
  const answer = await fetch(url, {
    method,
    headers: { Authorization: `Bearer ${credentials.apiKey}`, "Content-Type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { statusCode: answer.status, body: await answer.json() };
}

type Node = { description: { properties: Property[]; requestDefaults: { baseURL: string } } };

/** Runs an operation of a declarative node from its description. */
export async function execute(node: Node, credentials: Credentials, parameters: Values) {
  const { properties, requestDefaults } = node.description;
  const isShown = ({ displayOptions }: Property) =>
    Object.entries(displayOptions?.show ?? {}).every(([name, of]) => of.includes(String(parameters[name])));
  const fields = properties.filter(isShown);
  const unknown = Object.keys(parameters).filter((name) => !fields.some((field) => field.name === name));
  if (unknown.length > 0) throw new Error(`There are no fields ${unknown}.`);
  const given = { ...Object.fromEntries(fields.map((field) => [field.name, field.default])), ...parameters };
  const chosen = fields.find(({ name }) => name === "operation")?.options?.find((one) => one.value === given.operation);
  const { request: asked, output } = chosen?.routing ?? {};
  if (!asked) throw new Error("There is no such operation.");

  const query: Values = { ...asked.qs };
  const body: Values = {};
  const names = { $parameter: given, $credentials: credentials };
  const send = (field: Property, value: unknown) => {
    const { type, property, value: made } = field.routing?.send ?? {};
    if (property) (type === "query" ? query : body)[property] = evaluated(made, { ...names, $value: value });
  };
  for (const field of fields) {
    const value = given[field.name] as Values;
    if (field.type !== "collection") send(field, value);
    else for (const one of field.options ?? []) if (one.name in value) send(one, value[one.name]);
  }
  const search = Object.entries(query).filter(([, value]) => value !== undefined);
  const base = evaluated(requestDefaults.baseURL, names);
  const url = `${base}${evaluated(asked.url, names)}?${new URLSearchParams(search.map(([k, v]) => [k, String(v)]))}`;
  const answer = await request(credentials, asked.method, url, asked.method === "GET" ? undefined : body);
  if (answer.statusCode >= 300) throw new Error(answer.body.error);
  return output?.postReceive.reduce(
    (data, { properties: { property } }) => property.split(".").reduce((at, key) => at[key], data),
    answer.body,
  );
}

/** The context for a node's own functions. */
export function context(credentials: Credentials, parameters: Values, url: string, more: Values = {}) {
  const kept: Values = {};
  return {
    kept,
    getCredentials: async () => credentials,
    getNode: () => ({ name: "Referrals Trigger" }),
    getNodeWebhookUrl: () => url,
    getNodeParameter: (name: string, otherwise?: unknown) => parameters[name] ?? otherwise,
    getWorkflowStaticData: () => kept,
    helpers: {
      httpRequestWithAuthentication: async (_: string, { method, url, body, qs = {} }: Values) => {
        const search = new URLSearchParams(Object.entries(qs as Values).map(([k, v]) => [k, String(v)]));
        return request(credentials, String(method), `${url}?${search}`, body);
      },
      returnJsonArray: (json: unknown) => [{ json }],
    },
    ...more,
  };
}
