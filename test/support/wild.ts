import fc from "fast-check";
import { resolved, type Schema } from "./document";

const nested = (depth: number, open: string, close: string) => `${open.repeat(depth)}1${close.repeat(depth)}`;

/** Values known to break servers. */
const spiteful: unknown[] = [
  ...[null, true, false, 0, -0, -1, 1.5, 1e21, 1e308, -1e308, 5e-324, 2 ** 31, 2 ** 53, 2 ** 63, -(2 ** 63)],
  ...["", " ", "\0", "\u0000\u0001", "\ud800", "\udfff\ud800", "\u202e", "\u200b", "\ufeff", "e\u0301".repeat(200)],
  ...[
    "ﷺ".repeat(50),
    "👩‍👩‍👧‍👦",
    "ı",
    "İ",
    "ß",
    "①②③",
    "٤٢",
    "１２",
    "1e3",
    "0x10",
    "NaN",
    "-0",
    "1_000",
    "null",
    "undefined",
  ],
  ...["' OR 1=1 --", "'; DROP TABLE members; --", "{{7*7}}", "%00", "%s%n", "../../etc/passwd", "=1+1"],
  ...["<script>alert(1)</script>", "javascript:alert(1)", "data:text/html,x", "https://[", "http://a b", "//evil"],
  ...["9999-12-31T23:59:59.999Z", "0000-00-00", "+275760-09-13T00:00:00.001Z", "2026-02-30", "1969-12-31T23:59:59Z"],
  ...["a@b", "a@b.c", '"a b"@example.com', "a@example.com\nBcc: x@example.com", "x".repeat(70_000)],
  ...[[], {}, [[]], [null], [{}], Array(500).fill(0), { length: -1 }, { toString: 1 }, { $ne: null }],
  JSON.parse('{"then":{"then":1}}'),
  JSON.parse('{"__proto__":{"polluted":true}}'),
  JSON.parse('{"constructor":{"prototype":{"polluted":true}}}'),
  JSON.parse(nested(400, "[", "]")),
  JSON.parse(nested(400, '{"a":', "}")),
];

export const wild = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...spiteful) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 60 }) },
  { weight: 1, arbitrary: fc.double() },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
);

const text = ({ format, maxLength = 200, example }: Schema): fc.Arbitrary<unknown> => {
  const sized = fc.constantFrom(0, 1, maxLength, maxLength + 1).map((length) => "y".repeat(length));
  const good: Record<string, fc.Arbitrary<string>> = {
    email: fc.nat(99_999).map((n) => `fuzz-${n}@example.com`),
    uri: fc.webUrl({ validSchemes: ["https"], withQueryParameters: true, withFragments: true }),
    "date-time": fc.date({ noInvalidDate: true, max: new Date("2200-01-01") }).map((date) => date.toISOString()),
  };
  return fc.oneof(
    {
      weight: 4,
      arbitrary:
        good[format ?? ""] ?? fc.string({ unit: "grapheme", minLength: 1, maxLength: Math.min(maxLength, 40) }),
    },
    { weight: example === undefined ? 0 : 3, arbitrary: fc.constant(example) },
    { weight: 1, arbitrary: sized },
  );
};

const number = ({ minimum = -1000, maximum = 1_000_000, type }: Schema): fc.Arbitrary<unknown> =>
  fc.oneof(
    fc.integer({ min: Math.max(minimum, -(2 ** 31)), max: Math.min(maximum, 2 ** 31 - 1) }),
    fc.constantFrom(minimum, minimum - 1, maximum, maximum + 1, String(minimum)),
    type === "number" ? fc.integer({ min: 0, max: 100_000 }).map((cents) => cents / 100) : fc.nat(9).map(String),
  );

/** Values of a schema, including those at its limits and just beyond. */
export function likely(schema: Schema): fc.Arbitrary<unknown> {
  const { anyOf, enum: values, type, items, properties, ...rest } = resolved(schema);
  if (anyOf) return fc.oneof(...anyOf.map(likely));
  if (values) return fc.constantFrom(...values);
  if (Array.isArray(type)) return fc.oneof(...type.map((one) => likely({ ...rest, type: one, items, properties })));
  if (type === "integer" || type === "number") return number({ ...rest, type });
  if (type === "string") return text(rest);
  if (type === "boolean") return fc.boolean();
  if (type === "null") return fc.constant(null);
  if (type === "array") return fc.array(items ? likely(items) : wild, { maxLength: 4 });
  if (properties) return record(properties);
  return type === "object"
    ? fc.dictionary(fc.string({ maxLength: 12 }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 })
    : wild;
}

/** An object with mostly valid properties, and now and then an invalid one. */
export function record(properties: Record<string, Schema>, own: Record<string, unknown> = {}) {
  const fields = Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [
      name,
      fc.oneof(
        { weight: name in own ? 12 : 0, arbitrary: fc.constant(own[name]) },
        { weight: 8, arbitrary: likely(schema) },
        { weight: 1, arbitrary: wild },
      ),
    ]),
  );
  return fc.record(fields, { requiredKeys: Object.keys(fields).filter((name) => name in own) });
}
