import type { Context } from "hono";
import { type Page, sendPage } from "../../lib/html";
import { failureOf, type HonoEnv } from "../../lib/http";
import { AUTO, directionOf, knownLanguage, languageFor, textsOf } from "../../texts/text";
import { Icon } from "./campaign-page";
import { baseSheet, failureSheet } from "./hosted-sheet";
import { plainTheme } from "./theme";

/** The error as a page. It contains nothing about a campaign, because private campaigns must look like missing ones. */
export function sendFailure(error: Error, c: Context<HonoEnv>) {
  const { known, status } = failureOf(error, c);
  const language = knownLanguage(c.req.query("lang")) ?? languageFor(AUTO, c.req.header("Accept-Language"));
  const texts = textsOf(language);
  const told = status === 429 || status === 503 ? texts.busy : texts.failed;
  const [title, help] = known.code === "not_found" ? [texts.gone, texts.gone_campaign] : [texts.page_failed, told];
  const page: Page = {
    title,
    language,
    direction: directionOf(language),
    head: (
      <>
        <meta name="robots" content="noindex" />
        <Icon logo={null} />
      </>
    ),
    css: `${baseSheet}${failureSheet}${plainTheme(null)}`,
    body: (
      <main class="failure">
        <p class="failure-status" aria-hidden="true">
          {status}
        </p>
        <h1 class="title">{title}</h1>
        <p class="lede">{help}</p>
      </main>
    ),
  };
  return sendPage(c, page, status);
}
