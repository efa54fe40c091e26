/** What a demo has promised, and what of it didn't hold. */
export class Verdict {
	readonly failures: string[] = [];

	/** @returns what the line says that shows it */
	check(isRight: boolean, complaint: string): string {
		if (!isRight) this.failures.push(complaint);
		return isRight ? 'ok' : 'WRONG';
	}
}
