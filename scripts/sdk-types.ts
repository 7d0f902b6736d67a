import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { startLocal } from "./local.ts";
import { root } from "./root.ts";

// Writes the SDK's types and its table of operations, and the event types of the n8n nodes, from the product's own OpenAPI
// document: `npm run sdk`.

type Schema = { $ref?: string; type?: string | string[]; properties?: Record<string, Schema>; items?: Schema };
type Parameter = { $ref?: string; in: string; name: string; required?: boolean; schema: Schema };
type Media = Record<string, { schema: Schema }>;
type Operation = {
  operationId: string;
  summary: string;
  description?: string;
  tags: string[];
  security?: Record<string, unknown>[];
  parameters?: Parameter[];
  requestBody?: { content: Media };
  responses: Record<string, { content?: Media }>;
};
export type Document = {
  paths: Record<string, Record<string, Operation>>;
  webhooks: Record<string, { post: { requestBody: { content: Media } } }>;
  components: { schemas: Record<string, Schema> };
};

/** Operations for other clients: visitors' browsers, Zapier, and the operator. */
const LEFT_OUT = ["Widget", "Zapier", "Operator", "Documents"];
/** Public operations that a server can use, too. */
const PUBLIC = ["Plans", "Lander", "Contests"];
/** Methods whose name is not simply the verb and the plural of the noun of their operation. */
const NAMES: Record<string, string> = {
  createReferralSignup: "signups.createReferral",
  createSignupBatch: "signups.createBatch",
  exportPersonData: "privacy.access",
  erasePerson: "privacy.erase",
  eraseParticipant: "participants.delete",
  exportOwedRewards: "payouts.exportOwed",
  getBrandStats: "brands.stats",
  getCampaignAnalytics: "campaigns.analytics",
  getCampaignStats: "campaigns.stats",
  getContestDraw: "contests.draw",
  getContestEntrants: "contests.entrants",
  getLeaderboard: "campaigns.leaderboard",
  redeemCredit: "redemptions.create",
  requestVerification: "profile.requestVerification",
  rotateIdentitySecret: "campaigns.rotateIdentitySecret",
  rotateWebhookSecret: "webhooks.rotateSecret",
  rotateVetoSecret: "vetoes.rotateSecret",
  getVeto: "vetoes.get",
  getFraudFeedback: "reviews.feedback",
  updateVeto: "vetoes.update",
  deletePreviousWebhookSecret: "webhooks.deletePreviousSecret",
  deleteCoupon: "coupons.delete",
  deleteCoupons: "coupons.deleteUnused",
  updateAliases: "participants.updateAliases",
  updateReward: "rewards.update",
  updateRewards: "rewards.updateMany",
};

const pascal = (text: string) => text.replace(/^./, (letter) => letter.toUpperCase());
const plural = (noun: string) => (/s$/.test(noun) ? noun : `${noun.replace(/([^aeo])y$/, "$1ie")}s`);
const SINGLE = new Set(["profile", "widget", "lander", "teamSecurity"]);

/** `createApiKey` is `apiKeys.create`. */
function nameOf(id: string): [resource: string, method: string] {
  const [resource, method] = NAMES[id]?.split(".") ?? [];
  if (resource && method) return [resource, method];
  const [, verb = "", noun = ""] = id.match(/^([a-z]+)(.+)$/) ?? [];
  const own = noun.replace(/^./, (letter) => letter.toLowerCase());
  return [SINGLE.has(own) ? own : plural(own), verb];
}

const refName = (schema?: Schema) => schema?.$ref?.split("/").at(-1);
const successOf = ({ responses }: Operation) =>
  Object.entries(responses).find(([status]) => /^2/.test(status))?.[1].content ?? {};
const comment = (text: string, indent: string) =>
  `${indent}/** ${text.replaceAll("*/", "*\\/").replaceAll("\n", `\n${indent} * `)} */`;

