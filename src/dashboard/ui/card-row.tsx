import type { Child } from "hono/jsx";

/** Cards in columns. On a phone they are one row that scrolls sideways, so it takes keyboard focus, too. */
export const CardRow = ({ label, children }: { label: string; children: Child }) => (
  <section class="columns swiped" aria-label={label} tabindex={0}>
    {children}
  </section>
);
