import { enhanceCopies } from "./copy";
import { enhanceTimes } from "./time";

/** What scripts add to the dashboard's pages, which work without them. */
for (const enhance of [enhanceCopies, enhanceTimes]) enhance(document);
