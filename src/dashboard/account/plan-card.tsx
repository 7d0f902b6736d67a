import type { Child } from "hono/jsx";
import type { Plan } from "../../accounts/plans/plan-schema";
import { Icon } from "../../lib/icon";
import { Badge, count } from "../ui/parts";

const NEARLY = 0.9;

/** How much of a plan's limit is used. */
export const Bar = ({
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
        {count(used)}
        {allowed === 0 ? ", no limit" : ` of ${count(allowed)}`}
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

/** A feature of a plan, with a check mark. */
const Has = ({ children }: { children: Child }) => (
  <li>
    <Icon of="check" />
    <span>{children}</span>
  </li>
);

/** The children explain how to get the plan. */
export const PlanCard = ({ plan, isYours, children }: { plan: Plan; isYours: boolean; children: Child }) => (
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
    {!isYours && children}
  </section>
);
