export type Schema = {
  $ref?: string;
  type?: string | string[];
  format?: string;
  description?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  additionalProperties?: Schema | boolean;
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  example?: unknown;
  examples?: unknown[];
  minimum?: number;
  maximum?: number;
  pattern?: string;
};

const REF = "#/components/schemas/";

export const nameIn = ({ $ref }: Schema) => $ref?.slice(REF.length);
export const refTo = (name: string): Schema => ({ $ref: REF + name });

const pascal = (words: string) =>
  words
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
const singular = (name: string) =>
  name.replace(/(ss)$|ies$|s$/, (end) => (end === "ies" ? "y" : end === "ss" ? end : ""));

/**
 * Names the objects and enums inside schemas, so generated code has one type for each. Equal ones share a name:
 * the first one's, or that of an equal component. Adds the new ones to `components`.
 */
export function newPartNames(components: Record<string, Schema>) {
  const known = new Map<string, string>();
  for (const [name, schema] of Object.entries(components)) known.set(contentOf(schema), name);

  /** The schema with its parts replaced by references. */
  const withNamedParts = (schema: Schema, name: string): Schema => {
    const { properties, items, anyOf, oneOf, additionalProperties } = schema;
    const variants = (list: Schema[]) => list.map((one) => part(one, name));
    return {
      ...schema,
      ...(properties && {
        properties: Object.fromEntries(
          Object.entries(properties).map(([field, one]) => [field, part(one, name + pascal(field))]),
        ),
      }),
      ...(items && { items: part(items, singular(name)) }),
      ...(anyOf && { anyOf: variants(anyOf) }),
      ...(oneOf && { oneOf: variants(oneOf) }),
      ...(typeof additionalProperties === "object" && {
        additionalProperties: part(additionalProperties, singular(name)),
      }),
    };
  };

  /** A reference to the schema if it is an object or an enum. */
  const part = (schema: Schema, name: string): Schema => {
    if (schema.$ref || !(schema.enum || schema.properties)) return withNamedParts(schema, name);
    const { description, default: preset } = schema;
    return {
      ...refTo(named(schema, name)),
      ...(description !== undefined && { description }),
      ...(preset !== undefined && { default: preset }),
    };
  };

  /** The name of the component with this content. Adds the component if it is new. */
  const named = ({ default: _, ...schema }: Schema, name: string) => {
    const found = known.get(contentOf(schema));
    if (found) return found;
    if (components[name]) throw new Error(`Two schemas would be called ${name}. Give one of them an ID.`);
    known.set(contentOf(schema), name);
    components[name] = schema;
    components[name] = { description: saidOf(schema, name), ...withNamedParts(schema, name) };
    return name;
  };

  for (const [name, schema] of Object.entries(components)) components[name] = withNamedParts(schema, name);
  return { part, named, pascal };
}

/** What makes two schemas the same type. */
const contentOf = ({ description: _, default: __, example: ___, examples: ____, ...content }: Schema) =>
  JSON.stringify(content);

const saidOf = ({ enum: values, properties = {} }: Schema, name: string) =>
  values
    ? `One of ${values.map((value) => `\`${value}\``).join(", ")}.`
    : `Part of a response or request: ${name}, with ${Object.keys(properties).join(", ")}.`;
