import { authentication } from "./authentication.ts";
import { choices } from "./choices.ts";
import { creates } from "./creates.ts";
import { searches, searchOrCreates } from "./searches.ts";
import { triggers } from "./triggers.ts";

export const app = {
  // Both are those of package.json; the tests hold that.
  version: "0.1.0",
  platformVersion: "19.1.0",
  authentication,
  triggers: { ...triggers, ...choices },
  creates,
  searches,
  searchOrCreates,
  // Empty fields are left out by us, and 0 and false are values.
  flags: { cleanInputData: false },
};
