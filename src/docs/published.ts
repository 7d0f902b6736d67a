import type { OpenApiDocument } from "./openapi";
import { nameIn, newPartNames, refTo, type Schema } from "./part-names";
import { sampleOf } from "./sample";
import { PAGES } from "./tags";

type Media = { schema?: Schema; example?: unknown };
type Content = Record<string, Media>;
type Operation = {
  operationId: string;
  tags: string[];
  parameters?: { name?: string; schema?: Schema }[];
  requestBody?: { content: Content };
  responses: Record<string, { content?: Content }>;
};
type Items = Record<string, Record<string, Operation>>;
type Document = {
  tags: { name: string }[];
  paths: Items;
  webhooks: Items;
  components: { schemas: Record<string, Schema> };
};

/**
 * The document for integrators, without pages. Every envelope, list, object, and enum is a named schema, and every
 * response has an example.
 */
export function published(document: OpenApiDocument): OpenApiDocument {
  const copy = JSON.parse(JSON.stringify(document)) as Document;
  const { schemas } = copy.components;
  const { part, named, pascal } = newPartNames(schemas);

  /** Names a response's envelope after its data. */
  const enveloped = (schema: Schema, operationId: string): Schema => {
    const { success, data } = schema.properties ?? {};
    if (!success || !data) return part(schema, `${pascal(operationId)}Response`);
    const fields = Object.values(data.properties ?? {});
    const list = fields.length === 1 || data.properties?.pagination ? fields.find(({ items }) => items) : data;
    const item = list?.items && nameIn(list.items);
    if (item) data.description ??= `A page of \`${item}\`.`;
    const inner = data.$ref ? nameIn(data) : named(data, item ? `${item}List` : `${pascal(operationId)}Result`);
    const content = { ...schema, description: `\`${inner}\` in the envelope of all responses.` };
    return refTo(named({ ...content, properties: { success, data: refTo(String(inner)) } }, `${inner}Response`));
  };

  const told = ([status, { content, ...response }]: [string, { content?: Content }], operationId: string) => {
    const json = content?.["application/json"];
    if (!json?.schema) return [status, { content, ...response }] as const;
    const schema = status < "3" ? enveloped(json.schema, operationId) : json.schema;
    const media = status < "3" ? { ...json, schema, example: json.example ?? sampleOf(schema, schemas) } : json;
    return [status, { ...response, content: { ...content, "application/json": media } }] as const;
  };

  const operation = (one: Operation): Operation => ({
    ...one,
    ...(one.parameters && {
      parameters: one.parameters.map((parameter) =>
        parameter.schema
          ? { ...parameter, schema: part(parameter.schema, pascal(`${one.operationId} ${parameter.name}`)) }
          : parameter,
      ),
    }),
    responses: Object.fromEntries(Object.entries(one.responses).map((response) => told(response, one.operationId))),
  });

  const isShown = ({ tags }: Operation) => !tags.includes(PAGES);
  const items = (all: Items, change: (one: Operation) => Operation) =>
    Object.fromEntries(
      Object.entries(all).flatMap(([path, item]) => {
        const shown = Object.entries(item).filter(([, one]) => isShown(one));
        return shown.length > 0
          ? [[path, Object.fromEntries(shown.map(([method, one]) => [method, change(one)]))]]
          : [];
      }),
    );

  /** Adds examples to events, which are requests to the integrator. */
  const exemplified = (one: Operation): Operation => {
    for (const media of Object.values(one.requestBody?.content ?? {}))
      media.example = sampleOf(media.schema ?? {}, schemas);
    return one;
  };

  const result = {
    ...copy,
    tags: copy.tags.filter(({ name }) => name !== PAGES),
    paths: items(copy.paths, operation),
    webhooks: items(copy.webhooks, exemplified),
  };
  widen(result);
  return result as unknown as OpenApiDocument;
}

const INT32_MAX = 2 ** 31 - 1;

/** Marks whole numbers that may exceed 32 bits, such as ids. */
function widen(value: unknown) {
  if (typeof value !== "object" || value === null) return;
  const { type, maximum = Number.MAX_SAFE_INTEGER } = value as Schema;
  const isWhole = [type].flat().includes("integer");
  if (isWhole && maximum > INT32_MAX) Object.assign(value, { format: "int64" });
  for (const [key, inner] of Object.entries(value)) if (key !== "example") widen(inner);
}
