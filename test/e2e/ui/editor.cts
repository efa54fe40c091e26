import assert from 'node:assert/strict';
import type { Browser, Locator, Page } from 'playwright-core';
import { OWNER } from '../rest.cts';

export type Theme = 'light' | 'dark';

export interface EditorOptions {
	theme?: Theme;
	width?: number;
	height?: number;
}

/** What n8n says of a run that went well. */
const SUCCESS = 'executed successfully';
/** Time for a run in the editor; milliseconds. */
const RUN_MS = 120_000;
/** How far the chat is drawn up. */
const CHAT_PX = 220;
/** What stands below a node: its name and what it is set to. */
const LABEL_PX = 60;

/** n8n's editor as a person sees it. */
export class Editor {
	private constructor(
		readonly page: Page,
		private readonly url: string,
	) {}

	/**
	 * Opens a browser window with the owner logged in.
	 *
	 * @param url where n8n listens
	 */
	static async open(browser: Browser, url: string, options: EditorOptions = {}): Promise<Editor> {
		const { theme = 'light', width = 1600, height = 900 } = options;
		const context = await browser.newContext({
			viewport: { width, height },
			deviceScaleFactor: 1.5,
			colorScheme: theme,
			locale: 'en-US',
			reducedMotion: 'reduce',
		});
		const answer = await context.request.post(`${url}/rest/login`, {
			data: { emailOrLdapLoginId: OWNER.email, password: OWNER.password },
		});
		if (!answer.ok()) throw new Error(`n8n refused the login: ${answer.status()}`);
		await context.addInitScript((chosen) => localStorage.setItem('N8N_THEME', chosen), theme);
		return new Editor(await context.newPage(), url);
	}

	/** Opens a saved workflow, its nodes as large as they fit. */
	async openWorkflow(id: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${id}`, { timeout: RUN_MS });
		await this.page.locator('[data-test-id="canvas-node"]').first().waitFor();
		await this.fitToView();
	}

	async fitToView(): Promise<void> {
		await this.page.locator('[data-test-id="zoom-to-fit"]').click();
		await this.settle();
	}

	/** Steps back from the canvas where n8n's button at its foot lies over one of these nodes. */
	async clearButton(names: readonly string[]): Promise<void> {
		const button = await this.runButton.boundingBox();
		if (button === null) return;
		for (const name of names) {
			const node = await this.node(name).boundingBox();
			if (node === null || node.y + node.height + LABEL_PX < button.y) continue;
			if (node.x > button.x + button.width || node.x + node.width < button.x) continue;
			await this.page.keyboard.press('-');
			return await this.settle();
		}
	}

	/** The one at the canvas's foot: "Execute workflow" or "Open chat". */
	private get runButton(): Locator {
		const ids = ['^="execute-workflow-button"', '="workflow-chat-button"'];
		return this.page.locator(ids.map((id) => `[data-test-id${id}]`).join(', ')).last();
	}

	/** A node on the canvas, by its name in the workflow. */
	node(name: string): Locator {
		return this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
	}

	/** Presses "Execute workflow" and waits until n8n says that all went well. */
	async execute(): Promise<void> {
		await this.executeUntil(SUCCESS);
	}

	/** Presses "Execute workflow" and waits until n8n says which node failed. */
	async executeToFailure(): Promise<void> {
		await this.executeUntil('Problem in node');
	}

	/** Presses "Execute workflow" of a workflow that begins with a form, and gets its window. */
	async executeToForm(): Promise<Page> {
		const [form] = await Promise.all([
			this.page.context().waitForEvent('page'),
			this.runButton.click(),
		]);
		await form.locator('#submit-btn').waitFor();
		return form;
	}

	private async executeUntil(news: string): Promise<void> {
		await this.runButton.click();
		await this.closeToast(news);
	}

	private async closeToast(news: string): Promise<void> {
		const toast = this.page.locator('.el-notification', { hasText: news }).last();
		await toast.waitFor({ timeout: RUN_MS });
		// It would cover a part of the picture.
		await toast.locator('.el-notification__closeBtn').click();
		await toast.waitFor({ state: 'hidden' });
	}

	/** Opens a node's panel. */
	async openNode(name: string): Promise<void> {
		await this.node(name).dblclick();
		await this.page.locator('[data-test-id="node-parameters"]').waitFor();
		await this.settle();
	}

	async closeNode(): Promise<void> {
		await this.page.keyboard.press('Escape');
		await this.page.locator('[data-test-id="node-parameters"]').waitFor({ state: 'hidden' });
	}

	/** Opens the panel of all nodes, searches it and waits for what it finds. */
	async searchNodes(words: string): Promise<void> {
		await this.page.locator('[data-test-id="node-creator-plus-button"]').click();
		const field = this.page.locator('[data-test-id="node-creator-search-bar"]');
		await field.fill(words);
		const found = this.page.locator('[data-test-id="node-creator-item-name"]');
		await found
			.filter({ hasText: new RegExp(words, 'i') })
			.first()
			.waitFor();
		await this.settle();
	}

	/** The panel of all nodes. */
	get nodeCreator(): Locator {
		return this.page.locator('[data-test-id="node-creator"]');
	}

	/** The panel of a node that is open. */
	get nodePanel(): Locator {
		return this.page.locator('[data-test-id="ndv"]');
	}

	/** What a node that is open gave. */
	get output(): Locator {
		return this.page.locator('[data-test-id="output-panel"]');
	}

	/** Opens the chat of a workflow that begins with a Chat Trigger. */
	async openChat(): Promise<void> {
		await this.runButton.click();
		await this.chatInput.waitFor();
		const { page } = this;
		const top = await page.locator('[data-test-id="canvas-chat"]').boundingBox();
		assert.ok(top);
		// The panel shows two lines of a chat unless it is drawn up.
		await page.mouse.move(top.x + 100, top.y);
		await page.mouse.down();
		await page.mouse.move(top.x + 100, top.y - CHAT_PX, { steps: 5 });
		await page.mouse.up();
		await this.fitToView();
	}

	private get chatInput(): Locator {
		return this.page.locator('[data-test-id="canvas-chat"] textarea');
	}

	/** Sends a chat message and waits until an answer holds these words. */
	async say(message: string, words: string): Promise<void> {
		await this.chatInput.fill(message);
		await this.chatInput.press('Enter');
		const answer = this.page.locator('.chat-message-from-bot', { hasText: words });
		await answer.last().waitFor({ timeout: RUN_MS });
		await this.closeToast(SUCCESS);
	}

	/** The dialog of a credential that is open. */
	get credentialDialog(): Locator {
		return this.page.locator('[data-test-id="credential-edit-dialog"]');
	}

	/** Opens a saved credential's dialog. */
	async openCredential(id: string): Promise<void> {
		await this.page.goto(`${this.url}/home/credentials/${id}`);
		await this.page.locator('[data-test-id="credential-edit-dialog"]').waitFor();
		await this.settle();
	}

	/** Until nothing is being loaded and nothing moves any more. */
	async settle(): Promise<void> {
		await this.page.waitForLoadState('networkidle');
		await this.page.evaluate(async () => {
			const ends = document.getAnimations().map(async ({ finished }) => await finished);
			await Promise.allSettled(ends);
		});
	}

	async close(): Promise<void> {
		await this.page.context().close();
	}
}
