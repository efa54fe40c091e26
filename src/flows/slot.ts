/**
 * Where one piece of work is remembered for the case that it is begun again: n8n's Retry On Fail
 * and Retry run a node anew with all of its items.
 */
export interface Slot<Record> {
	read(): Record | undefined;
	write(record: Record): void;
	clear(): void;
}
