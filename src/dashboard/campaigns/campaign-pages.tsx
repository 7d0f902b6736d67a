import { createPages } from "../doors/pages";
import { listPage } from "./campaign-list-page";
import { overviewPage } from "./campaign-overview-page";
import { settingsPage } from "./settings-page";
import { wizardPage } from "./wizard-page";
import { previewPage } from "./wizard-preview";

/** Campaign pages that have no folder of their own. Fixed paths come before `/campaigns/:campaignId`. */
export const campaignPages = createPages(["/campaigns"]);
for (const page of [listPage, wizardPage, previewPage, overviewPage, settingsPage]) campaignPages.route("/", page);
