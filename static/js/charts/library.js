/** A function that loads the script at `source` at its first call and promises what `found` finds of it at each. */
export const once = (source, found) => {
  let loading = null;
  return () => (loading ??= load(source, found));
};

const load = (source, found) =>
  new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = source;
    script.addEventListener("load", () => done(found()));
    script.addEventListener("error", failed);
    document.head.append(script);
  });
