const NARROW = 480; // pixels below which words at every point would run into each other

const thinned = (words) => words.map((word, i) => (i === 0 || i === words.length - 1 ? word : ""));

/** What plotly.js is given of `figure` in `width` pixels, and apart from it the addresses of the points: {data, layout,
 * opens: [[address]]}. */
export const drawing = (figure, width) => ({
  data: figure.data.map((trace) =>
    width < NARROW && Array.isArray(trace.text) && trace.text.length > 4
      ? { ...trace, text: thinned(trace.text) }
      : trace,
  ),
  layout: figure.layout,
  opens: figure.data.map(({ opens }) => opens),
});
