import type { Brand } from "../../campaigns/brands/brand-schema";
import type { Findings } from "../../campaigns/proof/domain-proof";
import { shownDomain } from "../../lib/domain";
import { Badge, Card, Copy, Time } from "../ui/parts";

const METHODS = {
  dns: "by its TXT record",
  file: "by a file on the website",
  widget: "by a campaign's widget on the home page",
  trusted: "by this installation's settings",
};

/** How the brand's domain was proven, or how to prove it. `checked` is the result of the latest check. */
export const DomainCard = ({ brand, checked }: { brand: Brand; checked?: Findings | undefined }) => {
  const { status, method, checked_at, dns, file } = brand.verification;
  const isProven = status === "proven";
  return (
    <Card
      id="domain"
      title="Domain"
      actions={isProven ? <Badge tone="good">Verified</Badge> : <Badge tone="warn">Not verified</Badge>}
    >
      {isProven ? (
        <p class="quiet">
          {shownDomain(brand.domain)} is verified {METHODS[method ?? "trusted"]}. We check it every week. Keep the proof
          in place.
          {checked_at && (
            <>
              {" "}
              Last checked <Time at={checked_at as Date} />.
            </>
          )}
        </p>
      ) : (
        <>
          {checked && (
            <div class="notice warn" role="status">
              No proof found yet. {said(checked)} A new DNS record can take an hour to appear.
            </div>
          )}
          <p>
            Campaign emails wait until you prove that {shownDomain(brand.domain)} is yours. Do one of the following,
            then check. Emails wait up to 72 hours; signups and rewards continue.
          </p>
          <ol>
            <li>
              Add a TXT record named <code>{dns.name}</code> with this value:{" "}
              <Copy value={dns.value} label="the value" />
            </li>
            <li>
              Or publish the same text at <code>{file.url}</code>
            </li>
            <li>Or add the widget of one of its campaigns to the home page.</li>
          </ol>
          <form method="post" action={`/brands/${brand.id}/verify`}>
            <button type="submit">Check now</button>
          </form>
        </>
      )}
    </Card>
  );
};

const WORDS: Record<string, string> = {
  missing: "not found",
  unknown: "the resolver did not respond",
  unknown_host: "the domain does not resolve",
  unreachable: "the website cannot be reached",
  timeout: "the website did not respond in time",
  foreign: "the website redirects to another domain",
  refused: "the website is not public",
  status: "the website returned an error",
  not_html: "not text",
  too_many_redirects: "too many redirects",
};
const NAMES = { dns: "TXT record", file: "File", widget: "Widget" };

const said = (checked: Findings) =>
  (Object.keys(NAMES) as (keyof typeof NAMES)[])
    .flatMap((method) => {
      const found = checked[method];
      return found ? [`${NAMES[method]}: ${WORDS[found] ?? found}.`] : [];
    })
    .join(" ");
