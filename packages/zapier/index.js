// Zapier loads this file. `npm run _zapier-build` builds `dist` from `src`.
export { app as default } from "./dist/app.js";
