import { FakeNemoVideo, FakeStream, Heard } from '../fakeNemoVideo.cts';

/** The session of `heldStream`. */
export const SESSION = '9000';

/** A timeline of one clip. */
export const film = (title: string) => ({
	t: [{ tt: 0, sg: [{ d: 1_000, m: { title } }] }],
	d: 1_000,
});

/** A NemoVideo with a film in its session, whose next stream a test writes itself. */
export function heldStream() {
	const nemo = new FakeNemoVideo();
	const session = { draft: film('old'), files: [] };
	nemo.sessions.set(SESSION, session);
	const stream = (nemo.stream = new FakeStream());
	const edit = (title: string): void => {
		session.draft = film(title);
	};
	return { nemo, stream, heard: new Heard(), edit };
}
