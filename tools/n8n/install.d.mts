export interface InstalledN8n {
	version: string;
	folder: string;
	node: string;
	bin: string;
}
export function ensureN8n(version: string): Promise<InstalledN8n>;
