import fc from "fast-check";
import type { FullAccount } from "./account";
import { type Operation, resolved } from "./document";
import { likely, record, wild } from "./wild";

export type FuzzRequest = { method: string; path: string; headers: Record<string, string>; body: string | undefined };

/** A value as text for a path or query. */
const inUrl = (value: unknown) => {
  const written = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  return encodeURIComponent(written.toWellFormed().slice(0, 3000));
};
/** Encoded values, some of them invalid. */
const oddSegments = [
  "%",
  "%zz",
  "%FF",
  "%ED%A0%80",
  "%2F",
  "%00",
  "0",
  "-1",
  "1.5",
  "1e3",
  "12abc",
  "9".repeat(40),
  "_",
  "*",
  ":id",
  "~",
  "null",
];

const segment = (own: string, others: string) =>
  fc.oneof(
    { weight: 10, arbitrary: fc.constant(own) },
    { weight: 2, arbitrary: fc.constant(others) },
    { weight: 2, arbitrary: fc.constantFrom(...oddSegments) },
    { weight: 1, arbitrary: wild.map(inUrl).filter((text) => !/^(%2e|\.|)*$/i.test(text)) },
  );

const query = ({ parameters }: Operation, ids: Record<string, unknown>) => {
  const known = parameters
    .filter((parameter) => parameter.in === "query")
    .map(({ name, schema }) =>
      fc
        .oneof(
          { weight: name in ids ? 8 : 0, arbitrary: fc.constant(ids[name]) },
          { weight: 4, arbitrary: likely(schema) },
          { weight: 1, arbitrary: wild },
        )
        .map((value) => `${name}=${inUrl(value)}`),
    );
  const odd = fc.constantFrom("page", "limit=%", "=", "&&", "page=1&page=2", "limit[]=1", "__proto__=1", "a=%FF", "?x");
  const parts = fc.tuple(
    ...known.map((part) => fc.option(part, { nil: undefined })),
    fc.option(odd, { freq: 6, nil: undefined }),
  );
  return parts
    .map((list) => list.filter((part) => part !== undefined).join("&"))
    .map((text) => (text ? `?${text}` : ""));
};

const oddHeaders = fc.record(
  {
    "X-Request-Id": fc.constantFrom("abcdefgh", "x", "a".repeat(65), "<script>"),
    "X-Bookmark": fc.constantFrom("00000001-00000002-00004f1a-9c0d9c0d9c0d9c0d", "x", "first-primary", "-".repeat(40)),
    "Idempotency-Key": fc.oneof(fc.constantFrom("one", '""', "k".repeat(256), '"'), fc.uuid()),
    "If-None-Match": fc.constantFrom("*", '"x"', "W/", "\\"),
    "CF-Connecting-IP": fc.constantFrom("192.0.2.1", "::1", "nonsense", ""),
    "User-Agent": fc.constantFrom("", "Mozilla/5.0 Chrome/140.0", "Googlebot/2.1"),
    Accept: fc.constantFrom("text/html", "application/xml", "*/*;q=0"),
    Origin: fc.constantFrom("null", "https://evil.example"),
    Purpose: fc.constant("prefetch"),
    Range: fc.constant("bytes=0-1"),
    "Content-Encoding": fc.constant("gzip"),
    "X-HTTP-Method-Override": fc.constant("DELETE"),
  },
  { requiredKeys: [] },
);
const badCredentials: Record<string, string>[] = [
  {},
  { "X-API-Key": "" },
  { "X-API-Key": `ref_${"0".repeat(48)}` },
  { Authorization: "Bearer" },
  { Authorization: "Bearer a.b.c" },
  { Authorization: `Bearer ${btoa('{"alg":"none"}')}.${btoa('{"sub":"1","exp":9999999999}')}.` },
  { Authorization: "Basic Og==" },
];

export const FORM = "application/x-www-form-urlencoded";
const JSON_TYPE = "application/json";

/** A form has texts only. */
const asForm = (fields: object) =>
  new URLSearchParams(
    Object.entries(fields).map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]),
  ).toString();

