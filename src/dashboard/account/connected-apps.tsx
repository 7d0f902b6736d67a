import type { accountOf } from "../../accounts/account";
import { Card, Confirm, Table, Time } from "../ui/parts";

type Props = { connections: Awaited<ReturnType<typeof accountOf>>["connections"]; origin: string };

/** The apps that work for the person, and how to connect one. */
export const Apps = ({ connections, origin }: Props) => (
  <Card title="Connected apps">
    {connections.length === 0 ? (
      <p>
        AI assistants such as Claude, Cursor, and VS Code can run campaigns for you. Give them this URL:{" "}
        <code>{origin}/mcp</code>. <a href="/docs/mcp">How to connect</a>
      </p>
    ) : (
      <Table label="Connected apps" columns={["App", "Account", "Access", "Last used", "Actions"]}>
        {connections.map(({ id, app_name, app_host, account_name, scopes, last_seen_at }) => (
          <tr>
            <td>
              {app_name} <span class="quiet">{app_host}</span>
            </td>
            <td>{account_name}</td>
            <td>{scopes?.includes("write") ? "Read and change" : "Read only"}</td>
            <td>
              <Time at={last_seen_at} />
            </td>
            <td>
              <Confirm
                action={`/account/apps/${id}/revoke`}
                button="Disconnect"
                question="The app loses its access immediately."
              />
            </td>
          </tr>
        ))}
      </Table>
    )}
  </Card>
);
