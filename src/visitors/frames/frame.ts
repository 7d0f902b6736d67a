import type { Caller } from "../../auth/caller";
import { registrable } from "../../campaigns/brands/website";
import type { Ctx, ParticipantCtx } from "../../lib/ctx";
import { AppError, type ErrorCode } from "../../lib/errors";
import type { Texts } from "../../texts/text";
import { join } from "../widget-api/join";
import { leaders } from "../widget-api/leaders";
import { ownNumbers } from "../widget-api/self";
import { WidgetSignup } from "../widget-api/widget-api-schema";
import type { WidgetConfig } from "../widget-api/widget-config";
import type { PanelState } from "./panel";
import { ANSWER } from "./question";

/**
 * Who may frame a campaign: everyone if it is public; otherwise the brand's own site on any port and, in tests and
 * demos, this machine. The site's subdomains are included, unless its domain is a public suffix where anybody can
 * register one.
 */
export function ancestorsOf({ publish, brand_domain }: WidgetConfig, env: { ALLOW_LOCAL_WEBHOOKS: string }) {
  if (publish === "public") return "*";
  const local = env.ALLOW_LOCAL_WEBHOOKS === "on" ? " http://localhost:* http://127.0.0.1:*" : "";
  const hosts = registrable(brand_domain) === null ? [brand_domain] : [brand_domain, `*.${brand_domain}`];
  const own = ["http", "https"].flatMap((scheme) => hosts.map((host) => `${scheme}://${host}:*`));
  return `${own.join(" ")}${local}`;
}

/** The errors that have their own text. */
const toldAs: Partial<Record<ErrorCode, keyof Texts>> = {
  rate_limited: "busy",
  overloaded: "busy",
  captcha_failed: "captcha_failed",
  campaign_not_live: "campaign_not_live",
};

const text = (value: unknown) => (typeof value === "string" ? value : "");

/** Signs up the form's sender like the API does. If something is wrong, returns the form with the values and errors. */
export async function joinByForm(
  ctx: Ctx,
  campaignId: number,
  form: Record<string, unknown>,
  texts: Texts,
  caller: Caller,
): Promise<PanelState> {
  const answers = Object.fromEntries(
    Object.entries(form).flatMap(([name, value]) =>
      name.startsWith(ANSWER) && typeof value === "string" ? [[name.slice(ANSWER.length), value]] : [],
    ),
  );
  const values = Object.fromEntries(Object.entries(form).map(([name, value]) => [name, text(value)]));
  const read = WidgetSignup.safeParse({ ...form, answers, metadata: undefined, campaign_id: campaignId });
  if (!read.success) {
    const wrong = new Set(read.error.issues.map(({ path }) => path[0]));
    const email = wrong.has("email") && ((values.email ?? "").trim() === "" ? texts.required : texts.bad_email);
    const name = wrong.has("name") && texts.failed;
    const errors = { ...(email && { email }), ...(name && { name }), ...(!email && !name && { form: texts.failed }) };
    return { step: "form", values, errors };
  }
  try {
    return shown(await join(ctx, read.data, caller), read.data.name || null);
  } catch (error) {
    if (!(error instanceof AppError) || error.code === "not_found") throw error;
    const wrong = error.details?.filter(({ path }) => path.startsWith(ANSWER)) ?? [];
    if (wrong.length > 0)
      return { step: "form", values, errors: Object.fromEntries(wrong.map(({ path }) => [path, texts.required])) };
    if (error.code === "disposable_email") return { step: "form", values, errors: { email: texts[error.code] } };
    return { step: "form", values, errors: { form: texts[toldAs[error.code] ?? "failed"] }, refusal: error };
  }
}

function shown(joined: Awaited<ReturnType<typeof join>>, name: string | null): PanelState {
  if (joined.already_joined) return { step: "mail", why: "known" };
  const { participant_token, reward, ...numbers } = joined;
  if (participant_token === null) return { step: "mail", why: "confirm" };
  const me = { ...numbers, name, rank: null, rewards: reward ? [reward] : [] };
  return { step: "share", me, token: participant_token };
}

/**
 * A participant's own share step.
 * @throws 401 if the participant was erased or the campaign deleted
 */
export async function stateOf(ctx: ParticipantCtx, token: string): Promise<PanelState> {
  const me = await ownNumbers(ctx);
  return { step: "share", me, token, leaders: await leaders({ ...ctx, actor: { kind: "public" } }, me.campaign_id) };
}
