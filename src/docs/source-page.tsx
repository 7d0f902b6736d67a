import { version } from "../../package.json";
import type { Env } from "../lib/env";
import type { Page } from "../lib/html";

const LICENSE = "https://www.gnu.org/licenses/agpl-3.0.html";

const css = `body{margin:0;font:16px/1.6 system-ui,sans-serif;color:#1f2933;background:#fff}
main{max-inline-size:40rem;margin-inline:auto;padding:clamp(1.5rem,6vw,4rem) 1.25rem}
h1{margin:0 0 1rem;font-size:1.75rem;line-height:1.2}a{color:#1456b8}li{margin-block-end:.4rem}`;

/** Where users get the source of what they use, as section 13 of the AGPL demands. */
export const sourcePage = ({ SOURCE_URL, SUPPORT_EMAIL }: Pick<Env, "SOURCE_URL" | "SUPPORT_EMAIL">): Page => ({
  title: "Source code",
  language: "en",
  css,
  head: <link rel="icon" href="/docs-assets/icon.svg" type="image/svg+xml" />,
  body: (
    <main>
      <h1>Source code</h1>
      <p>
        This site runs Referrals {version}. It is free software under the{" "}
        <a href={LICENSE}>GNU Affero General Public License, version 3</a>: you may get its source code, with every
        change made for this site.
      </p>
      {URL.parse(SOURCE_URL)?.protocol === "https:" ? (
        <p>
          <a href={SOURCE_URL}>Get the source code</a>
        </p>
      ) : (
        <p>
          To get it, ask the operator of this site
          {SUPPORT_EMAIL && (
            <>
              {" "}
              at <a href={`mailto:${SUPPORT_EMAIL}`}>{SUPPORT_EMAIL}</a>
            </>
          )}
          . They owe it to you at no charge.
        </p>
      )}
      <p>
        It includes software and fonts of others. <a href="/third-party-licenses.txt">Their licenses</a>
      </p>
    </main>
  ),
});
