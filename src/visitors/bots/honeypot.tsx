import type { Page } from "../../lib/html";
import type { Texts } from "../../texts/text";
import { HONEYPOT } from "./gate-schema";
import { TURNSTILE } from "./turnstile";

type TrapProps = {
  /** From `formToken`, created when the form is rendered. */
  form_token: string;
  /** The campaign's site key, if it has both Turnstile keys. */
  site_key: string | null;
  language: string;
  texts: Pick<Texts, "leave_empty" | "needs_script">;
};

/**
 * The hidden parts of a visitor's form: the field that people cannot see, the time the form was served, and a place for
 * Turnstile's widget, which sends `turnstile_token`. The page needs `trapCss`, and `turnstilePage` if there is a site
 * key.
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
          data-language={language.toLowerCase().split("-x-")[0]}
        />
        <noscript>
          <p class="trap-hint">{texts.needs_script}</p>
        </noscript>
      </>
    )}
  </>
);

/**
 * Moved off the page instead of `display: none`, which programs look for. Turnstile's place has a fixed height, so
 * nothing moves when it loads.
 */
export const trapCss = `
.trap{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.cf-turnstile{min-height:65px}
.trap-hint{margin:0}`;

/** The script and policy that a page with Turnstile needs: for `head` and `policy` of a Page. */
export const turnstilePage = {
  head: <script src={`${TURNSTILE}/turnstile/v0/api.js`} async defer />,
  policy: { scripts: [TURNSTILE], frames: [TURNSTILE] },
} satisfies Pick<Page, "head" | "policy">;
