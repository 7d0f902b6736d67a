/**
 * Stops the page behind from scrolling, and from jumping when its scrollbar disappears.
 * @returns a function that undoes it, except for what the page has changed since
 */
export function lockPage() {
  const { style, clientWidth } = document.documentElement;
  const { overflow, paddingRight } = style;
  style.paddingRight = `${innerWidth - clientWidth}px`;
  style.overflow = "hidden";
  return () => {
    if (style.overflow === "hidden") style.overflow = overflow;
    style.paddingRight = paddingRight;
  };
}
