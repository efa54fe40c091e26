/** A map that forgets what was written longest ago, so that a long-running n8n keeps its memory. */
export class BoundedMap<Key, Value> {
	private readonly entries = new Map<Key, Value>();

	/** @param maxSize entries that are kept */
	constructor(private readonly maxSize: number) {}

	get size(): number {
		return this.entries.size;
	}

	get(key: Key): Value | undefined {
		return this.entries.get(key);
	}

	set(key: Key, value: Value): void {
		this.entries.delete(key);
		this.entries.set(key, value);
		if (this.entries.size <= this.maxSize) return;
		const [oldest] = this.entries.keys();
		if (oldest !== undefined) this.entries.delete(oldest);
	}

	delete(key: Key): void {
		this.entries.delete(key);
	}
}
