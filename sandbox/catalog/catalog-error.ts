/** A file that is no catalog. The message is for the user: what happened and what to do. */
export class CatalogError extends Error {}
