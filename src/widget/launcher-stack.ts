const GAP_PX = 68;
const OFFSET_PX = 20;
const OFFSET_MAX_PX = 400;
const stacks: Record<string, { host: HTMLElement; offset: number }[]> = {};

/**
 * Places a button above those already in its corner, at least this many pixels above the edge.
 * @returns a function that removes it
 */
export function stack(host: HTMLElement, side: string, wanted: string | number | undefined) {
  const offset = Math.min(Math.max(0, Number(wanted ?? OFFSET_PX) || 0), OFFSET_MAX_PX);
  stacks[side] ??= [];
  const others = stacks[side];
  const settle = () => {
    let bottom = 0;
    for (const one of others) {
      bottom = Math.max(bottom, one.offset);
      one.host.style.setProperty("--bottom", `${bottom}px`);
      bottom += GAP_PX;
    }
  };
  const own = { host, offset };
  others.push(own);
  settle();
  return () => {
    others.splice(others.indexOf(own), 1);
    settle();
  };
}
