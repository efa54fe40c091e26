import type { N8nApi, SavedWorkflow } from './api.cts';
import type { ChatFile } from './chat.cts';
import { webhookIdOf } from './examples.cts';

const POLL_MS = 100;

/**
 * Fills a form in and sends it as a browser does, then waits for the page at the end.
 *
 * @param fields in the order of the form; files or a text each
 * @returns the page's HTML
 */
export async function submitForm(
	api: N8nApi,
	workflow: SavedWorkflow,
	fields: Array<string | ChatFile[]>,
	timeoutMs = 120_000,
): Promise<string> {
	const path = `form/${webhookIdOf(workflow, 'formTrigger')}`;
	const page = await api.callWebhook(path);
	if (!page.ok) throw new Error(`The form answered ${page.status}`);
	const form = new FormData();
	fields.forEach((field, index) => {
		if (typeof field === 'string') return form.append(`field-${index}`, field);
		for (const { name, type, bytes } of field) {
			form.append(`field-${index}`, new Blob([Buffer.from(bytes)], { type }), name);
		}
	});
	const sent = await api.callWebhook(path, { method: 'POST', body: form });
	const answer = await sent.text();
	if (!sent.ok) throw new Error(`The form was refused with ${sent.status}: ${answer}`);
	const { formWaitingUrl } = JSON.parse(answer) as { formWaitingUrl?: string };
	if (formWaitingUrl === undefined) throw new Error(`No page follows the form: ${answer}`);
	const waiting = new URL(formWaitingUrl);
	const status = new URL(waiting);
	status.pathname += '/n8n-execution-status';
	const deadline = Date.now() + timeoutMs;
	for (;;) {
		const now = await (await fetch(`${api.url}${status.pathname}${status.search}`)).text();
		if (now.includes('form-waiting')) break;
		if (/error|crashed|canceled|success/.test(now)) throw new Error(`The form's run is: ${now}`);
		if (Date.now() > deadline) throw new Error(`No page came within ${timeoutMs} ms: ${now}`);
		await new Promise((resolve) => setTimeout(resolve, POLL_MS));
	}
	return await (await fetch(`${api.url}${waiting.pathname}${waiting.search}`)).text();
}
