import type { Brand } from "../../campaigns/brands/brand-schema";
import type { Domain } from "../../campaigns/domains/domain-schema";
import { Input, Problems } from "../ui/field";
import type { Form } from "../ui/form";
import { Badge, Card, Confirm, Copy } from "../ui/parts";

const STATES = {
  unverified: ["warn", "Not verified"],
  pending: ["warn", "Waiting for its certificate"],
  active: ["good", "Active"],
  failed: ["bad", "Failed"],
} as const;

type HostCardProps = { brand: Brand; hosts: Domain[]; form: Form<unknown> };

/** The brand's own hosts, with the DNS records that each needs. */
export const HostCard = ({ brand, hosts, form }: HostCardProps) => (
  <Card id="hosts" title="Your own domain for pages and links">
    <p class="quiet">
      Share links and landing pages on your own subdomain, like refer.{brand.domain}. Previously shared links keep
      working.
    </p>
    {hosts.map((host) => (
      <Host host={host} path={`/brands/${brand.id}/hosts/${host.id}`} />
    ))}
    <form method="post" action={`/brands/${brand.id}/hosts`}>
      <Problems form={form} />
      <Input
        form={form}
        name="hostname"
        label="Subdomain"
        placeholder={`refer.${brand.domain}`}
        maxlength={253}
        required
      />
      <button type="submit" class="button">
        Add
      </button>
    </form>
  </Card>
);

const Host = ({ host, path }: { host: Domain; path: string }) => {
  const [tone, label] = STATES[host.state];
  return (
    <section class="host" aria-label={host.hostname}>
      <h3>
        {host.hostname} <Badge tone={tone}>{label}</Badge>
      </h3>
      {host.error && (
        <p class="notice warn" role="status">
          {host.error}
        </p>
      )}
      {host.state !== "active" && (
        <>
          <p>Add these records where you manage the DNS of {host.hostname}, then verify. It can take an hour.</p>
          {!host.records.some(({ type }) => type === "CNAME") && (
            <p class="notice warn">
              This installation has no public URL yet, so a CNAME record has nothing to point at. The administrator must
              set <code>PUBLIC_URL</code>.
            </p>
          )}
          <dl class="records">
            {host.records.map(({ type, name, value }) => (
              <div>
                <dt>
                  {type} <code>{name}</code>
                </dt>
                <dd>
                  <Copy value={value} label={`the value of the ${type} record`} />
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
      <div class="actions">
        {host.state !== "active" && (
          <form method="post" action={`${path}/verify`}>
            <button type="submit">Verify now</button>
          </form>
        )}
        <Confirm
          action={`${path}/delete`}
          button="Remove"
          question={`Links on ${host.hostname} stop working, and new links use our own host again.`}
        />
      </div>
    </section>
  );
};
