import { Credentials, getAdditionalKeys } from 'n8n-core';
import {
	ICredentialsHelper,
	NodeHelpers,
	Workflow,
	getCredentialOwnRequestAllowedDomains,
	isExpression,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type ICredentialsExpressionResolveValues,
	type IExecuteData,
	type IHttpRequestHelper,
	type IHttpRequestOptions,
	type INode,
	type INodeCredentialsDetails,
	type INodeParameters,
	type INodeProperties,
	type INodeTypes,
	type IRequestOptionsSimplified,
	type IWorkflowExecuteAdditionalData,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import type { CredentialStore } from './credentialStore.cts';

/**
 * Behaves like the credentials helper of n8n's command line: nothing is cached, defaults and
 * overwrites are applied to what is stored, fields that the type hides are dropped, expressions
 * are resolved, and what a renewal returns is stored encrypted.
 */
export class EngineCredentialsHelper extends ICredentialsHelper {
	constructor(
		private readonly types: ReadonlyMap<string, ICredentialType>,
		readonly store: CredentialStore,
		/** What CREDENTIALS_OVERWRITE_DATA would hold: values for fields that are stored empty. */
		private readonly overwrites: Record<string, ICredentialDataDecryptedObject> = {},
		private readonly nodeTypes?: INodeTypes,
	) {
		super();
	}

	type(name: string): ICredentialType {
		const type = this.types.get(name);
		if (type === undefined) throw new Error(`Unrecognized credential type: ${name}`);
		return type;
	}

	getParentTypes(name: string): string[] {
		return (this.type(name).extends ?? []).flatMap((parent) => [
			parent,
			...this.getParentTypes(parent),
		]);
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	getCredentialsProperties(name: string): INodeProperties[] {
		const own = this.type(name);
		const properties: INodeProperties[] = [];
		for (const parent of own.extends ?? []) {
			NodeHelpers.mergeNodeProperties(properties, this.getCredentialsProperties(parent));
		}
		NodeHelpers.mergeNodeProperties(properties, own.properties);
		return properties;
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		requestOptions: IHttpRequestOptions | IRequestOptionsSimplified,
		workflow?: Workflow,
		node?: INode,
	): Promise<IHttpRequestOptions> {
		const options = requestOptions as IHttpRequestOptions;
		const { authenticate } = this.type(typeName);
		if (typeof authenticate === 'function') return await authenticate(credentials, options);
		if (authenticate?.type !== 'generic' || workflow === undefined || node === undefined) {
			return options;
		}
		const resolve = (value: string): string =>
			isExpression(value)
				? String(
						workflow.expression.getSimpleParameterValue(
							node,
							value,
							'internal',
							{ $credentials: credentials },
							undefined,
							'',
						) ?? '',
					)
				: value;
		const target = options as unknown as Record<string, Record<string, string>>;
		for (const [part, values] of Object.entries(authenticate.properties)) {
			for (const [key, value] of Object.entries(values ?? {})) {
				(target[part] ??= {})[resolve(key)] = resolve(String(value));
			}
		}
		return options;
	}

	async preAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		node: INode,
		credentialsExpired: boolean,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const type = this.type(typeName);
		const expirable = type.properties.find(
			(property) => property.type === 'hidden' && property.typeOptions?.expirable === true,
		)?.name;
		if (expirable === undefined || type.preAuthentication === undefined) return undefined;
		// n8n knows its credential test by this made-up node.
		const testing = node.parameters.temp === '' && node.type === 'n8n-nodes-base.noOp';
		if (credentials[expirable] !== '' && !credentialsExpired && !testing) return undefined;

		const output = (await type.preAuthentication.call(
			withinAllowedDomains(helpers, credentials),
			credentials,
		)) as ICredentialDataDecryptedObject;
		if (output[expirable] === undefined) return undefined;
		const details = node.credentials?.[typeName];
		if (details === undefined) return undefined;

		const stored = await this.store.read(idOf(details));
		const renewed = Object.entries(output).filter(
			([key]) => key === expirable || !isExpression(stored[key]),
		);
		await this.updateCredentials(details, typeName, {
			...stored,
			...Object.fromEntries(renewed),
		});
		return Object.assign(credentials, output);
	}

	async runPreAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		return (await this.type(typeName).preAuthentication?.call(
			withinAllowedDomains(helpers, credentials),
			credentials,
		)) as ICredentialDataDecryptedObject | undefined;
	}

	async getCredentials(details: INodeCredentialsDetails, type: string): Promise<Credentials> {
		return new Credentials(details, type, this.store.row(idOf(details)).data);
	}

	async getDecrypted(
		additionalData: IWorkflowExecuteAdditionalData,
		details: INodeCredentialsDetails,
		type: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		raw?: boolean,
		resolveValues?: ICredentialsExpressionResolveValues,
	): Promise<ICredentialDataDecryptedObject> {
		const id = idOf(details);
		// n8n's own words.
		if (!this.store.has(id)) {
			throw new Error(`Credential with ID "${id}" does not exist for type "${type}".`);
		}
		const stored = await this.store.read(id);
		if (raw === true) return stored;
		const withDefaults = this.applyDefaults(type, stored);
		const keys = getAdditionalKeys(additionalData, mode, null, { isCredential: true });
		if (resolveValues !== undefined) {
			return resolveValues.workflow.expression.getParameterValue(
				withDefaults as INodeParameters,
				resolveValues.runExecutionData,
				resolveValues.runIndex,
				resolveValues.itemIndex,
				resolveValues.node.name,
				resolveValues.connectionInputData,
				mode,
				keys,
				executeData,
				false,
				withDefaults as INodeParameters,
			) as ICredentialDataDecryptedObject;
		}
		if (this.nodeTypes === undefined) return withDefaults;
		const node: INode = {
			id: 'mock',
			name: '',
			type: 'mock',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		};
		const workflow = new Workflow({
			nodes: [],
			connections: {},
			active: false,
			nodeTypes: this.nodeTypes,
		});
		return workflow.expression.getComplexParameterValue(
			node,
			withDefaults as INodeParameters,
			mode,
			keys,
			undefined,
			undefined,
			withDefaults as INodeParameters,
		) as ICredentialDataDecryptedObject;
	}

	/** What a credential's functions are handed: stored values, overwrites, then defaults. */
	applyDefaults(
		type: string,
		stored: ICredentialDataDecryptedObject,
	): ICredentialDataDecryptedObject {
		const data = { ...stored };
		for (const [key, value] of Object.entries(this.overwrites[type] ?? {})) {
			if (data[key] === undefined || data[key] === '') data[key] = value;
		}
		const withDefaults = NodeHelpers.getNodeParameters(
			this.getCredentialsProperties(type),
			data as INodeParameters,
			true,
			false,
			null,
			null,
		) as ICredentialDataDecryptedObject;
		for (const key of ['allowedHttpRequestDomains', 'allowedDomains']) {
			if (stored[key] !== undefined) withDefaults[key] ??= stored[key];
		}
		return withDefaults;
	}

	async updateCredentials(
		details: INodeCredentialsDetails,
		type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		await this.store.save(idOf(details), type, data);
	}

	async updateCredentialsOauthTokenData(): Promise<void> {
		throw new Error('OAuth is not part of these tests');
	}
}

function idOf(details: INodeCredentialsDetails): string {
	if (!details.id) throw new Error(`Credential "${details.name}" has no ID`);
	return details.id;
}

function withinAllowedDomains(
	helpers: IHttpRequestHelper,
	credentials: ICredentialDataDecryptedObject,
): IHttpRequestHelper {
	return {
		helpers: {
			async httpRequest(options: IHttpRequestOptions): Promise<unknown> {
				const allowedDomains = getCredentialOwnRequestAllowedDomains(credentials);
				return await helpers.helpers.httpRequest(
					allowedDomains === undefined ? options : { ...options, allowedDomains },
				);
			},
		},
	};
}
