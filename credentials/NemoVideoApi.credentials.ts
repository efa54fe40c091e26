import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestHelper,
	IHttpRequestOptions,
	Icon,
	INodeProperties,
} from 'n8n-workflow';
import { checkAccessToken } from '../src/n8n/connection/accessToken';
import {
	activeToken,
	attributionHeaders,
	DEFAULT_BASE_URL,
	DEFAULT_WEB_URL,
	hasApiOrigin,
	readCredential,
} from '../src/n8n/connection/credential';
import { requireAddresses } from '../src/n8n/connection/credentialRequests';
import { RENEW_HEADER, renewalNeeded } from '../src/n8n/connection/renewal';
import { trialTokenFor } from '../src/n8n/connection/trialToken';

export class NemoVideoApi implements ICredentialType {
	name = 'nemoVideoApi';

	displayName = 'NemoVideo API';

	icon: Icon = { light: 'file:nemoVideoApi.svg', dark: 'file:nemoVideoApi.dark.svg' };

	documentationUrl =
		'https://github.com/nemovideo/n8n-nodes-nemovideo/blob/main/docs/credential.md';

	properties: INodeProperties[] = [
		{
			displayName: 'Connect With',
			name: 'connectWith',
			type: 'options',
			options: [
				{
					name: 'Access Token',
					value: 'accessToken',
					description: 'A token from your NemoVideo account',
				},
				{
					name: 'Free Trial',
					value: 'freeTrial',
					description:
						'An anonymous token with 100 credits that n8n gets for you. It expires after 7 days.',
				},
			],
			default: 'accessToken',
		},
		{
			displayName: 'Access Token',
			name: 'token',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			placeholder: 'e.g. nmv_usr_…',
			hint: 'Create it at NemoVideo under Settings, API Tokens',
			description: 'A token from your NemoVideo account. NemoVideo shows it only once.',
			displayOptions: { show: { connectWith: ['accessToken'] } },
		},
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 3f0e5a4c-0d0b-4f5e-9c1a-8a4b1d2c3e4f',
			hint: 'Leave empty to generate one',
			description:
				"Identifies this n8n to NemoVideo. It's generated once and kept, because a new one for each request would use up the free tokens for your IP address.",
			displayOptions: { show: { connectWith: ['freeTrial'] } },
		},
		{
			displayName: 'Trial Token',
			name: 'trialToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
		{
			displayName: 'Trial Expires At',
			name: 'trialExpiresAt',
			type: 'hidden',
			default: '',
		},
		{
			displayName: 'Trial User ID',
			name: 'trialUserId',
			type: 'hidden',
			default: '',
		},
		{
			displayName:
				'Advanced: leave the fields below as they are unless NemoVideo tells you otherwise',
			name: 'advancedNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: DEFAULT_BASE_URL,
			description: 'The address of the NemoVideo API',
		},
		{
			displayName: 'Website URL',
			name: 'webUrl',
			type: 'string',
			default: DEFAULT_WEB_URL,
			description: 'The website used in links for registration, top-up and projects',
		},
		{
			displayName: 'Skill Source',
			name: 'skillSource',
			type: 'string',
			default: 'ai-create-video-free',
			description: 'Sent as X-Skill-Source. NemoVideo refuses exports without it.',
		},
		{
			displayName: 'Skill Version',
			name: 'skillVersion',
			type: 'string',
			default: '1.0.0',
			description: 'Sent as X-Skill-Version. NemoVideo refuses exports without it.',
		},
		{
			displayName: 'Skill Platform',
			name: 'skillPlatform',
			type: 'string',
			default: 'unknown',
			description: 'Sent as X-Skill-Platform. NemoVideo refuses exports without it.',
		},
	];

	/**
	 * n8n calls this where the trial token is empty (so for access tokens too), where a token was
	 * refused, and in the credential test, which shows what is thrown here.
	 */
	async preAuthentication(
		this: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
	): Promise<ICredentialDataDecryptedObject> {
		const credential = readCredential(credentials);
		requireAddresses(credential);
		if (credential.connectWith === 'freeTrial') {
			return { ...(await trialTokenFor(this, credential)) };
		}
		await checkAccessToken(this, credential);
		return {};
	}

	/** Adds token and attribution to requests to the API's own origin, and to no other. */
	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		const credential = readCredential(credentials);
		const url = addressOf(requestOptions);
		const { [RENEW_HEADER]: renewMark, ...headers } = requestOptions.headers ?? {};
		requestOptions.headers = headers;
		if (url === undefined || !hasApiOrigin(credential, url)) return requestOptions;
		if (renewalNeeded(credential, renewMark)) {
			throw Object.assign(new Error('The trial token needs renewal'), {
				response: { status: 401 },
			});
		}
		requestOptions.headers = {
			...headers,
			...attributionHeaders(credential),
			Authorization: `Bearer ${activeToken(credential)}`,
		};
		// By itself, n8n passes the token on wherever a request is redirected.
		requestOptions.sendCredentialsOnCrossOriginRedirect = false;
		return requestOptions;
	};

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl}}',
			url: '/api/credits/balance/simple',
		},
		rules: [
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'code',
					value: 1001,
					message:
						'NemoVideo refused the token (code 1001): paste a new access token, or use the free trial',
				},
			},
		],
	};
}

/**
 * Where a request goes. n8n's own HTTP Request node still speaks the language of an older client,
 * which says `uri`.
 *
 * @returns undefined where that cannot be told, so that nothing secret goes along
 */
function addressOf(options: IHttpRequestOptions & { uri?: unknown }): string | undefined {
	const { baseURL } = options;
	const url: unknown = options.url ?? options.uri;
	if (typeof url !== 'string') return undefined;
	if (!baseURL || /^[a-z][a-z\d+.-]*:|^\/\//i.test(url)) return url;
	return `${baseURL.replace(/\/+$/, '')}/${url.replace(/^\/+/, '')}`;
}
