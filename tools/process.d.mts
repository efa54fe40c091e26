export const root: string;
export function isMain(moduleUrl: string): boolean;
export function run(
	command: string,
	args: string[],
	options?: { cwd?: string; env?: NodeJS.ProcessEnv; quiet?: boolean },
): Promise<string>;
export function withReports<T>(line: () => string | undefined, work: () => Promise<T>): Promise<T>;
export function withProgress<T>(what: string, work: () => Promise<T>): Promise<T>;
