import { z } from "zod";

type JsonSchema = z.core.JSONSchema.BaseSchema;

/**
 * Collects a document's JSON Schemas. Zod converts them, because the router's own converter treats a `type` in `.meta`
 * as complete and loses `.nullable()` and `.default()` around it.
 */
export function newSchemas() {
  const components: Record<string, JsonSchema> = {};

  /** The JSON Schema for a request (`input`) or response (`output`). Schemas with an id become references. */
  function add(schema: z.ZodType, io: "input" | "output"): JsonSchema {
    const { $defs = {}, properties } = z.toJSONSchema(z.object({ schema }), {
      io,
      unrepresentable: "any",
      override: ({ zodSchema, jsonSchema }) => tidy(jsonSchema, z.globalRegistry.get(zodSchema), io, add),
    });
    for (const [id, definition] of Object.entries($defs)) {
      const component = pointed(definition);
      const known = components[id];
      if (known && JSON.stringify(known) !== JSON.stringify(component))
        throw new Error(`Two schemas have the ID ${id}, or its input and output differ. Give them different IDs.`);
      components[id] = component;
    }
    return pointed((properties?.schema ?? {}) as JsonSchema);
  }

  return { components, add };
}

type Add = (schema: z.ZodType, io: "input" | "output") => JsonSchema;
type Meta = Record<string, unknown> | undefined;

function tidy(schema: JsonSchema, meta: Meta, io: "input" | "output", add: Add) {
  // A `type` in `.meta` describes what the conversion cannot see, such as numbers that may be sent as strings.
  if (meta?.type) {
    for (const key of Object.keys(schema)) delete schema[key];
    const { id: _, ...described } = meta;
    // A list whose entries the route checks individually names their schema.
    if (described.items instanceof z.ZodType) described.items = add(described.items, io);
    Object.assign(schema, described);
  }
  // Later releases may add fields to responses, and a client that rejects unknown ones would break.
  if (io === "output" && schema.additionalProperties === false) delete schema.additionalProperties;
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
}

const pointed = (schema: object): JsonSchema =>
  JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/'));
