import { Hono } from "hono";
import { type Alert, newestAlerts } from "../../delivery/alerts/alert";
import { kindOf } from "../../delivery/alerts/alert-kinds";
import type { HonoEnv } from "../../lib/http";
import { Badge, Card, Empty, Head, Table, Time } from "../ui/parts";
import { showOperator } from "./operator-layout";

const ALERTS = "/operator/alerts";
const SHOWN = 100;

export const alertPages = new Hono<HonoEnv>();

alertPages.get(ALERTS, async (c) => {
  const { db, env } = c.var.ctx;
  const [alerts] = await db.batch([newestAlerts(db, SHOWN)]);
  const told = [env.OPERATOR_EMAIL && "by email", env.OPERATOR_WEBHOOK_URL && "by webhook"].filter(Boolean);
  const body = (
    <>
      <Head
        title="Alerts"
        about={
          told.length > 0
            ? `Alerts are sent ${told.join(" and ")}: when raised, once a day while open, and when resolved.`
            : "Alerts are only shown here. To receive them, set OPERATOR_EMAIL or OPERATOR_WEBHOOK_URL."
        }
      />
      {alerts.length === 0 ? (
        <Empty title="No alerts yet" />
      ) : (
        <Table label="Alerts" columns={["Alert", "Raised", "Resolved", "Last sent"]}>
          {alerts.map((alert) => {
            const { title, severity } = kindOf(alert);
            return (
              <tr>
                <td>
                  {title}{" "}
                  {alert.resolved_at === null && (
                    <Badge tone={severity === "critical" ? "bad" : "warn"}>
                      {severity === "critical" ? "Critical" : "Warning"}
                    </Badge>
                  )}
                  <br />
                  <span class="quiet">{alert.detail}</span>
                </td>
                <td>
                  <Time at={alert.raised_at} />
                </td>
                <td>{alert.resolved_at ? <Time at={alert.resolved_at} /> : "Open"}</td>
                <td>
                  <Time at={alert.told_resolved_at ?? alert.told_at} />
                </td>
              </tr>
            );
          })}
        </Table>
      )}
    </>
  );
  return showOperator(c, { title: "Alerts", at: ALERTS, body });
});

/** The open alerts, with what to do about each. */
export const OpenAlerts = ({ alerts }: { alerts: Alert[] }) => (
  <Card
    title="Alerts"
    actions={alerts.length === 0 ? <Badge tone="good">None open</Badge> : <Badge tone="bad">Open</Badge>}
  >
    {alerts.length === 0 ? (
      <p class="quiet">
        <a href={ALERTS}>All alerts</a>
      </p>
    ) : (
      alerts.map((alert) => {
        const { title, advice } = kindOf(alert);
        return (
          <div class="notice bad">
            <strong>{title}.</strong> {alert.detail} {advice}
          </div>
        );
      })
    )}
  </Card>
);
