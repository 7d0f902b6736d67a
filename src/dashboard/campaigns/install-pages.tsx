import { unaudited } from "../../auth/audited";
import type { PageContext } from "../../auth/page-session";
import { createPages } from "../doors/pages";
import { campaignBody, campaignIdIn } from "../ui/campaign-frame";
import { Input, Problems } from "../ui/field";
import { blank, type Form, takesForm, typedIn } from "../ui/form";
import { show } from "../ui/layout";
import { Card, Tabs } from "../ui/parts";
import { Identity } from "./identity-pages";
import { type Installation, installation, lookFor } from "./install";
import type { Finding } from "./install-check";
import { InstallCheck, InstallQuery } from "./install-schema";
import { type Mode, modes, type Platform, platforms, snippetOf } from "./install-snippet";
import { modeNames, platformNames, stepsOf, toldOf } from "./install-words";

const PATH = "/campaigns/:campaignId/install";

export const installPages = createPages([PATH]);

installPages.get(PATH, async (c) => {
  const installed = await installation(c.var.ctx, campaignIdIn(c));
  return showInstall(c, installed, blank({ url: pageOf(installed) }));
});

const pageOf = ({ head }: Installation) => head.brand_url.replace(/^http:/, "https:");

installPages.post(
  PATH,
  unaudited("It looks for the widget and changes nothing."),
  takesForm(InstallCheck, async (c: PageContext, form) =>
    showInstall(c, await installation(c.var.ctx, campaignIdIn(c)), form),
  ),
  async (c) => {
    const installed = await installation(c.var.ctx, campaignIdIn(c));
    const { url } = c.req.valid("form");
    return showInstall(c, installed, blank(await typedIn(c)), await lookFor(c.var.ctx, installed, url));
  },
);

function showInstall(c: PageContext, installed: Installation, form: Form<unknown>, finding?: Finding) {
  const { head, placement } = installed;
  const { platform, mode = placement } = InstallQuery.parse(c.req.query());
  const { env, origin } = c.var.ctx;
  const path = `/campaigns/${head.id}/install`;
  const demo = env.DEMO_URL && `${env.DEMO_URL}/?campaign=${head.id}&mode=${mode}`;
  const here = `${path}?${new URLSearchParams({ platform, mode })}`;
  const body = (
    <>
      <Snippet
        path={path}
        platform={platform}
        mode={mode}
        snippet={snippetOf(platform, { origin, campaignId: head.id, mode, placement })}
      />
      <Check path={here} form={form} finding={finding} canAsk={c.var.session.role !== "viewer"} />
      {c.var.session.role !== "viewer" && <Identity path={path} />}
      {demo && <Demo path={here} url={demo} />}
    </>
  );
  return show(c, {
    title: `Install ${head.name}`,
    section: "/campaigns",
    body: campaignBody(head, "/install", body, demo && <ToDemo url={demo} />),
    status: Object.keys(form.errors).length > 0 ? 400 : 200,
  });
}

const ToDemo = ({ url }: { url: string }) => (
  <a class="button" href={url} target="_blank" rel="noopener">
    Try in demo shop
  </a>
);

/** The demo shop runs next to a local install and shows the widget of the campaign in its URL. */
const Demo = ({ path, url }: { path: string; url: string }) => (
  <Card title="No website yet?">
    <p>
      Try it in the{" "}
      <a href={url} target="_blank" rel="noopener">
        demo shop
      </a>{" "}
      on this machine.
    </p>
    <form method="post" action={path}>
      <input type="hidden" name="url" value={url} />
      <button type="submit" class="button">
        Check my page
      </button>
    </form>
  </Card>
);

type SnippetProps = { path: string; platform: Platform; mode: Mode; snippet: string };

const Snippet = ({ path, platform, mode, snippet }: SnippetProps) => {
  const to = (wanted: { platform: Platform; mode: Mode }) => `${path}?${new URLSearchParams(wanted)}`;
  return (
    <Card title="Paste this into your website">
      <div class="install-picks">
        <span aria-hidden="true">Display as</span>
        <Tabs
          label="Display as"
          tabs={modes.map((one) => [to({ platform, mode: one }), modeNames[one]] as const)}
          at={to({ platform, mode })}
        />
        <span aria-hidden="true">Platform</span>
        <Tabs
          label="Website platform"
          tabs={platforms.map((one) => [to({ platform: one, mode }), platformNames[one]] as const)}
          at={to({ platform, mode })}
        />
      </div>
      <ol class="install-steps">
        {stepsOf(platform, mode).map((step) => (
          <li>{step}</li>
        ))}
      </ol>
      <div class="install-snippet">
        <pre tabindex={0}>
          <code>{snippet}</code>
        </pre>
        <button type="button" class="button main" data-copy={snippet} hidden>
          Copy snippet
        </button>
      </div>
    </Card>
  );
};

type CheckProps = { path: string; form: Form<unknown>; finding: Finding | undefined; canAsk: boolean };

const Check = ({ path, form, finding, canAsk }: CheckProps) => (
  <Card title="Check installation">
    {finding && <Told finding={finding} />}
    {canAsk ? (
      <form method="post" action={path}>
        <Problems form={form} />
        <Input
          form={form}
          name="url"
          label="Page with the widget"
          hint="We open the page once and look for the snippet."
          inputmode="url"
          required
        />
        <button type="submit" class="button">
          Check my page
        </button>
      </form>
    ) : (
      <p class="quiet">Only editors can check a page.</p>
    )}
  </Card>
);

const Told = ({ finding }: { finding: Finding }) => {
  const { tone, title, help } = toldOf(finding);
  return (
    <div class={`notice ${tone}`} role="status">
      <p>
        <b>{title}</b>
      </p>
      <p>{help}</p>
    </div>
  );
};
