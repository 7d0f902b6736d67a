import { audited, counted, unaudited } from "../../auth/audited";
import { demandRole, type PageContext } from "../../auth/page-session";
import { headOf } from "../../campaigns/campaign-head";
import { takesUploads } from "../../lib/body-limit";
import { invalid, notFound } from "../../lib/errors";
import { Id } from "../../lib/fields";
import { importRows, rehearse, rowsIn } from "../../participants/imports/import";
import { resultCsv } from "../../participants/imports/import-file";
import { ROWS_MAX, RunForm } from "../../participants/imports/import-schema";
import { keptOf, newestImports, undoImport } from "../../participants/imports/undo";
import { createPages } from "../doors/pages";
import { campaignBody, campaignIdIn } from "../ui/campaign-frame";
import { blank, type Form, submit, takesForm } from "../ui/form";
import { doneAt, show } from "../ui/layout";
import { importList, keptView } from "./import-list-view";
import { previewView } from "./import-preview-view";
import { previewOf, uploadIn } from "./import-upload";
import { doneView, uploadView } from "./import-view";

const PATH = "/campaigns/:campaignId/import";

/** Imports participants from a file: first a preview, then the import. */
export const importPages = createPages([PATH, `${PATH}/:importId`]);

async function showUpload(c: PageContext, form: Form<unknown>) {
  demandRole(c.var.session, "editor");
  const { head, imports } = await newestImports(c.var.ctx, campaignIdIn(c));
  const status = Object.keys(form.errors).length > 0 ? 400 : 200;
  const body = campaignBody(
    head,
    "/participants",
    <>
      {uploadView(form)}
      {importList(head.id, imports)}
    </>,
  );
  return show(c, { title: `Import · ${head.name}`, section: "/campaigns", body, status });
}

importPages.get(PATH, (c) => showUpload(c, blank()));

importPages.post(
  PATH,
  takesUploads,
  unaudited("It shows a preview and remembers the layout of the file."),
  async (c) => {
    demandRole(c.var.session, "editor");
    const id = campaignIdIn(c);
    const { done, form } = await submit(await uploadIn(c), async (upload) => {
      const { file, encoding } = await previewOf(c.var.ctx, upload);
      return { upload: { ...upload, encoding }, file, rehearsed: await rehearse(c.var.ctx, id, file.rows) };
    });
    if (form) return showUpload(c, form);
    const head = await headOf(c.var.ctx, id);
    const body = campaignBody(head, "/participants", previewView(id, { ...done, origin: c.var.ctx.origin }));
    return show(c, { title: `Import · ${head.name}`, section: "/campaigns", body });
  },
);

importPages.post(`${PATH}/:importId/undo`, audited("Undid an import"), async (c) => {
  demandRole(c.var.session, "editor");
  const id = campaignIdIn(c);
  const { form } = await submit({ ok: true, value: undefined, values: {}, errors: {} }, () =>
    undoImport(c.var.ctx, id, importIdIn(c)),
  );
  return form ? showUpload(c, form) : c.redirect(doneAt(`/campaigns/${id}/import`, "import_undone"), 303);
});

importPages.get(`${PATH}/:importId`, async (c) => {
  demandRole(c.var.session, "editor");
  const { head, people } = await keptOf(c.var.ctx, campaignIdIn(c), importIdIn(c));
  const body = campaignBody(head, "/participants", keptView(head.id, people));
  return show(c, { title: `Kept participants · ${head.name}`, section: "/campaigns", body });
});

/** @throws 404 if it is not an ID */
function importIdIn(c: PageContext): number {
  const id = Id.safeParse(c.req.param("importId"));
  if (!id.success) throw notFound("import");
  return id.data;
}

const notRows = () => {
  throw invalid("rows", "These rows are not from an upload.");
};

/** The preview's result for every row, as CSV. */
importPages.post(
  `${PATH}/check`,
  takesUploads,
  unaudited("It downloads the preview and changes nothing."),
  takesForm(RunForm, notRows),
  async (c) => {
    const rows = rowsIn(c.req.valid("form").rows, ROWS_MAX).sort((a, b) => a[0] - b[0]);
    return sendCsv(c, (await rehearse(c.var.ctx, campaignIdIn(c), rows)).results);
  },
);

/** Runs the import. Sending the same rows again returns the same results, so they can be downloaded as CSV. */
importPages.post(
  `${PATH}/run`,
  takesUploads,
  audited("Imported participants"),
  takesForm(RunForm, notRows),
  async (c) => {
    const id = campaignIdIn(c);
    const { as, ...sent } = c.req.valid("form");
    const results = await importRows(c.var.ctx, id, sent);
    counted(c, "Imported", results.filter(({ outcome }) => outcome === "added").length, "participant");
    if (as === "csv") return sendCsv(c, results);
    if (c.req.header("Accept") === "application/json") return c.json({ results });
    const head = await headOf(c.var.ctx, id);
    const body = campaignBody(head, "/participants", doneView(id, { ...sent, results }));
    return show(c, { title: `Imported · ${head.name}`, section: "/campaigns", body });
  },
);

const sendCsv = (c: PageContext, results: Parameters<typeof resultCsv>[0]) =>
  c.body(resultCsv(results), 200, {
    "Content-Type": "text/csv; charset=utf-8",
    "Content-Disposition": 'attachment; filename="import-results.csv"',
    "Cache-Control": "private, no-store",
  });
