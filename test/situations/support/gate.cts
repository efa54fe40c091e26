/** Something that a test, or another request, lets happen. */
export interface Gate {
	opened: Promise<void>;
	open(): void;
}

export function gate(): Gate {
	let open: () => void = () => undefined;
	const opened = new Promise<void>((resolve) => (open = resolve));
	return { opened, open: () => open() };
}
