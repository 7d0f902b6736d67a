import { env } from "cloudflare:workers";
import { dashboard } from "../../src/pages";
import { type FullAccount, fullAccount } from "./account";
import { openApp } from "./oauth";
import { browserOf, colleagueOf } from "./session";

export type PageRoute = { method: "GET" | "POST"; path: string };

const isRoute = ({ method }: { method: string }) => method === "GET" || method === "POST";

/** Every page and form of the dashboard's router. */
export const pageRoutes: PageRoute[] = [
  ...new Map(
    dashboard.routes
      .filter(isRoute)
      .map(({ method, path }) => [`${method} ${path}`, { method: method === "GET" ? "GET" : "POST", path } as const]),
  ).values(),
];

/** Public pages, without a session. */
const OPEN =
  /^\/(sign-in|sign-out|sign-up|forgotten-password|team\/join|contest|operator\/sign-in|report)(\/|$)|^\/(images\/:key)?$/;
export const isOpen = ({ method, path }: PageRoute) =>
  OPEN.test(path) && !(method === "POST" && path.startsWith("/images"));

/** Pages for the operator's token only: no member's session opens them. */
export const isOperators = ({ path }: PageRoute) => /^\/operator(\/|$)/.test(path) && path !== "/operator/sign-in";

/** Pages about the member, whatever their role in the current account. */
export const isOwn = ({ path }: PageRoute) => /^\/account(\/|$)/.test(path);

/** fullAccount() with its member's signed-in browser, a colleague, an invitation, and an image. */
export async function pageAccount() {
  const account = await fullAccount();
  const { member } = account;
  const opened = await browserOf(member);
  const colleague = await colleagueOf(member, "viewer");
  const now = Date.now();
  const invitation = await env.DB.prepare(
    "INSERT INTO team_invitations (account_id, email, role, date_invited) VALUES (?, ?, 'editor', ?) RETURNING id",
  )
    .bind(member.id, `invited-${crypto.randomUUID()}@example.com`, now)
    .first<{ id: number }>();
  const key = `${crypto.randomUUID().replaceAll("-", "")}.png`;
  await env.DB.prepare("INSERT INTO images (key, member_id, type, bytes, date_added) VALUES (?, ?, 'image/png', 4, ?)")
    .bind(key, member.id, now)
    .run();
  const mailId = await env.DB.prepare(
    "INSERT INTO mails (cause, kind, member_id, detail, origin, status, provider_id, date_added) VALUES (?, 'key_created', ?, 'sk_test_…', '', 'sent', 'test', ?) RETURNING id",
  )
    .bind(`key_created:${crypto.randomUUID()}`, member.id, now)
    .first<number>("id");
  const app = await env.DB.prepare(
    "INSERT INTO sessions (token_hash, person_id, account_id, scopes, date_signedin, last_seen_at, expires_at) VALUES (?, ?, ?, '[]', ?, ?, ?) RETURNING id",
  )
    .bind(crypto.randomUUID(), member.id, member.id, now, now, now + 86_400_000)
    .first<{ id: number }>();
  await opened.submit("/reports", { about: `campaign:${account.inFields.campaign_id}`, days: "30" });
  const [, report] = /\/report\/([\w.-]+)/.exec((await opened.page("/reports")).text) ?? [];
  const view = {
    "@flags": "is_shared",
    list: "rewards",
    path: "/rewards",
    query: "status=pending",
    name: `Waiting ${crypto.randomUUID()}`,
  };
  const saved = await opened.submit("/views", view);
  const viewId = new URL(saved.headers.get("Location") ?? "", "https://referrals.test").searchParams.get("view");
  const asking = await (await openApp(opened, undefined, "https://app.example.com/back")).authorize();
  const further: [RegExp, string | number][] = [
    [/^\/api-keys\/:id/, account.path("/api/v1/members/api-keys/{id}").split("/").at(-1) ?? ""],
    [/^\/test-mode\/emails/, mailId ?? 0],
    [/^\/account\/sessions\/:id/, opened.session_id],
    [/^\/account\/apps\/:id/, app?.id ?? 0],
    [/^\/account\/switch\/:id/, member.id],
    [/^\/team\/invitations\/:id/, invitation?.id ?? 0],
    [/^\/team\/:id/, colleague.member.id],
    [/^\/images\/:key/, key],
    [/^\/team\/join\/:token/, "no.such.token"],
    [/^\/report\/:token/, report ?? ""],
    [/^\/views\/:viewId/, viewId ?? ""],
    [/^\/operator\/images\//, `${"a".repeat(22)}.png`],
    [/^\/operator\//, member.id],
  ];
  return {
    ...account,
    browser: opened,
    colleague,
    /** The path of a route with this account's ids in it. */
    at: (path: string) =>
      path === "/oauth/authorize"
        ? asking
        : path.replace(/:(\w+)(\{[^}]*\})?/g, (_, name) => String(idFor(account, further, path, name))),
  };
}
export type PageAccount = Awaited<ReturnType<typeof pageAccount>>;

function idFor(account: FullAccount, further: [RegExp, string | number][], path: string, name: string) {
  const known = further.find(([pattern]) => pattern.test(path));
  if (known) return known[1];
  return account.path(`/{${name}}`).slice(1);
}
