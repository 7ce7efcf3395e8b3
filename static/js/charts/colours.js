/** A figure whose colours are names of the page's tokens ("var(--data)") with the colours themselves in their place, so
 * that light, dark and print agree with the rest. `tokens`: a computed style that knows them. */
export const coloured = (value, tokens) => {
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
