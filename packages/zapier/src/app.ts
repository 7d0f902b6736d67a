import { authentication } from "./authentication.ts";
import { choices } from "./choices.ts";
import { creates } from "./creates.ts";
import { searches, searchOrCreates } from "./searches.ts";
import { triggers } from "./triggers.ts";

export const app = {
  // Both match package.json; a test checks this.
  version: "0.1.0",
  platformVersion: "19.1.0",
  authentication,
  triggers: { ...triggers, ...choices },
  creates,
  searches,
  searchOrCreates,
  // We omit empty fields ourselves; 0 and false are values.
  flags: { cleanInputData: false },
};
