import { createPages } from "../doors/pages";
import { listPage } from "./campaign-list-page";
import { overviewPage } from "./campaign-overview-page";
import { settingsPage } from "./settings-page";
import { wizardPage } from "./wizard-page";
import { previewPage } from "./wizard-preview";

/** Everything about campaigns that is nobody else's. Fixed paths come before a campaign's own. */
export const campaignPages = createPages(["/campaigns"]);
for (const page of [listPage, wizardPage, previewPage, overviewPage, settingsPage]) campaignPages.route("/", page);
