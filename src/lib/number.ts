import { lazy } from "./lazy";

/** Creating the first formatter loads the runtime's tables, which takes 10 ms. */
const format = lazy(() => new Intl.NumberFormat("en"));

/** A number in English notation: `12345` is `12,345`. */
export const grouped = (value: number) => format().format(value);
