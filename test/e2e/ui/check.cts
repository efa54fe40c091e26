import type { Browser } from 'playwright-core';
import type { Emulator } from '../../../emulator/server.cts';
import type { N8n } from '../n8n.cts';
import type { Gallery } from './gallery.cts';

/** What every check works with. */
export interface Stage {
	n8n: N8n;
	browser: Browser;
	emulator: Emulator;
	gallery: Gallery;
	/** A folder with the examples' photos; its name does not tell whose machine this is. */
	photos: string;
	/** A credential whose test passes. */
	credentialId: string;
}

/** One thing that a person sees in the editor. */
export interface Check {
	name: string;
	run(stage: Stage): Promise<void>;
}
