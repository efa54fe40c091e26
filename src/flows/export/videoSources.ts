import type { NemoVideoClient } from '../../api/client';
import { unwrapResponse } from '../../api/response';
import { readFileContent } from '../../api/fileContent';
import { downloadPath, readRender, type Render } from '../../api/render';
import { DOWNLOAD } from '../../api/renderEndpoints';
import type { ByteStream } from '../../api/transport';
import { readShortText } from '../../api/sendMessage';
import { parseSafeUrl } from '../../api/safeUrl';
import { peek } from '../peek';
import { otherFile } from './videoFaults';

/** An answer to the question for a video, and who gave it. */
export interface SourceAnswer {
	stream: ByteStream;
	/** Where it came from, as the output names it. */
	url: string;
	/** NemoVideo's API itself: only its words are read and quoted. */
	isApi: boolean;
}

/** A place where a video may lie. */
export interface VideoSource {
	/** @param headers such as a Range, where the file is to go on */
	open(headers: Readonly<Record<string, string>>): Promise<SourceAnswer>;
	/**
	 * Whether it's NemoVideo's API: requests to it wait where it asks for patience, and are repeated.
	 * A host of its own gets one request.
	 */
	isApi: boolean;
}

/** Where a render's video may lie: at the address that the render names, and at NemoVideo's endpoint. */
export async function sourcesOf(client: NemoVideoClient, render: Render): Promise<VideoSource[]> {
	const { url, renderId } = render;
	const endpoint: VideoSource = {
		isApi: true,
		open: async (headers) => await askEndpoint(client, renderId, headers),
	};
	if (url === undefined) return [endpoint];
	const { baseUrl } = await client.account();
	const isApi = originOf(url) === originOf(baseUrl);
	return [{ isApi, open: async (headers) => await openAddress(client, url, headers) }, endpoint];
}

async function openAddress(
	client: NemoVideoClient,
	url: string,
	headers: Readonly<Record<string, string>>,
): Promise<SourceAnswer> {
	return { stream: await client.transport.openUrl(url, headers), url, isApi: false };
}

function originOf(url: string): string | undefined {
	return /^\w+:\/\/[^/]+/.exec(parseSafeUrl(url) ?? '')?.[0];
}

/**
 * The endpoint sends the file itself, or sends on to it; the sibling gateway's version names a URL
 * in JSON instead.
 */
async function askEndpoint(
	client: NemoVideoClient,
	renderId: string,
	headers: Readonly<Record<string, string>>,
): Promise<SourceAnswer> {
	const { baseUrl } = await client.account();
	const url = `${baseUrl}${downloadPath(renderId)}`;
	const stream = await client.transport.open({
		method: DOWNLOAD.method,
		path: downloadPath(renderId),
		accept: '*/*',
		mayRedirect: true,
		// Compressed, its length and its ranges would be those of the compressed bytes.
		headers: { 'accept-encoding': 'identity', ...headers },
	});
	const { location } = stream.headers;
	if (stream.status >= 300 && stream.status < 400 && location !== undefined) {
		stream.close();
		// What cannot be resolved is refused where addresses are opened.
		return await openAddress(client, parseSafeUrl(location, url) ?? location, headers);
	}
	if (stream.status !== 200) return { stream, url, isApi: true };
	const { head, stream: whole } = await peek(client, stream);
	const content = readFileContent(head);
	if (content?.is !== 'text' || content.what !== 'a JSON text')
		return { stream: whole, url, isApi: true };
	const body = await readShortText(client.clock, whole);
	const { data } = unwrapResponse({ ...whole, body }, DOWNLOAD);
	const named = readRender(data, renderId).url;
	if (named === undefined) throw otherFile('an answer that names no video');
	return await openAddress(client, named, headers);
}
