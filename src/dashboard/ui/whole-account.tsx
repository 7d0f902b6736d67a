import { type Child, createContext, useContext } from "hono/jsx";

/** Whether the reader sees only some brands, so pages about the whole account are closed to them. */
export const SeesSomeBrands = createContext(false);

type Props = { children: Child; otherwise?: Child };

/** Links to pages about the whole account, for readers who can open these. */
export const WholeAccount = ({ children, otherwise = null }: Props) => (
  <>{useContext(SeesSomeBrands) ? otherwise : children}</>
);
