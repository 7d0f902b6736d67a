import { enhanceCharts } from "./chart";
import { enhanceCheckAlls } from "./check-all";
import { enhanceCopies } from "./copy";
import { enhanceCurrents } from "./current";
import { enhanceEditors } from "./editor";
import { enhanceImages } from "./images";
import { enhanceImports } from "./import";
import { enhanceMenus } from "./menu";
import { enhancePreviews } from "./preview";
import { enhanceReloads } from "./reload";
import { enhanceSearch } from "./search";
import { enhanceSentences } from "./sentence";
import { enhanceTimes } from "./time";
import { enhanceUploads } from "./upload";
import { enhanceVerifications } from "./verify";

// Enhances the dashboard's pages, which also work without scripts.
for (const enhance of [
  enhanceCurrents,
  enhanceMenus,
  enhanceCharts,
  enhanceCopies,
  enhancePreviews,
  enhanceTimes,
  enhanceReloads,
  enhanceSearch,
  enhanceSentences,
  enhanceEditors,
  enhanceImages,
  enhanceCheckAlls,
  enhanceUploads,
  enhanceVerifications,
  enhanceImports,
])
  enhance(document);
