/** A minified CommonJS module with short names for its constants. */
export function withShortNames(code: string): string;
