import type { Env } from "../../lib/env";
import { type AlertKind, kindOf } from "./alert-kinds";
import type { Alert } from "./alert-store";

/** A message to the operator. Repeats of the same message have the same `id`. */
export type AlertNews = {
  id: string;
  type: "alert.raised" | "alert.open" | "alert.resolved";
  name: string;
  severity: AlertKind["severity"];
  title: string;
  detail: string;
  advice: string;
  since: Date;
  resolved_at: Date | null;
  url: string | null;
};

export function newsOf(env: Env, alert: Alert): AlertNews {
  const { id, name, detail, raised_at, told_at, resolved_at } = alert;
  const { severity, title, advice } = kindOf(alert);
  const type = resolved_at ? "alert.resolved" : told_at ? "alert.open" : "alert.raised";
  return {
    id: `alert_${id}_${(resolved_at ?? told_at ?? raised_at).getTime()}`,
    type,
    name,
    severity,
    title,
    detail,
    advice,
    since: raised_at,
    resolved_at,
    url: env.PUBLIC_URL ? `${env.PUBLIC_URL}/operator` : null,
  };
}
