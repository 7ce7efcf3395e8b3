// Draws each element with data-chart when it comes into view. plotly.js is fetched only then.
(() => {
  "use strict";
  const source = document.currentScript.dataset.plotly;
  let loading = null;

  const plotly = () =>
    loading ||
    (loading = new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = source;
      script.onload = () => done(window.Plotly);
      script.onerror = failed;
      document.head.append(script);
    }));

  // Figures name colours by the page's tokens ("var(--data)"), so that light, dark and print agree with the rest.
  const coloured = (value, tokens) => {
    if (typeof value === "string") {
      const token = /^var\((--[\w-]+)\)$/.exec(value);
      return token ? tokens.getPropertyValue(token[1]).trim() : value;
    }
    if (Array.isArray(value)) return value.map((item) => coloured(item, tokens));
    if (value && typeof value === "object") {
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, coloured(item, tokens)]));
    }
    return value;
  };

  const draw = async (element) => {
    const library = await plotly();
    const figure = coloured(JSON.parse(element.dataset.chart), getComputedStyle(document.documentElement));
    const options = { displayModeBar: false, responsive: true, locale: "vi", scrollZoom: false };
    await library.newPlot(element, figure.data, figure.layout, options);
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
})();
