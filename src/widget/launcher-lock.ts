/**
 * Keeps the page behind from scrolling, and from jumping when its scrollbar disappears.
 * @returns what undoes it, as far as the page has not changed it since
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
