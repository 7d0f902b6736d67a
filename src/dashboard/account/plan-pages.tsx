import type { Child } from "hono/jsx";
import type { Plan } from "../../accounts/plans/plan-schema";
import { type Usage, usage } from "../../accounts/plans/plan-usage";
import { policies } from "../../auth/limit";
import type { PageContext } from "../../auth/page-session";
import { Icon } from "../../lib/icon";
import { createPages } from "../doors/pages";
import { show } from "../ui/layout";
import { Badge, Card, count, Head, Time } from "../ui/parts";

const PATH = "/plan";

export const planPages = createPages([PATH], { about: "home" });

planPages.get(PATH, async (c) => {
  const used = await usage(c.var.ctx);
  const { quota, windowSeconds } = policies.key;
  const body = (
    <>
      <Head title="Plan" about={aboutPlan(used)} />
      {used.expired && (
        <div class="notice warn" role="status">
          Your {used.expired.name} plan ended <Time at={used.plan_expiry} />. Everything continues within the limits of
          the {used.plan.name} plan.
        </div>
      )}
      <Card title="Usage">
        <Bar label="Participants" used={used.participants} allowed={used.plan.campaigns_participants}>
          {[
            used.pending > 0 && `${count(used.pending)} more are pending. A larger plan admits them automatically.`,
            used.deleted > 0 && `${count(used.deleted)} of deleted campaigns count for 30 days.`,
          ]
            .filter(Boolean)
            .join(" ")}
        </Bar>
        <Bar label="Brands" used={used.brands} allowed={used.plan.no_of_domains} />
        <p class="quiet">
          API: up to {count(quota)} requests {windowSeconds === 60 ? "a minute" : `in ${windowSeconds} seconds`} for all
          keys together, on every plan. Above that, the API returns 429 with Retry-After.
        </p>
      </Card>
      <h2>Plans</h2>
      <div class="plans">
        {used.plans.map((plan) => (
          <PlanCard plan={plan} isYours={plan.id === used.plan.id} ask={askFor(c, plan.name)} />
        ))}
      </div>
      <HowToChange c={c} />
    </>
  );
  return show(c, { title: "Plan", section: PATH, body });
});

const aboutPlan = ({ plan, plan_expiry, expired }: Usage) => (
  <>
    You are on the {plan.name} plan
    {plan_expiry !== null && !expired && (
      <>
        {" "}
        until <Time at={plan_expiry} />
      </>
    )}
    .
  </>
);

const NEARLY = 0.9;

const Bar = ({
  label,
  used,
  allowed,
  children,
}: {
  label: string;
  used: number;
  allowed: number;
  children?: string | false;
}) => (
  <div class="usage">
    <p class="usage-head">
      <span>{label}</span>
      <span>
        {count(used)} of {allowed === 0 ? "unlimited" : count(allowed)}
      </span>
    </p>
    {allowed > 0 && (
      <meter
        min={0}
        max={allowed}
        high={Math.floor(allowed * NEARLY)}
        optimum={0}
        value={Math.min(used, allowed)}
        aria-label={`${label} used`}
      >
        {used} of {allowed}
      </meter>
    )}
    {children && <p class="hint">{children}</p>}
  </div>
);

const any = (n: number, one: string, many: string) =>
  n === 0 ? `Unlimited ${many}` : `${count(n)} ${n === 1 ? one : many}`;

/** What a plan has, each with a tick. */
const Has = ({ children }: { children: Child }) => (
  <li>
    <Icon of="check" />
    <span>{children}</span>
  </li>
);

/** `ask`: where to ask for the plan, if there is an address for it. */
const PlanCard = ({ plan, isYours, ask }: { plan: Plan; isYours: boolean; ask: string | null }) => (
  <section class={`card plan${isYours ? " yours" : ""}`} aria-label={plan.name}>
    <header class="card-head">
      <h3>{plan.name}</h3>
      {isYours && <Badge tone="good">Current plan</Badge>}
    </header>
    <p class="price">
      {plan.price === 0 ? (
        "$0"
      ) : (
        <>
          ${plan.price}{" "}
          <span class="quiet">per {plan.no_unit === 1 ? plan.unit : `${plan.no_unit} ${plan.unit}s`}</span>
        </>
      )}
    </p>
    <ul>
      <Has>{any(plan.campaigns_participants, "participant", "participants")}</Has>
      <Has>{any(plan.no_of_domains, "brand", "brands")}</Has>
      <Has>
        {plan.price === 0 ? "Private campaigns: the widget on your own site" : "Public campaigns: hosted landing pages"}
      </Has>
      <Has>API, webhooks, and Zapier</Has>
    </ul>
    {!isYours && ask && (
      <a class="button" href={ask}>
        Ask for {plan.name}
      </a>
    )}
  </section>
);

/** An email to whoever runs this installation, which names the account and the plan. Null without an address. */
function askFor(c: PageContext, plan?: string) {
  const address = c.env.SUPPORT_EMAIL;
  const subject = `Plan change for account ${c.var.session.home_id}${plan ? `: ${plan}` : ""}`;
  return address ? `mailto:${address}?subject=${encodeURIComponent(subject)}` : null;
}

/** The email link already names the account that asks for the change. */
function HowToChange({ c }: { c: PageContext }) {
  const address = c.env.SUPPORT_EMAIL;
  const { session } = c.var;
  return (
    <Card title="Change plan">
      {address ? (
        <p>
          Write to <a href={askFor(c) ?? ""}>{address}</a> and say which plan you want. Your account number is{" "}
          {session.home_id}.
        </p>
      ) : (
        <p>
          To change your plan, contact the administrator and give them your account number: <b>{session.home_id}</b>.
        </p>
      )}
      <p class="quiet">A new plan takes effect immediately. You don't have to set anything up again.</p>
    </Card>
  );
}
