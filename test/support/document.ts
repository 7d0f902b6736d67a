import { expect } from "vitest";
import { z } from "zod";
import { openApiDocument } from "../../src/whole-app";
import type { Answer } from "./client";

export type Schema = {
  type?: string | string[];
  properties?: Record<string, Schema>;
  $ref?: string;
  anyOf?: Schema[];
  enum?: unknown[];
  items?: Schema;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  format?: string;
  example?: unknown;
};
type Media = { schema: Schema; example?: unknown };
type Parameter = { name: string; in: string; required?: boolean; schema: Schema };
export type Operation = {
  method: string;
  path: string;
  operationId: string;
  description?: string;
  security: Record<string, []>[];
  parameters: Parameter[];
  requestBody?: { description?: string };
  body: Record<string, Media>;
  responses: Record<string, { content?: Record<string, Media>; headers?: Record<string, unknown> }>;
};

const document = JSON.parse(JSON.stringify(openApiDocument()));

const isMethod = (word: string) => ["get", "post", "put", "patch", "delete"].includes(word);

/** Every operation of the document, with resolved references. */
export const operations: Operation[] = Object.entries<
  Record<string, Operation & { requestBody?: { content: Operation["body"] } }>
>(document.paths).flatMap(([path, item]) =>
  Object.entries(item)
    .filter(([word]) => isMethod(word))
    .map(([word, operation]) => ({
      ...operation,
      method: word.toUpperCase(),
      path,
      parameters: (operation.parameters ?? []).map((p) => ("$ref" in p ? at(String(p.$ref)) : p)) as Parameter[],
      body: operation.requestBody?.content ?? {},
    })),
);

/** The schema of each event's body, by the event's type. */
export const events: Record<string, Schema> = Object.fromEntries(
  Object.entries<{ post: { requestBody: { content: Record<string, Media> } } }>(document.webhooks).map(
    ([type, { post }]) => [type, post.requestBody.content["application/json"]?.schema ?? {}],
  ),
);

/** The target of a JSON pointer in the document. */
function at(pointer: string) {
  return pointer
    .slice(2)
    .split("/")
    .reduce((value, key) => value[key], document);
}

export const resolved = (schema: Schema): Schema => (schema.$ref ? resolved(at(schema.$ref)) : schema);

/** A schema for z.fromJSONSchema that forbids undeclared fields. */
const strict = (schema: unknown) =>
  JSON.parse(JSON.stringify(schema).replaceAll("#/components/schemas/", "#/$defs/"), (_, value) =>
    value?.properties && [value.type].flat().includes("object") ? { additionalProperties: false, ...value } : value,
  );
const $defs = strict(document.components.schemas);
const checks = new Map<Schema, z.ZodType>();
const checksByText = new Map<string, z.ZodType>();

/** Checks values against a schema of the document. Cached, because schemas are shared and slow to build. */
export function checkOf(schema: Schema) {
  let check = checks.get(schema);
  if (!check) {
    const text = JSON.stringify(schema);
    check = checksByText.get(text) ?? z.fromJSONSchema({ ...strict(schema), $defs });
    checksByText.set(text, check);
    checks.set(schema, check);
  }
  return check;
}

/** Checks that a response matches the operation's documentation: its status, type, and body. */
export function expectDocumented(operation: Operation, answer: Answer, context: unknown) {
  const told = `${operation.method} ${operation.path} ${JSON.stringify(context)?.slice(0, 300)} → ${answer.status} ${answer.text.slice(0, 300)}`;
  expect(answer.status, told).toBeLessThan(500);
  expect(answer.headers.get("X-Request-Id"), told).toBeTruthy();
  const response = operation.responses[String(answer.status)];
  expect(response, `Undeclared: ${told}`).toBeDefined();
  const [type] = (answer.headers.get("Content-Type") ?? "").split(";");
  const media = response?.content?.[type ?? ""];
  expect(Boolean(response?.content), told).toBe(answer.text !== "");
  if (!response?.content) return;
  expect(media, `Undeclared type ${type}: ${told}`).toBeDefined();
  if (!media || type !== "application/json") return;
  const result = checkOf(media.schema).safeParse(JSON.parse(answer.text));
  expect(result.error?.issues ?? [], told).toEqual([]);
  if (answer.code === "invalid_request") expect(answer.details.length, told).toBeGreaterThan(0);
  if (answer.status >= 400) expect(answer.error, told).toMatch(/^(\p{Lu}|[\w.-]+ (is|must|has|lies) ).*[.!?]$/su);
}
