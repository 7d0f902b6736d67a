import type { DocsSite } from "./page";

/** The list of all pages for language models (llmstxt.org). */
export const llmsText = ({ contents, pages }: DocsSite, origin: string) =>
  [
    "# Referrals",
    "",
    "> Referral marketing with an API, a widget, and a dashboard: sign people up, give them share links, track the friends they refer, and reward them.",
    "",
    `The API is at ${origin}/api/v1, its OpenAPI document at ${origin}/api/v1/openapi.json, and tools for agents (MCP) at ${origin}/mcp.`,
    ...contents.flatMap((section) => [
      "",
      `## ${section.title}`,
      "",
      ...section.pages.map(({ slug, name }) => {
        const page = pages.find((one) => one.slug === slug);
        const path = slug === "reference" ? "/api/v1/openapi.json" : `/docs/${slug}.md`;
        return `- [${name}](${origin}${path})${page?.summary ? `: ${page.summary}` : ""}`;
      }),
    ]),
    "",
  ].join("\n");
