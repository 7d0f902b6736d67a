import type { PageContext } from "../../auth/page-session";
import { show } from "../ui/layout";
import { Card, Head } from "../ui/parts";
import { BackToAccount } from "./back-to-account";

/** The only page that shows the recovery codes. */
export const codesPage = (c: PageContext, codes: string[]) =>
  show(c, {
    section: "/account",
    title: "Your recovery codes",
    status: 201,
    body: (
      <>
        <Head
          crumbs={[["/account", "Your account"]]}
          title="Your recovery codes"
          about="This is the only time you will see them. If you lose your phone, each code signs you in once. Store them where you keep your passwords."
        />
        <div class="narrow">
          <Card>
            <ul class="codes">
              {codes.map((code) => (
                <li>
                  <code>{code}</code>
                </li>
              ))}
            </ul>
            <button type="button" class="button" data-copy={codes.join("\n")} hidden>
              Copy all
            </button>
          </Card>
        </div>
        {c.var.session.needs_second_factor && (
          <p>
            <a href="/home">Continue to {c.var.session.account_name}'s account</a>
          </p>
        )}
        <BackToAccount />
      </>
    ),
  });
