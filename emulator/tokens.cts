import { ApiFailure, messageOf } from './failure.cts';
import type { Ids } from './ids.cts';
import type { BillingLog } from './billingLog.cts';
import type { EmulatorOptions, TokenOptions } from './options.cts';

/** Who pays: several tokens of one anonymous user share one account. */
export interface Account {
	userId: string;
	anonymous: boolean;
	available: number;
	/** Reserved by running turns. */
	frozen: number;
}

export interface Token {
	token: string;
	account: Account;
	scopes: readonly string[];
	/** Milliseconds since the epoch; Infinity: never. */
	expiresAt: number;
}

interface Minted {
	at: number;
	ip: string;
	clientId: string;
	token: Token;
}

export interface MintAnswer {
	token: Token;
	expiresAt: number;
}

/** Tokens, the accounts behind them, and the quota for anonymous ones. */
export class TokenStore {
	private tokens = new Map<string, Token>();
	private accounts = new Map<string, Account>();
	private anonymous = new Map<string, Account>();
	private minted: Minted[] = [];

	constructor(
		private readonly options: EmulatorOptions,
		private readonly ids: Ids,
		private readonly ledger: BillingLog,
		private readonly retryAfter: (seconds: number) => Record<string, string>,
	) {
		this.start();
	}

	/** Forgets all but the tokens the options name. */
	start(): void {
		this.tokens.clear();
		this.accounts.clear();
		this.anonymous.clear();
		this.minted = [];
		this.addAll();
	}

	/** Makes the tokens that the options name good. */
	addAll(): void {
		for (const [token, settings] of Object.entries(this.options.tokens)) this.add(token, settings);
	}

	/** Makes a token good, or gives a known one other credits, scopes or another expiry. */
	add(token: string, settings: TokenOptions = {}): Token {
		const userId =
			settings.userId ?? this.tokens.get(token)?.account.userId ?? `user_${this.ids.short('user')}`;
		const account = this.accounts.get(userId) ?? {
			userId,
			anonymous: userId.startsWith('anon_'),
			available: settings.credits ?? this.options.anyTokenCredits,
			frozen: 0,
		};
		if (settings.credits !== undefined) account.available = settings.credits;
		this.accounts.set(userId, account);
		const made: Token = {
			token,
			account,
			scopes: settings.scopes ?? ['*'],
			expiresAt: settings.expiresInMs === undefined ? Infinity : Date.now() + settings.expiresInMs,
		};
		this.tokens.set(token, made);
		return made;
	}

	/** Ends a token's life now; all of them when none is named. */
	expire(token?: string): void {
		for (const entry of this.tokens.values()) {
			if (token === undefined || entry.token === token) entry.expiresAt = 0;
		}
	}

	get(token: string): Token | undefined {
		return this.tokens.get(token);
	}

	all(): Token[] {
		return [...this.tokens.values()];
	}

	/** @throws ApiFailure 1001 (body code or HTTP 401, as the options say), or 403 for a scope */
	authorise(token: string | undefined, scope: 'read' | 'write' | 'upload' | 'render'): Token {
		let known = token === undefined ? undefined : this.tokens.get(token);
		if (
			!known &&
			token !== undefined &&
			this.options.acceptAnyToken &&
			/^nmv_usr_.{20,}$/.test(token)
		) {
			known = this.add(token);
		}
		if (!known || known.expiresAt <= Date.now()) {
			throw new ApiFailure(1001, messageOf(1001), this.options.badTokenAs === '401' ? 401 : 200);
		}
		if (!known.scopes.includes('*') && !known.scopes.includes(scope)) {
			if (scope === 'render') throw new ApiFailure(402, 'Export requires an account', 402);
			throw new ApiFailure(403, `Scope ${scope} is missing`, 403);
		}
		return known;
	}

	/** @throws ApiFailure 400 without a client id, 429 when a quota is used up */
	mint(clientId: string, ip: string): MintAnswer {
		const refuse = (status: number, message: string): never => {
			this.ledger.mint({ clientId, ip, refusedWith: status });
			const headers = status === 429 ? this.retryAfter(30) : {};
			throw new ApiFailure(status, message, status, { headers });
		};
		if (clientId.trim() === '') refuse(400, 'X-Client-Id is required');
		if (clientId.length > 64) refuse(400, 'X-Client-Id is too long');
		const now = Date.now();
		const inWindow = this.minted.filter((entry) => now - entry.at < this.options.quotaWindowMs);
		const ofClient = inWindow.filter(
			(entry) => entry.clientId === clientId && entry.token.expiresAt > now,
		);
		if (ofClient.length >= this.options.anonymousPerClient) {
			refuse(429, 'This client already has an anonymous token');
		}
		// A renewal by a known client does not count against the address again (invention).
		const others = new Set(
			inWindow.filter((entry) => entry.ip === ip).map((entry) => entry.clientId),
		);
		if (!others.has(clientId) && others.size >= this.options.anonymousPerIp) {
			refuse(429, 'Too many anonymous tokens from this address');
		}
		const before = this.anonymous.get(clientId);
		const credits =
			before && !this.options.renewalRefills ? before.available : this.options.anonymousCredits;
		const userId = before?.userId ?? this.ids.anonymousUser();
		const token = this.add(this.ids.token(), {
			userId,
			credits,
			scopes: this.options.anonymousScopes,
			expiresInMs: this.options.anonymousTtlMs,
		});
		this.anonymous.set(clientId, token.account);
		this.minted.push({ at: now, ip, clientId, token });
		this.ledger.mint({ clientId, ip, token: token.token, userId });
		return { token, expiresAt: token.expiresAt };
	}
}
