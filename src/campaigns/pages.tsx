import { createPages } from "../auth/session";
import { listPage } from "./list-page";
import { overviewPage } from "./overview-page";
import { previewPage } from "./preview";
import { settingsPage } from "./settings-page";
import { wizardPage } from "./wizard-page";

/** Everything about campaigns that is nobody else's. Fixed paths come before a campaign's own. */
export const campaignPages = createPages(["/campaigns"]);
for (const page of [listPage, wizardPage, previewPage, overviewPage, settingsPage]) campaignPages.route("/", page);
