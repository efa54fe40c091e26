import type { Messages } from './messages';

const FORMATS =
	'video MP4, MOV, AVI, WebM or MKV; image JPG, PNG, GIF or WebP; audio MP3, WAV, M4A or AAC';

export const english: Messages = {
	settingUp: 'Setting up...',
	busy: 'Still on your last message. This one comes next.',
	atWork: 'NemoVideo is still working on your last message. So far:',
	gettingStarted:
		"Send images or text and tell me what you need: I take care of the video. Try saying:\n- \"create five product photos and a caption into a 1080p MP4\"\n- \"turn these images into a 30-second promo video with background music\"\n\nSay 'export' to get the MP4, 'status' for the timeline, 'credits' for the balance. These cost nothing.",
	welcome: "You're welcome! Say what to change, or 'export' to get the video as an MP4.",
	whatNext: "Say what to make or change, or 'export' to get the video as an MP4.",
	cannotStop:
		"There's nothing I can stop here: what NemoVideo has begun goes on and is charged. Say what to change when it's done.",
	askSend:
		"That may be a question or a wish, and NemoVideo's answer can cost credits, so I haven't passed it on. Say 'yes' to send it, 'help' to see what I can do, or 'status' for what is in the video.",
	sayNew:
		'This chat keeps its project and nothing was sent. Say what the new video is to show: that goes to NemoVideo and costs credits.',
	emptyMessage: 'The message is empty. Say what the video is to show, or send images.',
	nothingYet: 'There is no video in this chat yet. Send images, or say what the video is to show.',
	askForFiles:
		'Send the files together with a message: images, videos or audio, 500 MB a file at most.',
	sayExport: "Say 'export' to get the video as an MP4.",
	sayEdit:
		"To move or change something, or to have a suggestion applied, just say so: I'll pass it on as an edit.",
	exporting: 'Exporting, this usually takes 30 to 90 seconds…',
	rendering: (percent) => `Rendering: ${percent}%`,
	askWish: (wish) =>
		`I can export the video as it is now. You also asked for "${wish}", which would be an edit and costs credits. Say 'yes' to make that edit and export, or 'export' for the video as it is.`,
	cannotChoose: (words) =>
		`I couldn't take "${words}" into account: videos come as MP4, in the resolution that this workflow sets.`,
	cannotTake: (name, reason, what = '') =>
		({
			fileType: `I can't use '${name}'${what}: this type of file isn't supported. I take ${FORMATS}.`,
			fileSize: `I can't use '${name}': it's larger than 500 MB. Compress or trim it, then send it again.`,
			empty: `I can't use '${name}': the file is empty.`,
			link: `I can't use '${name}': it isn't a direct link to a file that I take. Attach the file itself: ${FORMATS}.`,
			refused: `NemoVideo didn't take '${name}'.`,
		})[reason],
	uploaded: (names) =>
		`Uploaded ${names.length === 1 ? '1 file' : `${names.length} files`}: ${names.join(', ')}.`,
	askForWords: (count) => `Now say what to make of ${count === 1 ? 'it' : 'them'}.`,
	credits: ({ available, frozen }) => {
		const reserved = frozen > 0 ? `, and ${frozen} are reserved by work under way` : '';
		return `${available} credits are available${reserved}. Making or changing a video uses credits, and NemoVideo sets how many; exporting costs none.`;
	},
	ready: (link, megabytes) =>
		`Your video is ready${megabytes === undefined ? '' : ` (${megabytes} MB)`}: ${link}`,
	download: 'Download the video',
	mayLack: "I don't know what became of an earlier message: its change may not be in this video.",
	stillRendering: (status, renderId) =>
		`The video is still being rendered (${status}). Say 'export' again in a while. Render: ${renderId}`,
	noSubtitles: (summary) => `The timeline has no text to make subtitles of. ${summary}`,
	answerIn: 'Please answer in English.',
	timeline: {
		head: (tracks) => `Timeline (${tracks} ${tracks === 1 ? 'track' : 'tracks'}):`,
		nothing: 'nothing on it yet',
		video: 'Video',
		audio: 'BGM',
		text: 'Title',
		other: 'Other',
		added: 'Added',
		removed: 'Removed',
		changed: 'NemoVideo changed the timeline.',
		unchanged: 'NemoVideo finished without a message, and the timeline is as it was before.',
	},
};
