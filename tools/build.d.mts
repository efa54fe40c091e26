export function buildWhereChanged(root: string, build: () => Promise<unknown>): Promise<void>;
