import { COPY_LIFETIME_SECONDS, widgetCopy } from "../../campaigns/copies";
import { cachedValue } from "../../lib/edge";
import { AppError } from "../../lib/errors";
import { ok } from "../../lib/http";
import { languageFor } from "../../texts/text";
import { Config, configAt, type WidgetConfig, widgetConfig } from "../widget-api/widget-config";

/** A request, as the cached copies see it. */
type Request = Parameters<typeof cachedValue>[0];

/**
 * A campaign's widget configuration. Shares its cached copy with the API.
 * @returns null if the campaign does not exist
 */
export async function configOf(c: Request, campaignId: number) {
  try {
    const { value } = await cachedValue(c, widgetCopy(campaignId), COPY_LIFETIME_SECONDS, async () =>
      ok(Config, await widgetConfig(c.var.ctx, campaignId)),
    );
    return configAt(value.data, c.var.ctx.now());
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return null;
    throw error;
  }
}

export const browserLanguage = (c: Request) => languageFor("auto", c.req.header("Accept-Language"));

/** The campaign's language for this visitor. */
export const languageOf = (c: Request, { widget }: WidgetConfig) =>
  languageFor(widget.language, c.req.header("Accept-Language"));
