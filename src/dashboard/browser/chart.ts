/**
 * Shows a day's numbers in charts next to the pointer, and with the arrow keys. Without the script, browsers show them
 * as titles.
 */
export function enhanceCharts(root: ParentNode) {
  for (const chart of root.querySelectorAll<HTMLElement>("[data-chart]")) {
    const plot = chart.querySelector<SVGSVGElement>(".chart-plot");
    const days = [...chart.querySelectorAll<SVGGElement>("[data-day]")];
    if (plot && days.length > 0) enhance(chart, plot, days);
  }
}

function enhance(chart: HTMLElement, plot: SVGSVGElement, days: SVGGElement[]) {
  const tip = document.createElement("div");
  tip.className = "chart-tip";
  tip.hidden = true;
  tip.role = "status";
  chart.append(tip);
  for (const title of plot.querySelectorAll("title")) title.remove();
  let at = -1;
  /** The area of the days: as wide as the grid lines, next to the axis labels. */
  const plotted = () => (plot.querySelector(".chart-grid") ?? plot).getBoundingClientRect();
  const show = (i: number) => {
    days[at]?.classList.remove("shown");
    at = i;
    const day = days[i];
    tip.hidden = !day;
    if (!day) return;
    day.classList.add("shown");
    const [date = "", ...numbers] = (day.dataset.day ?? "").split("\n");
    const strong = document.createElement("strong");
    strong.textContent = date;
    tip.replaceChildren(
      strong,
      ...numbers.map((text) => Object.assign(document.createElement("span"), { textContent: text })),
    );
    const { left, width } = plotted();
    const x = left - plot.getBoundingClientRect().left + (width * i) / Math.max(1, days.length - 1);
    tip.style.insetInlineStart = `${Math.max(0, Math.min(x + 12, plot.clientWidth - tip.offsetWidth))}px`;
    if (x + 12 + tip.offsetWidth > plot.clientWidth)
      tip.style.insetInlineStart = `${Math.max(0, x - 12 - tip.offsetWidth)}px`;
  };
  plot.addEventListener("pointermove", ({ clientX }) => {
    const { left, width } = plotted();
    show(Math.max(0, Math.min(days.length - 1, Math.round(((clientX - left) / width) * (days.length - 1)))));
  });
  plot.addEventListener("pointerleave", () => show(-1));
  plot.tabIndex = 0;
  plot.addEventListener("blur", () => show(-1));
  plot.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    show(Math.max(0, Math.min(days.length - 1, at < 0 ? days.length - 1 : at + step)));
  });
}
