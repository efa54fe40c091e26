import { join } from 'node:path';

/** A folder with a node that ignores Stop, for n8n's N8N_CUSTOM_EXTENSIONS. */
export const CONTROL_FOLDER = join(__dirname, 'control');

/** Its type in n8n. */
export const DEAF_NODE = 'CUSTOM.deaf';
