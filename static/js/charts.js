// Draws each element with data-chart when it comes into view. plotly.js is fetched only then.
import { coloured } from "./charts/colours.js";
import { once } from "./charts/library.js";

const OPTIONS = { displayModeBar: false, responsive: true, locale: "vi", scrollZoom: false };
const plotly = once(document.querySelector("script[data-plotly]").dataset.plotly, () => window.Plotly);

const draw = async (element) => {
  const library = await plotly();
  const figure = coloured(JSON.parse(element.dataset.chart), getComputedStyle(document.documentElement));
  await library.newPlot(element, figure.data, figure.layout, OPTIONS);
  element.dataset.drawn = "yes";
};

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
  for (const element of document.querySelectorAll("[data-chart]:not([data-drawn])")) watcher.observe(element);
};
watch();
document.addEventListener("htmx:load", watch);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  for (const element of document.querySelectorAll("[data-drawn]")) draw(element);
});
