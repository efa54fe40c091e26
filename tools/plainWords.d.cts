export function plainWords(error: unknown): string;
export function endInWords(work: () => Promise<unknown>): Promise<void>;
