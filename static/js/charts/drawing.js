const NARROW = 480; // pixels below which words at every point would run into each other
const AT_MOST = 4; // words that have room even there

/** The traces of `data` with words at the first and the last point of all alone. */
const thinned = (data) => {
  const told = data.flatMap((trace, i) =>
    Array.isArray(trace.text) ? trace.text.flatMap((word, j) => (word ? [`${i}.${j}`] : [])) : [],
  );
  if (told.length <= AT_MOST) return data;
  const kept = new Set([told[0], told.at(-1)]);
  return data.map((trace, i) =>
    Array.isArray(trace.text)
      ? { ...trace, text: trace.text.map((word, j) => (kept.has(`${i}.${j}`) ? word : "")) }
      : trace,
  );
};

/** What plotly.js is given of `figure` in `width` pixels, and apart from it the addresses of the points: {data, layout,
 * opens: [[address]]}. */
export const drawing = (figure, width) => ({
  data: width < NARROW ? thinned(figure.data) : figure.data,
  layout: figure.layout,
  opens: figure.data.map(({ opens }) => opens),
});
