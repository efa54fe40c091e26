import { newCheckpoint } from '../fakeNemoVideo.cts';
import type { VideoCheckpoints } from '../../../../src/flows/createVideo/video';

/** What is remembered of one video. */
export const videoMemory = (): VideoCheckpoints => ({
	session: newCheckpoint(),
	upload: newCheckpoint(),
	turn: newCheckpoint(),
	credits: newCheckpoint(),
	render: newCheckpoint(),
	stages: newCheckpoint(),
});
