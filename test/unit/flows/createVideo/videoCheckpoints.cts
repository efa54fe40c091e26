import type { VideoCheckpoints } from '../../../../src/flows/createVideo/createVideo';
import { newCheckpoint } from '../fakeNemoVideo.cts';

/** What is remembered of one video. */
export const videoMemory = (): VideoCheckpoints => ({
	session: newCheckpoint(),
	upload: newCheckpoint(),
	turn: newCheckpoint(),
	credits: newCheckpoint(),
	render: newCheckpoint(),
	stages: newCheckpoint(),
});
