import { z } from "zod";

type JsonSchema = z.core.JSONSchema.BaseSchema;

/**
 * Collects the JSON Schemas of a document. Zod converts them itself: the walker that comes with the router takes a `type` in `.meta` for
 * the whole truth and loses `.nullable()` and `.default()` around it.
 */
export function newSchemas() {
  const components: Record<string, JsonSchema> = {};

  /** What a request (`input`) or an answer (`output`) of this schema looks like; schemas with an id are referred to by it. */
  function add(schema: z.ZodType, io: "input" | "output"): JsonSchema {
    const { $defs = {}, properties } = z.toJSONSchema(z.object({ schema }), {
      io,
      unrepresentable: "any",
      override: ({ zodSchema, jsonSchema }) => tidy(jsonSchema, z.globalRegistry.get(zodSchema), io),
    });
    for (const [id, definition] of Object.entries($defs)) {
      const component = pointed(definition);
      const known = components[id];
      if (known && JSON.stringify(known) !== JSON.stringify(component))
        throw new Error(`Two schemas have the id ${id}, or one reads otherwise than it writes: give them two ids.`);
      components[id] = component;
    }
    return pointed((properties?.schema ?? {}) as JsonSchema);
  }

  return { components, add };
}

type Meta = Record<string, unknown> | undefined;

function tidy(schema: JsonSchema, meta: Meta, io: "input" | "output") {
  // A `type` in `.meta` describes what conversion cannot see, such as numbers that may come as strings.
  if (meta?.type) {
    for (const key of Object.keys(schema)) delete schema[key];
    const { id: _, ...described } = meta;
    Object.assign(schema, described);
  }
  // Answers may get more fields one day; a client that insists on these would break.
  if (io === "output" && schema.additionalProperties === false) delete schema.additionalProperties;
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
}

const pointed = (schema: object): JsonSchema =>
  JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/'));
