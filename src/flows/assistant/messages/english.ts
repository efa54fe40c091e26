import type { Messages } from './messages';

const FORMATS =
	'video MP4, MOV, AVI, WebM or MKV; image JPG, PNG, GIF or WebP; audio MP3, WAV, M4A or AAC';

export const english: Messages = {
	settingUp: 'Setting up...',
	busy: "I'm still working on your last message. This one is next.",
	atWork: 'NemoVideo is still working on your last message. So far:',
	gettingStarted:
		"Send images or text and tell me what you need: I'll take care of the video. Try saying:\n- \"create five product photos and a caption into a 1080p MP4\"\n- \"turn these images into a 30-second promo video with background music\"\n\nSay 'export' to get the MP4, 'status' for the timeline, 'credits' for the balance. These cost nothing.",
	welcome: "You're welcome! Tell me what to change, or say 'export' to get the video as an MP4.",
	whatNext: "Tell me what to make or change, or say 'export' to get the video as an MP4.",
	cannotStop:
		"I can't stop NemoVideo from here: work that has started continues and is charged. When it's done, tell me what to change.",
	askSend:
		"That may be a question or a request, and NemoVideo's answer can cost credits, so I haven't sent it. Say 'yes' to send it, 'help' to see what I can do, or 'status' to see what's in the video.",
	sayNew:
		"This chat keeps its project, and nothing was sent. Tell me what the new video should show. I'll send that to NemoVideo, which costs credits.",
	emptyMessage: 'The message is empty. Tell me what the video should show, or send images.',
	nothingYet:
		"There's no video in this chat yet. Send images, or tell me what the video should show.",
	askForFiles:
		'Send the files together with a message: images, videos or audio, up to 500 MB per file.',
	sayExport: "Say 'export' to get the video as an MP4.",
	sayEdit:
		"To move or change something, or to apply a suggestion, just say so. I'll send it as an edit.",
	exporting: 'Exporting. This usually takes 30 to 90 seconds…',
	rendering: (percent) => `Rendering: ${percent}%`,
	askWish: (wish) =>
		`I can export the video as it is now. You also asked for "${wish}", which would be an edit and costs credits. Say 'yes' to make that edit and export, or 'export' for the video as it is.`,
	cannotChoose: (words) =>
		`I couldn't take "${words}" into account: videos come as MP4, in the resolution that this workflow sets.`,
	cannotTake: (name, reason, what = '') =>
		({
			fileType: `I can't use '${name}'${what}: this type of file isn't supported. I accept ${FORMATS}.`,
			fileSize: `I can't use '${name}': it's larger than 500 MB. Compress or trim it, then send it again.`,
			empty: `I can't use '${name}': the file is empty.`,
			link: `I can't use '${name}': it isn't a direct link to a file that I support. Attach the file itself: ${FORMATS}.`,
			refused: `NemoVideo didn't accept '${name}'.`,
			notDownloaded: `n8n hasn't downloaded the file of this message, so nothing was sent or changed. In the workflow, this downloads it: ${name}.`,
			noFile:
				"n8n's Telegram Trigger doesn't pass on the files of voice messages, audio, stickers and GIFs, so nothing was sent or changed. Send it as a document instead, such as MP3 or MP4.",
		})[reason],
	restUnused: (rest) =>
		`The rest of the message wasn't added or sent either: ${rest}. Send that again on its own.`,
	uploaded: (names) =>
		`Uploaded ${names.length === 1 ? '1 file' : `${names.length} files`}: ${names.join(', ')}.`,
	askForWords: (count) => `Now tell me what to make with ${count === 1 ? 'it' : 'them'}.`,
	credits: ({ available, frozen }) => {
		const reserved = frozen > 0 ? `, and ${frozen} are reserved for work in progress` : '';
		return `${available} credits are available${reserved}. Making or changing a video uses credits, and NemoVideo decides how many. Exporting is free.`;
	},
	ready: (link, fileSize) =>
		`Your video is ready${fileSize === undefined ? '' : ` (${fileSize})`}: ${link}`,
	download: 'Download the video',
	mayLack:
		"I couldn't determine the result of an earlier message, so its change may be missing from this video.",
	stillRendering: (status, renderId) =>
		`The video is still being rendered (${status}). Say 'export' again in a while. Render: ${renderId}`,
	noSubtitles: (summary) => `The timeline has no text to make subtitles from. ${summary}`,
	answerIn: 'Please answer in English.',
	timeline: {
		head: (tracks) => `Timeline (${tracks} ${tracks === 1 ? 'track' : 'tracks'}):`,
		more: (count) => `and ${count} more`,
		parts: (count) => `in ${count} parts`,
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
