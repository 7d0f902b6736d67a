/** A page of the documentation: its address below /docs, its name in the navigation, and its source, unless the Worker makes it. */
export type Entry = { slug: string; name: string; file?: string };

const guide = (slug: string, name: string): Entry => ({ slug, name, file: `docs/guides/${slug}.md` });
const paper = (slug: string, name: string, file: string): Entry => ({ slug, name, file });
const made = (slug: string, name: string): Entry => ({ slug, name });

/** The documentation in reading order. Each text has one source, which may also be a paper or a package's README. */
export const CONTENTS: { title: string; pages: Entry[] }[] = [
  {
    title: "Get started",
    pages: [
      guide("quick-start", "Quick start"),
      guide("going-live", "Going live"),
      guide("migrating", "Migrating from another product"),
    ],
  },
  {
    title: "Concepts",
    pages: [
      guide("attribution", "Attribution"),
      guide("rewards", "Rewards"),
      guide("analytics", "Analytics"),
      paper("conversions", "Conversions and rules", "docs/conversions.md"),
      paper("tokens", "Token rewards", "docs/tokens.md"),
      paper("lifecycle", "Status and waitlist", "docs/lifecycle.md"),
      paper("fraud", "Fraud and reviews", "docs/fraud.md"),
    ],
  },
  {
    title: "Your website",
    pages: [guide("widget", "Widget"), paper("react", "React", "packages/react/README.md")],
  },
  {
    title: "Your server",
    pages: [
      guide("api", "API basics"),
      guide("keys", "Keys and test mode"),
      paper("webhooks", "Webhooks", "docs/webhooks.md"),
      guide("verify-webhooks", "Verify webhooks"),
      paper("sdk", "SDK", "packages/sdk/README.md"),
      paper("cli", "Command line", "packages/cli/README.md"),
    ],
  },
  {
    title: "Connect",
    pages: [
      paper("zapier", "Zapier", "packages/zapier/README.md"),
      paper("n8n", "n8n", "packages/n8n-nodes-referrals/README.md"),
      paper("mcp", "AI agents (MCP)", "docs/mcp.md"),
    ],
  },
  {
    title: "Reference",
    pages: [
      made("reference", "API reference"),
      made("events", "Events"),
      made("errors", "Errors"),
      guide("versioning", "Versions and deprecation"),
      paper("changelog", "Changelog", "CHANGELOG.md"),
    ],
  },
  {
    title: "Host it",
    pages: [guide("self-hosting", "Self-hosting"), paper("operations", "Operations", "docs/operations.md")],
  },
];
