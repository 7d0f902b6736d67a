import { audited, unaudited } from "../../auth/audited";
import type { PageContext } from "../../auth/page-session";
import { kitValue } from "../../campaigns/brand-kit";
import { dropDraft, saveDraft } from "../../campaigns/drafts/draft";
import { publishWidget } from "../../campaigns/widget/widget";
import { type Widget, WidgetGate, WidgetLooks } from "../../campaigns/widget/widget-schema";
import { takesUploads } from "../../lib/body-limit";
import { sendPage } from "../../lib/html";
import { createPages } from "../doors/pages";
import { campaignBody, campaignIdIn } from "../ui/campaign-frame";
import { edits } from "../ui/edits";
import { Check, Input, Problems } from "../ui/field";
import type { Form } from "../ui/form";
import { doneAt, show } from "../ui/layout";
import type { Notice } from "../ui/notices";
import { Card } from "../ui/parts";
import { shown } from "../ui/seen";
import { Editor } from "./editor";
import { uploadsIn } from "./image-upload";
import { lookedAt, lookIn } from "./sent-form";
import { changeGate, widgetInEditor, widgetSent } from "./widget-editor";
import { WidgetFields } from "./widget-fields";
import { widgetLooks, widgetPreview } from "./widget-preview";

const PATH = "/campaigns/:campaignId/widget";
const pathOf = (campaignId: number) => `/campaigns/${campaignId}/widget`;
const IMAGES = ["banner_image_url", "left_image", "background_image"] as const;
const LOOKS = [
  ["form", "Form"],
  ["share", "Joined"],
  ["mail", "Check your email"],
  ["closed", "Closed"],
] as const;

export const widgetPages = createPages([PATH]);

type Sent = { looks?: Form<unknown>; gate?: Form<unknown> };

async function sendEditor(c: PageContext, sent: Sent = {}) {
  const id = campaignIdIn(c);
  const { head, settings, published, unset, kit, draft } = await widgetInEditor(c.var.ctx, id);
  const form = sent.looks ?? shown(settings);
  const gate = sent.gate ?? shown(gateOf(published));
  const maySend = c.var.session.role !== "viewer";
  const body = campaignBody(
    head,
    "/widget",
    <Editor
      path={pathOf(id)}
      form={form}
      draft={draft}
      maySend={maySend}
      looks={LOOKS}
      further={<Gate path={pathOf(id)} form={gate} published={published} />}
    >
      <WidgetFields
        form={form}
        unset={unset}
        kit={{ path: `/brands/${head.brand_id}/kit`, has: (name) => kitValue(kit, name) !== null }}
      />
    </Editor>,
    <a class="button" href={`/campaigns/${id}/install`}>
      Install
    </a>,
  );
  const status = sent.looks || sent.gate ? 400 : 200;
  return show(c, { title: `Widget · ${head.name}`, section: "/campaigns", body, frames: ["'self'"], status });
}

const gateOf = ({ block_disposable, turnstile_site_key }: Widget) => ({ block_disposable, turnstile_site_key });

/** The entry rules do not affect appearance, so they are not part of the draft. */
const Gate = ({ path, form, published }: { path: string; form: Form<unknown>; published: Widget }) => (
  <Card title="Entry rules">
    <p class="quiet">Not part of the draft. Applies immediately.</p>
    <form method="post" action={`${path}/gate`}>
      <Problems form={form} />
      <Check
        form={form}
        name="block_disposable"
        label="Block disposable email addresses"
        hint="Fake signups cost you rewards."
      />
      <Input
        form={form}
        name="turnstile_site_key"
        label="Turnstile site key"
        hint="From the Cloudflare dashboard. With both keys set, every visitor must pass Turnstile."
        autocomplete="off"
      />
      <Input
        form={form}
        name="turnstile_secret"
        label="Turnstile secret key"
        type="password"
        placeholder={published.has_turnstile_secret ? "A key is stored. Enter another to replace it." : "Not set"}
        autocomplete="off"
      />
      <button type="submit" class="button">
        Save
      </button>
    </form>
  </Card>
);

widgetPages.get(PATH, (c) => sendEditor(c));

const inEditor = (c: PageContext) => widgetInEditor(c.var.ctx, campaignIdIn(c));

const saves = (notice: Notice, save: (c: PageContext, id: number, settings: WidgetLooks) => Promise<unknown>) =>
  edits({
    schema: WidgetLooks,
    stored: async (c: PageContext) => (await inEditor(c)).settings,
    page: (c, looks) => sendEditor(c, { looks }),
    files: (c) => uploadsIn(c, IMAGES),
    read: widgetSent,
    run: async (c, settings) => {
      const id = campaignIdIn(c);
      await save(c, id, settings);
      return c.redirect(doneAt(pathOf(id), notice), 303);
    },
  });

widgetPages.post(
  PATH,
  takesUploads,
  audited("Saved a draft of a widget"),
  saves("draft_saved", (c, id, settings) => saveDraft(c.var.ctx, id, "widget", settings)),
);

widgetPages.post(
  `${PATH}/publish`,
  takesUploads,
  audited("Published a widget"),
  saves("published", (c, id, settings) => publishWidget(c.var.ctx, id, settings)),
);

widgetPages.post(`${PATH}/revert`, audited("Discarded the draft of a widget"), async (c) => {
  const id = campaignIdIn(c);
  await dropDraft(c.var.ctx, id, "widget");
  return c.redirect(doneAt(pathOf(id), "reverted"), 303);
});

widgetPages.post(
  `${PATH}/gate`,
  audited("Changed who can sign up"),
  edits({
    schema: WidgetGate,
    stored: async (c: PageContext) => gateOf((await inEditor(c)).published),
    page: (c, gate) => sendEditor(c, { gate }),
    run: async (c, gate) => {
      const id = campaignIdIn(c);
      await changeGate(c.var.ctx, id, gate);
      return c.redirect(doneAt(pathOf(id), "saved"), 303);
    },
  }),
);

widgetPages.get(`${PATH}/preview`, async (c) => sendPreview(c, null));
widgetPages.post(`${PATH}/preview`, unaudited("It shows a preview and changes nothing."), async (c) =>
  sendPreview(c, await lookedAt(c, WidgetLooks, widgetSent)),
);

const sendPreview = async (c: PageContext, settings: WidgetLooks | null) =>
  sendPage(c, await widgetPreview(c.var.ctx, campaignIdIn(c), await lookIn(c, widgetLooks), settings));
