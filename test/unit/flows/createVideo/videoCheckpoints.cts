import type { VideoCheckpoints } from '../../../../src/flows/createVideo/createVideo';
import { slot } from '../fakeNemoVideo.cts';

/** What is remembered of one video. */
export const videoMemory = (): VideoCheckpoints => ({
	session: slot(),
	upload: slot(),
	turn: slot(),
	credits: slot(),
	render: slot(),
	stages: slot(),
});
