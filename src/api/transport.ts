/** One file of a multipart upload. `open` can be called again, so an upload can be repeated. */
export interface UploadPart {
	filename: string;
	mimeType: string;
	/** Exact length in bytes: the request carries a Content-Length. */
	sizeBytes: number;
	/** Tells files of the same name and size apart, and the same file from none; never sent. */
	contentId: string;
	open(): AsyncIterable<Uint8Array>;
}

export interface ApiRequest {
	method: 'GET' | 'POST';
	/** Path below the base URL with a leading slash, ids already encoded. */
	path: string;
	/** A JSON text, already serialised (numbers beyond 2^53 must survive). */
	json?: string;
	/** Files, each sent under the field name `files`. */
	files?: UploadPart[];
	accept?: string;
	/** Further headers, e.g. a Range. */
	headers?: Readonly<Record<string, string>>;
	/** An answer that sends on to another address is an answer; otherwise it is a failure. */
	mayRedirect?: true;
	/** Up to the response's headers and, for text answers, its last byte; milliseconds. */
	timeoutMs?: number;
	/** Replaces the transport's own cancel signal: for the one request allowed after Stop. */
	signal?: AbortSignal;
}

/*
 * `tokenFingerprint` on answers tells which token the request was sent with, without being one:
 * `renew` takes it, so that many refused requests lead to one renewal.
 */

export interface ApiResponse {
	status: number;
	/** Header names in lower case. */
	headers: Readonly<Record<string, string>>;
	body: string;
	tokenFingerprint?: string;
	/** Where the request went, e.g. `api.example.com`. */
	host?: string;
}

export interface ByteStream {
	status: number;
	headers: Readonly<Record<string, string>>;
	bytes: AsyncIterable<Uint8Array>;
	tokenFingerprint?: string;
	/** Where the request went, e.g. `api.example.com`. */
	host?: string;
	/** Closes the socket at once; harmless when the stream has ended. */
	close(): void;
}

/**
 * The port between NemoVideo's protocol and whatever carries it. Answers with any HTTP status
 * are results, not errors.
 *
 * Both functions throw NemoVideoError: kind `network` (outcome `refused` where the connection was
 * never made, else `unknown`), `timeout` or `cancelled`; and the kind `auth` where the credential
 * could not be renewed.
 */
export interface Transport {
	/** Aborted when the user stops the execution. */
	readonly signal: AbortSignal | undefined;
	/** Sends a request to the API and reads the answer as text. */
	send(request: ApiRequest): Promise<ApiResponse>;
	/** Sends a request to the API and hands the answer over as it arrives. */
	open(request: ApiRequest): Promise<ByteStream>;
	/**
	 * Gets a new token after one was refused, where the credential can (the free trial).
	 *
	 * @param tokenFingerprint the mark of the answer that refused
	 * @returns whether a token other than the refused one is in place now
	 */
	renew(tokenFingerprint: string | undefined): Promise<boolean>;
	/**
	 * Opens a file that the backend named by URL. The credential goes along only where the URL has
	 * the API's own origin.
	 *
	 * @param headers e.g. a Range
	 */
	openUrl(url: string, headers?: Readonly<Record<string, string>>): Promise<ByteStream>;
}
