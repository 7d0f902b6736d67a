import { version } from "../../package.json";
import type { Env } from "../lib/env";
import type { Page } from "../lib/html";
import { Mark } from "../lib/mark";

const LICENSE = "https://www.gnu.org/licenses/agpl-3.0.html";

/** Where users get the source code of this installation, as section 13 of the AGPL requires. */
export const sourcePage = ({ SOURCE_URL, SUPPORT_EMAIL }: Pick<Env, "SOURCE_URL" | "SUPPORT_EMAIL">): Page => ({
  title: "Source code",
  language: "en",
  sheets: ["/dashboard.css"],
  bodyClass: "alone",
  head: <link rel="icon" href="/docs-assets/icon.svg" type="image/svg+xml" />,
  body: (
    <main class="card">
      <Mark />
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
          . They must provide it free of charge.
        </p>
      )}
      <p>
        It includes third-party software and fonts. <a href="/third-party-licenses.txt">Third-party licenses</a>
      </p>
    </main>
  ),
});