/** Mostly a valid body as text, or its example with one or two changed fields; sometimes truncated, sometimes something else. */
function bodyOf(schemas: Operation["body"], own: Record<string, unknown>) {
  const { schema = {}, example } = schemas[JSON_TYPE] ?? schemas[FORM] ?? {};
  const properties = resolved(schema).properties ?? {};
  const known = Object.fromEntries(Object.entries(own).filter(([name]) => name in properties));
  const write = schemas[JSON_TYPE] ? JSON.stringify : asForm;
  const values = record(properties, known);
  const names = Object.keys(properties);
  const changed = fc.subarray(names, { maxLength: Math.min(2, names.length) });
  const nearly = fc.tuple(values, changed).map(([fields, few]) => {
    const others = Object.entries(fields).filter(([name]) => few.includes(name));
    return write({ ...(example as object), ...known, ...Object.fromEntries(others) });
  });
  const good = values.map((fields) => write(fields));
  return fc.oneof(
    { weight: 10, arbitrary: good },
    { weight: example ? 3 : 0, arbitrary: nearly },
    {
      weight: 1,
      arbitrary: good.map((body) =>
        body.replace(/^\{/, '{"__proto__":{"isAdmin":true},"constructor":1,"member_id":1,"id":1,'),
      ),
    },
    { weight: 1, arbitrary: fc.tuple(good, fc.nat(200)).map(([body, end]) => body.slice(0, end)) },
    { weight: 1, arbitrary: wild.map((value) => JSON.stringify(value) ?? "") },
    {
      weight: 1,
      arbitrary: fc.constantFrom("", "{", "\ufeff{}", "NaN", "{'a':1}", '{"a":1,}', "[".repeat(20_000), "a=1&b=2"),
    },
  );
}

/** Requests for an operation: with the account's own ids, another account's, and unknown ones. */
export function requestsFor(operation: Operation, account: FullAccount, other: FullAccount): fc.Arbitrary<FuzzRequest> {
  const own = account.path(operation.path).split("/");
  const others = other.path(operation.path).split("/");
  const path = operation.path
    .split("/")
    .map((part, i) => (part.startsWith("{") ? segment(own[i] ?? "", others[i] ?? "") : fc.constant(part)));
  const names = operation.security.flatMap((way) => Object.keys(way));
  const ids = fc.oneof(
    { weight: 6, arbitrary: fc.constant(account.inFields) },
    { weight: 1, arbitrary: fc.constant(other.inFields) },
  );
  const types = Object.keys(operation.body);
  const oddTypes = [
    "",
    "text/plain",
    "application/xml",
    "application/json; charset=utf-16",

    "application/x-www-form-urlencoded",
    "APPLICATION/JSON",
    "x",
  ];
  return ids.chain((fields) =>
    fc
      .record({
        path: fc.tuple(...path),
        query: query(operation, fields),
        odd: fc.option(oddHeaders, { freq: 3, nil: {} }),
        credential: fc.oneof(
          { weight: 14, arbitrary: fc.constant(account.credentials[names[0] ?? ""] ?? {}) },
          { weight: 1, arbitrary: fc.constantFrom(...badCredentials, ...Object.values(other.credentials)) },
        ),
        type: fc.oneof(
          { weight: 12, arbitrary: fc.constantFrom(...(types.length ? types : ["application/json"])) },
          { weight: 1, arbitrary: fc.constantFrom(...oddTypes) },
        ),
        body: types.length
          ? bodyOf(operation.body, fields)
          : fc.option(fc.constantFrom("{}", "x"), { freq: 8, nil: undefined }),
      })
      .map(({ path, query, odd, credential, type, body }) => ({
        method: operation.method,
        path: path.join("/") + query,
        headers: {
          ...odd,
          ...credential,
          ...(body === undefined || operation.method === "GET" ? {} : { "Content-Type": type }),
        },
        body: operation.method === "GET" ? undefined : body,
      })),
  );
}

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/** The request as a line for a shell. */
export const curl = ({ method, path, headers, body }: FuzzRequest) =>
  [
    `curl -i -X ${method} ${quoted(`http://127.0.0.1:8787${path}`)}`,
    ...Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(body === undefined
      ? []
      : [`--data-raw ${quoted(body.length > 4000 ? `${body.slice(0, 4000)}… (${body.length} characters)` : body)}`]),
  ].join(" ");
