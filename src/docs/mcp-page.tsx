import type { Page } from "../lib/html";
import { css } from "./errors-page";

/** How AI agents connect, for people. `origin` is the address that they give their assistant. */
export const mcpPage = (origin: string): Page => ({
  title: "AI agents (MCP)",
  language: "en",
  css,
  head: <link rel="icon" href="/docs-assets/icon.svg" type="image/svg+xml" />,
  body: (
    <main>
      <h1>AI agents (MCP)</h1>
      <p>
        An assistant that speaks the Model Context Protocol can set up campaigns, sign people up, explain and settle
        rewards, and look after coupon codes and webhooks. Give it this address:
      </p>
      <pre>
        <code>{origin}/mcp</code>
      </pre>
      <dl>
        <dt>Claude</dt>
        <dd>
          Settings, Connectors, Add custom connector: paste the address, then sign in here and allow access. In Claude
          Code:
          <pre>
            <code>claude mcp add --transport http referrals {origin}/mcp</code>
          </pre>
        </dd>
        <dt>Cursor</dt>
        <dd>
          In <code>~/.cursor/mcp.json</code>:
          <pre>
            <code>{JSON.stringify({ mcpServers: { referrals: { url: `${origin}/mcp` } } }, null, 2)}</code>
          </pre>
        </dd>
        <dt>VS Code</dt>
        <dd>
          In <code>.vscode/mcp.json</code>:
          <pre>
            <code>{JSON.stringify({ servers: { referrals: { type: "http", url: `${origin}/mcp` } } }, null, 2)}</code>
          </pre>
        </dd>
        <dt>With an API key</dt>
        <dd>
          Programs send a key in <code>Authorization: Bearer</code> or <code>X-API-Key</code>, and need no sign-in:
          <pre>
            <code>claude mcp add --transport http referrals {origin}/mcp --header "X-API-Key: YOUR_KEY"</code>
          </pre>
        </dd>
        <dt>What an agent may do</dt>
        <dd>
          What you allow when you connect it, at most what your role in the account allows. A tool that gives or takes
          rewards, or cannot be undone, answers with a preview first and does nothing. The agent shows it to you, and
          calls again with the preview's token within five minutes. No tool shows or changes API keys, the team, or the
          account. Disconnect an app at any time under <a href="/account">Your account</a>.
        </dd>
      </dl>
      <p>
        <a href="/docs">API reference</a>
      </p>
    </main>
  ),
});
