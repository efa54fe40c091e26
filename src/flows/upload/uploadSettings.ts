import type { Media } from '../../api/upload';
import type { RecoveryLimits } from '../generate/recoverTurn';

export interface UploadSettings {
	media: Media;
	/** With which patience files are looked for whose answer got lost. */
	recovery: RecoveryLimits;
	/** When the files were asked for, in milliseconds since the epoch. */
	askedAt: number;
}
