import { z } from "zod";
import { modes, platforms, snippetOf } from "../../dashboard/campaigns/install-snippet";
import { docsSite } from "../../docs/site/site";
import { found } from "../docs-search";
import { campaignId } from "../shapes";
import { tool } from "../tool";

export const setUpWidget = tool({
  name: "set_up_widget",
  title: "Get the code for a website",
  description:
    "Returns the snippet that shows a campaign's widget on a website: pick the platform, and optionally how it is displayed. Paste it into the pages where participants should sign up and find their link.",
  input: z.object({
    campaign_id: campaignId,
    platform: z.enum(platforms).default("html"),
    mode: z.enum(modes).optional().describe("Default: the campaign's own placement."),
  }),
  output: z.object({
    snippet: z.string(),
    mode: z.string(),
    notes: z.array(z.string()),
    install_page: z.string().describe("The page where a person can check the installation."),
  }),
  needs: "read",
  repeats: true,
  run: async ({ campaign_id, platform, mode }, { api, origin }) => {
    const { widget, status, publish } = await api.get(`/campaigns/${campaign_id}`);
    const { placement } = widget;
    return {
      snippet: snippetOf(platform, { origin, campaignId: campaign_id, mode: mode ?? placement, placement }),
      mode: mode ?? placement,
      notes: [
        ...(status === "live" ? [] : [`The campaign is ${status}: nobody can sign up until it is live.`]),
        ...(publish === "private"
          ? ["The campaign is private: its widget only appears on the brand's own domain."]
          : []),
      ],
      install_page: `${origin}/campaigns/${campaign_id}/install`,
    };
  },
});

export const searchDocs = tool({
  name: "search_docs",
  title: "Search the documentation",
  description:
    "Searches this product's guides, API operations, events, and error codes. Use it for questions about how something works, or how to call the API.",
  input: z.object({ query: z.string().min(2).max(200), limit: z.number().int().min(1).max(20).default(5) }),
  output: z.object({
    results: z.array(z.object({ title: z.string(), url: z.string(), text: z.string() })),
  }),
  needs: "read",
  repeats: true,
  run: async ({ query, limit }, { origin, document, caller }) => {
    const site = await docsSite(caller.ctx.env, origin);
    return { results: found(document(), site, origin, query, limit) };
  },
});
