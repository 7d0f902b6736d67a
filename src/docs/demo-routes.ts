import { AppError } from "../lib/errors";
import { createRouter } from "../lib/http";

/** Redirects to the demo shop, which runs only with `npm start`. */
export const demoRoutes = createRouter();

demoRoutes.get("/demo", (c) => {
  if (!c.env.DEMO_URL) throw new AppError("not_found", "The demo is only available locally.");
  return c.redirect(`${c.env.DEMO_URL}/`, 302);
});
