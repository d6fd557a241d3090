/** A page of the app as the admin's links name it: "/app/products" → "app:app/products". */
export const appAddress = (path: string): string => `app:${path.replace(/^\//, "")}`;
