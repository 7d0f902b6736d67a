import { lazy } from "../../lib/lazy";
import { BarList } from "./bar-list";
import { CardRow } from "./card-row";
import { Card, count, Table } from "./parts";

const SOURCES = [
  ["utm_source", "Sources"],
  ["referrer", "Websites"],
  ["country", "Countries"],
  ["device", "Devices"],
  ["utm_campaign", "UTM campaigns"],
] as const;

const CHANNEL_LABELS: Record<string, string> = {
  facebook: "Facebook",
  twitter: "X",
  linkedin: "LinkedIn",
  email: "Email",
  whatsapp: "WhatsApp",
  direct: "Direct link",
  sms: "Text message",
  telegram: "Telegram",
  messenger: "Messenger",
  reddit: "Reddit",
  pinterest: "Pinterest",
  qr_code: "QR code",
};
const countryNames = lazy(() => new Intl.DisplayNames("en", { type: "region", fallback: "code" }));

const named = (dimension: string, value: string) =>
  value === "other" || value === "unknown"
    ? value === "other"
      ? "Other"
      : "Unknown"
    : dimension === "channel"
      ? (CHANNEL_LABELS[value] ?? value)
      : dimension === "country"
        ? countryNames().of(value)
        : value;

export type Channel = { value: string; clicks: number; referrals: number; money: string };

/** The share channels, with their visits, friends, and revenue. */
export const Channels = ({ channels }: { channels: Channel[] }) => (
  <Card title="Share channels">
    {channels.length === 0 ? (
      <p class="quiet">No visits from share links in this period.</p>
    ) : (
      <Table
        label="Share channels"
        columns={["Channel", ...["Friends' visits", "Referrals", "Net revenue"].map((number) => ({ number }))]}
      >
        {channels.map(({ value, clicks, referrals, money }) => (
          <tr>
            <th scope="row">{named("channel", value)}</th>
            <td class="number">{count(clicks)}</td>
            <td class="number">{count(referrals)}</td>
            <td class="number">{money}</td>
          </tr>
        ))}
      </Table>
    )}
  </Card>
);

type Groups = Record<(typeof SOURCES)[number][0], { value: string; signups: number; clicks: number }[]>;

/** Where participants came from. */
export const Sources = ({ groups }: { groups: Groups }) => (
  <CardRow label="Sources">
    {SOURCES.filter(([dimension]) => groups[dimension].length > 0).map(([dimension, title]) => (
      <Card title={title}>
        <BarList
          label={title}
          bars={groups[dimension].map(({ value, signups, clicks }) => ({
            label: named(dimension, value),
            value: signups,
            note: `${count(clicks)} visits`,
          }))}
        />
        <p class="quiet">Signups and friends' visits. Days are in UTC.</p>
      </Card>
    ))}
  </CardRow>
);
