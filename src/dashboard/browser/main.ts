import { enhanceCharts } from "./chart";
import { enhanceCheckAlls } from "./check-all";
import { enhanceColors } from "./color";
import { enhanceCommands } from "./command";
import { enhanceCopies } from "./copy";
import { enhanceCurrents } from "./current";
import { enhanceDropzones } from "./dropzone";
import { enhanceEditors } from "./editor";
import { enhanceImages } from "./images";
import { enhanceImports } from "./import";
import { enhanceMenus } from "./menu";
import { enhancePreviews } from "./preview";
import { enhanceProblems } from "./problems";
import { enhanceReloads } from "./reload";
import { enhanceReviews } from "./reviews";
import { enhanceSearch } from "./search";
import { enhanceSelections } from "./selection";
import { enhanceSentences } from "./sentence";
import { enhanceTables } from "./table";
import { enhanceTimes, enhanceZones } from "./time";
import { enhanceUnsaved } from "./unsaved";
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
  enhanceZones,
  enhanceReloads,
  enhanceReviews,
  enhanceSearch,
  enhanceSentences,
  enhanceColors,
  enhanceEditors,
  enhanceImages,
  enhanceCheckAlls,
  enhanceDropzones,
  enhanceUploads,
  enhanceVerifications,
  enhanceCommands,
  enhanceProblems,
  enhanceSelections,
  enhanceTables,
  enhanceUnsaved,
  enhanceImports,
])
  enhance(document);
