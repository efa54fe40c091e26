export interface Packed {
	tarball: string;
	sizeBytes: number;
	files: string[];
}
export function packTarball(folder: string): Promise<Packed>;
export function unpackTarball(folder: string): Promise<string>;
export function installTarball(home: string): Promise<Packed & { folder: string }>;
