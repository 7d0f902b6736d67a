import { lazy } from "./lazy";

/** The first formatter loads the runtime's tables, which takes a hundredth of a second. */
const format = lazy(() => new Intl.NumberFormat("en"));

/** A number as English has it: `12345` is `12,345`. */
export const grouped = (value: number) => format().format(value);