function tableOf({ paths, components: { schemas } }: Document) {
  const resources = new Map<string, Map<string, { row: string; type: string }>>();
  const resolved = (schema?: Schema): Schema =>
    schema?.$ref ? resolved(schemas[refName(schema) ?? ""]) : (schema ?? {});
  for (const [path, item] of Object.entries(paths))
    for (const [verb, operation] of Object.entries(item)) {
      const { operationId: id, tags, security = [], parameters = [], summary, description, requestBody } = operation;
      const isOurs = security.some((way) => "apiKey" in way) || tags.some((tag) => PUBLIC.includes(tag));
      if (!isOurs || tags.some((tag) => LEFT_OUT.includes(tag))) continue;
      const [resource, method] = nameOf(id);
      const methods = resources.get(resource) ?? new Map();
      resources.set(resource, methods);
      if (methods.has(method)) throw new Error(`${id} and another operation are both ${resource}.${method}.`);

      const queries = parameters.filter((one) => one.in === "query");
      const json = successOf(operation)["application/json"];
      const data = resolved(json?.schema).properties?.data;
      const isRead = verb === "get";
      const short = path.replace(/^\/api\/v1\//, "").replace(/\{\w+\}/g, "{}");
      const last = short.split("/").at(-1) ?? "";
      const lists = Object.entries(resolved(data).properties ?? {}).filter(
        ([key, { type, $ref }]) => key !== "ignored" && !$ref && type === "array",
      );
      const key = (lists.find(([name]) => name === last) ?? lists[0])?.[0];
      const isList = isRead && method === "list" && key !== undefined;
      const isWalked = queries.some(({ name }) => name === "after");

      const typeOf = (schema?: Schema, within = "") => (refName(schema) ? `Schemas["${refName(schema)}"]` : within);
      const dataType = json ? typeOf(data, `Schemas["${refName(json.schema)}"]["data"]`) : "string";
      const result = isList ? `Paged<${dataType}, ${dataType}["${key}"][number]>` : `Promise<${dataType}>`;
      const isNeeded = queries.some(({ required }) => required) ? "" : "?";
      const query = `Query<"${id}">`;
      const bodies = Object.entries(requestBody?.content ?? {}).map(([type, { schema }]) =>
        type === "application/json" ? typeOf(schema, "Record<string, unknown>") : "string",
      );
      const args = [
        ...parameters
          .filter((one) => one.in === "path")
          .map(({ name, schema }) => `${name}: ${[schema.type].flat().includes("integer") ? "number" : "string"}`),
        ...(isRead && queries.length > 0 ? [`query${isNeeded}: ${query}`] : []),
        ...(bodies.length > 0 ? [`body: ${[...new Set(bodies)].join(" | ")}`] : []),
        `options?: RequestOptions${!isRead && queries.length > 0 ? ` & { query?: ${query} }` : ""}`,
      ];
      const hasInput = bodies.length > 0 || (isRead && queries.length > 0);
      const kind = isList ? (isWalked ? "WALK" : "LIST") : `${verb.toUpperCase()}${hasInput ? "+" : ""}`;
      methods.set(method, {
        row: `${method}: "${kind} ${short}${isList && key !== last ? ` ${key}` : ""}"`,
        type: `${comment([summary, description].filter((text) => text && text !== "").join("\n\n"), "  ")}\n  ${method}(${args.join(", ")}): ${result};`,
      });
    }
  return [...resources].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** The input of openapi-typescript: schemas, and the queries of operations. Examples would be most of its output. */
function trimmed(document: Document) {
  const copy = structuredClone(document) as Document & { tags?: unknown };
  for (const item of Object.values(copy.paths))
    for (const operation of Object.values(item)) {
      operation.parameters = operation.parameters?.filter((one) => one.in === "query");
      operation.responses = {};
      delete operation.requestBody;
      delete operation.description;
    }
  const { openapi, info, paths, components } = copy as Document & { openapi: string; info: { title: string } };
  const kept = { openapi, info, paths, components: { schemas: components.schemas } };
  return JSON.stringify(kept, (key, value) => (key === "example" ? undefined : value));
}

const HEADER = "// Written by `npm run sdk` from the OpenAPI document.\n";
const SDK = "packages/sdk/src/generated";

/** The text of each generated file, by its path. */
export async function sdkFiles(document: Document): Promise<Record<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), "referrals-sdk-"));
  try {
    const [from, to] = [join(folder, "openapi.json"), join(folder, "schemas.ts")];
    writeFileSync(from, trimmed(document));
    const program = join(root, "test/clients/node_modules/.bin/openapi-typescript");
    const flags = ["--default-non-nullable", "false"];
    await promisify(execFile)(process.execPath, [program, from, "-o", to, ...flags], { timeout: 120_000 });
    const raw = readFileSync(to, "utf8");
    const part = (name: string) =>
      raw.match(new RegExp(`^export interface ${name} \\{[\\s\\S]*?^\\}\n`, "m"))?.[0] ?? "";
    const schemas = `${HEADER}\n${part("components")}\n${part("operations")}`;
    return {
      [`${SDK}/schemas.ts`]: schemas,
      [`${SDK}/resources.ts`]: resourcesFile(document),
      "packages/n8n-nodes-referrals/nodes/product/events.ts": eventsFile(document),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function eventsFile({ webhooks }: Document) {
  const types = Object.keys(webhooks).sort();
  return `${HEADER}export const EVENTS = [\n${types.map((type) => `  "${type}",\n`).join("")}];\n`;
}

function resourcesFile(document: Document) {
  const table = tableOf(document);
  const events = Object.entries(document.webhooks).map(
    ([, { post }]) => `Schemas["${refName(Object.values(post.requestBody.content)[0]?.schema)}"]`,
  );
  const types = table.map(
    ([name, methods]) =>
      `export interface ${pascal(name)} {\n${[...methods.values()].map(({ type }) => type).join("\n")}\n}\n`,
  );
  return `${HEADER}import type { Paged } from "../paged.js";
import type { RequestOptions } from "../request.js";
import type { components, operations } from "./schemas.js";

export type Schemas = components["schemas"];
type Query<Id extends keyof operations> = NonNullable<operations[Id]["parameters"]["query"]>;

/** What an endpoint receives, told apart by \`type\`. */
export type WebhookEvent =\n${events.map((event) => `  | ${event}`).join("\n")};

${types.join("\n")}
/** The client's resources. */
export interface Resources {
${table.map(([name]) => `  ${name}: ${pascal(name)};`).join("\n")}
}

/**
 * A method's verb and path. After \`+\` it takes a query or a body. LIST and WALK are lists: by pages, or by \`after\`. A
 * third word is where a list's rows are, if that is not the last part of its path.
 */
export const OPERATIONS = {
${table.map(([name, methods]) => `  ${name}: { ${[...methods.values()].map(({ row }) => row).join(", ")} },`).join("\n")}
};
`;
}

if (import.meta.main) {
  const stateDir = mkdtempSync(join(tmpdir(), "referrals-sdk-state-"));
  const local = await startLocal({ port: 0, stateDir, logs: false });
  try {
    const document = (await (await fetch(`${local.url}/api/v1/openapi.json`)).json()) as Document;
    for (const [name, text] of Object.entries(await sdkFiles(document))) writeFileSync(join(root, name), text);
  } finally {
    await local.stop();
    rmSync(stateDir, { recursive: true, force: true });
  }
}
