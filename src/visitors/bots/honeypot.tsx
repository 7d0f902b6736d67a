import type { Page } from "../../lib/html";
import type { Texts } from "../../texts/text";
import { HONEYPOT } from "./gate-schema";
import { TURNSTILE } from "./turnstile";

type TrapProps = {
  /** From `formToken`, made when the form is. */
  form_token: string;
  /** The campaign's, when it has both of Turnstile's keys. */
  site_key: string | null;
  language: string;
  texts: Pick<Texts, "leave_empty" | "needs_script">;
};

/**
 * What a visitor's form holds besides its fields: a field that people cannot see, when the form was served, and the place of
 * Turnstile's widget, which sends `turnstile_token`. Needs `trapCss`, and with a site key `turnstilePage`.
 */
export const Trap = ({ form_token, site_key, language, texts }: TrapProps) => (
  <>
    <div class="trap" aria-hidden="true">
      <label>
        {texts.leave_empty}
        <input type="text" name={HONEYPOT} tabindex={-1} autocomplete="off" value="" />
      </label>
    </div>
    <input type="hidden" name="form_token" value={form_token} />
    {site_key && (
      <>
        <div
          class="cf-turnstile"
          data-sitekey={site_key}
          data-response-field-name="turnstile_token"
          data-size="flexible"
          data-language={language.toLowerCase()}
        />
        <noscript>
          <p class="trap-hint">{texts.needs_script}</p>
        </noscript>
      </>
    )}
  </>
);

/** Off the page and not `display: none`, which programs look for. Turnstile's place is kept free, so that nothing moves when it comes. */
export const trapCss = `
.trap{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.cf-turnstile{min-height:65px}
.trap-hint{margin:0}`;

/** What a page with Turnstile's widget loads, and may load: for `head` and `policy` of a Page. */
export const turnstilePage = {
  head: <script src={`${TURNSTILE}/turnstile/v0/api.js`} async defer />,
  policy: { scripts: [TURNSTILE], frames: [TURNSTILE] },
} satisfies Pick<Page, "head" | "policy">;
