// Draws each element with data-chart when it comes into view, and every one before the page is printed.
import { coloured } from "./charts/colours.js";
import { once } from "./charts/library.js";
import { drawing } from "./charts/drawing.js";

const OPTIONS = { displayModeBar: false, responsive: true, scrollZoom: false };
const PAPER = 680; // pixels that A4 upright holds between its margins
const plotly = once(document.querySelector("script[data-plotly]").dataset.plotly, () => window.Plotly);
const all = () => [...document.querySelectorAll("[data-chart]")];

const show = async (library, element, width) => {
  const figure = coloured(JSON.parse(element.dataset.chart), getComputedStyle(document.documentElement));
  const { data, layout, opens } = drawing(figure, width ?? element.clientWidth);
  const drawn = library.newPlot(element, data, width ? { ...layout, width } : layout, OPTIONS);
  element.dataset.drawn = "yes";
  await drawn;
  element.removeAllListeners?.("plotly_click");
  element.on?.("plotly_click", ({ points }) => {
    const address = opens[points[0].curveNumber]?.[points[0].pointIndex];
    if (address) location.assign(address);
  });
};
const draw = async (element) => show(await plotly(), element);

const watcher = new IntersectionObserver(
  (entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      watcher.unobserve(entry.target);
      draw(entry.target);
    }
  },
  { rootMargin: "200px" },
);

const watch = () => {
  for (const element of all()) if (!element.dataset.drawn) watcher.observe(element);
};
watch();
document.addEventListener("htmx:load", watch);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  for (const element of all()) if (element.dataset.drawn) draw(element);
});

// A page that is printed is not scrolled first: the library has to be at hand by then, for nothing waits for it.
if (all().length) addEventListener("load", () => setTimeout(plotly, 1500));
matchMedia("print").addEventListener("change", ({ matches }) => {
  for (const element of all()) if (window.Plotly) show(window.Plotly, element, matches ? PAPER : undefined);
});
addEventListener("beforeprint", () => {
  for (const element of all()) if (window.Plotly) show(window.Plotly, element, PAPER);
});
