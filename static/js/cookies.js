/** What the cookie `name` holds; "" without one. */
export const cookie = (name) =>
  document.cookie
    .split("; ")
    .find((one) => one.startsWith(`${name}=`))
    ?.slice(name.length + 1) ?? "";
