import { createContext, useContext } from "hono/jsx";
import { UTC } from "../../lib/time-zone";

/** The reader's time zone. Null if they are not signed in or have not chosen one. */
export const Zone = createContext<string | null>(null);

export const useZone = () => useContext(Zone) ?? UTC;
