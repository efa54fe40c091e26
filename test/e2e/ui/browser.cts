import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser } from 'playwright-core';

type PlaywrightCore = typeof import('playwright-core');

/** A static import of it fails in tsx on Node 20. */
const { chromium }: PlaywrightCore = createRequire(__filename)('playwright-core');

/** Where Debian and others put it; the variable is for the rest. */
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** @throws Error that says how to get a Chromium */
export async function startBrowser(): Promise<Browser> {
	const executablePath = process.env.CHROMIUM ?? PLACES.find((place) => existsSync(place));
	if (executablePath === undefined) {
		throw new Error('No Chromium found: apt-get install chromium, or set CHROMIUM to its path');
	}
	// Inside containers Chromium's own sandbox and shared memory do not work.
	return await chromium.launch({
		executablePath,
		args: ['--no-sandbox', '--disable-dev-shm-usage', '--force-color-profile=srgb'],
	});
}
