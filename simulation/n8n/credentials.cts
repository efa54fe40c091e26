import type {
	ICredentialDataDecryptedObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
} from 'n8n-workflow';
import { NemoVideoApi } from '../../credentials/NemoVideoApi.credentials';
import { NodeApiError } from '../standIns/n8nWorkflow.cts';

/** @param forCredential the credential itself asks, which knows of no execution */
export type HttpRequest = (
	options: IHttpRequestOptions,
	forCredential?: 'forCredential',
) => Promise<unknown>;

/** A credential as n8n's database keeps it: it survives crashes. */
export class StoredCredential {
	private readonly type = new NemoVideoApi();

	constructor(private data: ICredentialDataDecryptedObject) {}

	/** Another address for the same NemoVideo. */
	moveTo(baseUrl: string): void {
		this.data = { ...this.data, baseUrl };
	}

	read(): ICredentialDataDecryptedObject {
		return { ...this.data };
	}

	/** What n8n does around a request of a credential type that knows `preAuthentication`. */
	async request(node: unknown, options: IHttpRequestOptions, http: HttpRequest): Promise<unknown> {
		try {
			await this.renew(http, this.data.trialToken === '');
			try {
				return await http(await this.type.authenticate(this.read(), { ...options }));
			} catch (error) {
				if (!isUnauthorized(error)) throw error;
				await this.renew(http, true);
				return await http(await this.type.authenticate(this.read(), { ...options }));
			}
		} catch (error) {
			throw new NodeApiError(node, error);
		}
	}

	private async renew(http: HttpRequest, isDue: boolean): Promise<void> {
		if (!isDue) return;
		const httpRequest: HttpRequest = async (options) => await http(options, 'forCredential');
		const helper = { helpers: { httpRequest } } as unknown as IHttpRequestHelper;
		const output = await this.type.preAuthentication.call(helper, this.read());
		if (output.trialToken !== undefined) this.data = { ...this.data, ...output };
	}
}

function isUnauthorized(error: unknown): boolean {
	const { response } = error as { response?: { status?: number } };
	return response?.status === 401;
}
