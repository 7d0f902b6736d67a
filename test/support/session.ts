import { env } from "cloudflare:workers";
import type { Role } from "../../src/auth/sessions/session";
import { sha256Hex, toHex } from "../../src/lib/crypto";
import { type Answer, call, newMember, type TestMember } from "./client";

type Value = string | number | boolean | null | File;
export type Fields = Record<string, Value | Value[] | undefined>;
type Options = Parameters<typeof call>[3];

export const ORIGIN = "https://referrals.test";
const SESSION = "__Host-session";
const DAY_MS = 86_400_000;

/** A browser without scripts: it keeps cookies, sends its origin, and submits forms. It follows no redirects. */
export function browser() {
  const jar = new Map<string, string>();
  const ask = async (method: string, path: string, body: unknown, { headers, ...options }: Options = {}) => {
    const cookies = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await call(method, path, body, {
      ...options,
      headers: { Accept: "text/html", ...(cookies && { Cookie: cookies }), ...headers },
    });
    for (const line of answer.headers.getSetCookie()) keep(line);
    return answer;
  };
  const keep = (line: string) => {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (/;\s*max-age=0/i.test(line)) jar.delete(name);
    else jar.set(name, value);
  };
  return {
    cookies: jar,
    token: () => jar.get(SESSION),
    /** A page as it is read and copied: without the points where a long word may wrap. */
    page: async (path: string, options?: Options): Promise<Answer> => {
      const answer = await ask("GET", path, undefined, options);
      return { ...answer, text: answer.text.replaceAll("<wbr/>", "") };
    },
    /** Submits a form. Lists are sent once per value, `true` as a checked box, and `false` and missing values not at all. */
    submit: async (path: string, fields: Fields = {}, { headers, ...options }: Options = {}): Promise<Answer> => {
      const { bytes, type } = await encoded(fields);
      return ask("POST", path, bytes, { ...options, headers: { Origin: ORIGIN, "Content-Type": type, ...headers } });
    },
  };
}
export type Browser = ReturnType<typeof browser>;

async function encoded(fields: Fields) {
  const entries = Object.entries(fields).flatMap(([name, sent]) =>
    [sent].flat().map((value) => [name, value] as const),
  );
  const isUpload = entries.some(([, value]) => value instanceof File);
  const form = isUpload ? new FormData() : new URLSearchParams();
  for (const [name, value] of entries) {
    if (value === undefined || value === null || value === false) continue;
    if (value instanceof File && form instanceof FormData) form.append(name, value);
    else form.append(name, value === true ? "on" : String(value));
  }
  const request = new Request(ORIGIN, { method: "POST", body: form });
  return { bytes: new Uint8Array(await request.arrayBuffer()), type: request.headers.get("Content-Type") ?? "" };
}

/** A browser signed in as this member, in their own account or in another one. */
export async function browserOf(person: Pick<TestMember, "id">, account: Pick<TestMember, "id"> = person) {
  const token = toHex(crypto.getRandomValues(new Uint8Array(16)));
  const now = Date.now();
  const row = await env.DB.prepare(
    "INSERT INTO sessions (token_hash, person_id, account_id, agent, date_signedin, last_seen_at, expires_at) VALUES (?, ?, ?, NULL, ?, ?, ?) RETURNING id",
  )
    .bind(await sha256Hex(token), person.id, account.id, now, now, now + DAY_MS)
    .first<{ id: number }>();
  const opened = browser();
  opened.cookies.set(SESSION, token);
  return { ...opened, session_id: row?.id ?? 0 };
}

/** A new signed-in member. `plan_id` as for newMember(). */
export async function signedIn(options: Parameters<typeof newMember>[0] = {}) {
  const member = await newMember(options);
  return { member, ...(await browserOf(member)) };
}

/** A signed-in colleague with a role in a member's account. */
export async function colleagueOf(account: Pick<TestMember, "id">, role: Role) {
  const member = await newMember();
  await env.DB.prepare("INSERT INTO memberships (account_id, person_id, role, date_added) VALUES (?, ?, ?, ?)")
    .bind(account.id, member.id, role, Date.now())
    .run();
  return { member, ...(await browserOf(member, account)) };
}

/** The target of a redirect. */
export const leadsTo = (answer: Answer) => answer.headers.get("Location");
