import { z } from "zod";
import { Id } from "../../lib/fields";

/** Parameters that the loader adds to the frame's URL. */
export const FrameQuery = z.object({
  ref: z.string().optional().meta({ description: "The referral code the visitor arrived with." }),
  host: z
    .string()
    .max(300)
    .optional()
    .meta({ description: "The origin of the embedding page. The frame communicates with no other." }),
  utm: z.string().optional().meta({ description: "The `utm_*` parameters of the embedding page, for analytics." }),
  from: z.string().optional().meta({ description: "The origin of the page that led to the embedding page." }),
  mode: z.enum(["embed", "popup", "floating", "topbar"]).optional().catch(undefined).meta({
    type: "string",
    description: "The widget's placement: embed, popup, floating, or topbar.",
  }),
  lang: z.string().max(35).optional().catch(undefined).meta({
    type: "string",
    description: "The page's language (`data-language`), if supported. Otherwise the widget's setting applies.",
  }),
  w: z.string().max(64).optional().meta({ description: "The frame's name, for pages with several." }),
});
export type FrameQuery = z.infer<typeof FrameQuery>;

export const FrameParam = z.object({ campaignId: Id });

/** The form as a browser sends it. Errors are shown on the page. */
export const FrameForm = z.record(z.string(), z.unknown()).meta({
  type: "object",
  properties: {
    email: { type: "string" },
    name: { type: "string" },
    ref: { type: "string", description: "The referral code the visitor arrived with." },
  },
});

export const StatusParam = z.object({ token: z.string().max(1000) });
/** Only our own form sends it. Anything but text counts as empty. */
export const WalletForm = z.object({
  address: z.string().max(200).catch("").meta({ description: "The participant's wallet address for tokens." }),
});

export const CodeParam = z.object({ code: z.string() });
