import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser } from 'playwright-core';
import { debianProgram } from '../debian.cts';

type PlaywrightCore = typeof import('playwright-core');

/** A static import of it fails in tsx on Node 20. */
const { chromium }: PlaywrightCore = createRequire(__filename)('playwright-core');

/** Where others than Debian put it; the variable is for the rest. */
const PLACES = ['/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

async function pathOfChromium(): Promise<string> {
	const known = process.env.CHROMIUM ?? PLACES.find((place) => existsSync(place));
	if (known !== undefined) return known;
	// One of the examples speaks Chinese.
	return await debianProgram({ name: 'chromium', packages: ['chromium', 'fonts-wqy-zenhei'] });
}

/** @throws Error that says how to get a Chromium */
export async function startBrowser(): Promise<Browser> {
	const executablePath = await pathOfChromium();
	// Inside containers Chromium's own sandbox and shared memory do not work.
	return await chromium.launch({
		executablePath,
		args: ['--no-sandbox', '--disable-dev-shm-usage', '--force-color-profile=srgb'],
	});
}
