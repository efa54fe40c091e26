import { Credentials } from 'n8n-core';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

interface Row {
	type: string;
	/** Encrypted, as in n8n's database. */
	data: string;
	updates: number;
}

/** Stands in for n8n's credentials table; two engines that share one are two n8n processes. */
export class CredentialStore {
	private readonly rows = new Map<string, Row>();

	async save(id: string, type: string, data: ICredentialDataDecryptedObject): Promise<void> {
		const credentials = new Credentials({ id, name: type }, type);
		await credentials.setData(data);
		const updates = (this.rows.get(id)?.updates ?? -1) + 1;
		this.rows.set(id, { type, data: credentials.getDataToSave().data ?? '', updates });
	}

	row(id: string): Row {
		const row = this.rows.get(id);
		if (row === undefined) throw new Error(`No credential with id ${id}`);
		return row;
	}

	has(id: string): boolean {
		return this.rows.has(id);
	}

	find(type: string): string | undefined {
		return [...this.rows].find(([, row]) => row.type === type)?.[0];
	}

	async read(id: string): Promise<ICredentialDataDecryptedObject> {
		const { type, data } = this.row(id);
		return await new Credentials({ id, name: type }, type, data).getData();
	}
}
