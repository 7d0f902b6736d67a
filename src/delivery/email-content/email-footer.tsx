import type { Link, Parts } from "./email-parts";
import { BREAKS, fontOf, Table } from "./email-pieces";

export const Footer = ({ sender, reason, unsubscribe }: Parts) => (
  <Table class="foot" style="max-width:600px;margin:0 auto">
    <td
      class="quiet"
      style={`padding:24px 20px 0;${fontOf(sender)};font-size:13px;line-height:20px;color:#5b6270;text-align:center;${BREAKS}`}
    >
      <div dir="auto" style="margin:0 0 8px">
        {reason}
      </div>
      <div>
        {sender.url ? <FootLink url={sender.url} label={sender.name} /> : <span dir="auto">{sender.name}</span>}
        {unsubscribe && " · "}
        {unsubscribe && <FootLink {...unsubscribe} />}
      </div>
    </td>
  </Table>
);

const FootLink = ({ url, label }: Link) => (
  <a href={url} dir="auto" style="color:#5b6270;text-decoration:underline">
    {label}
  </a>
);
