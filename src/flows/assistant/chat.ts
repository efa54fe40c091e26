import type { Credits } from '../../api/credits';
import type { MessageAction, RoutedMessage } from '../../text/intent/intent';
import type { UploadPart } from '../../api/transport';
import type { UploadedFile } from '../../api/sessionFiles';
import type { ExportCheckpoint, ExportResult } from '../export/exportCheckpoint';
import type { ExportSettings, SaveVideo } from '../export/exportVideo';
import type { Progress } from '../progress';
import type { FileReason, Messages } from './messages/messages';
import type { Checkpoint } from '../checkpoint';
import type { GenerateResult, TurnCheckpoint } from '../generate/turnCheckpoint';
import type { UploadCheckpoint } from '../upload/uploadCheckpoint';
import type { GenerateSettings } from '../generate/generateSettings';

/** What a chat remembers besides its session. */
export interface ChatFacts {
	/** Language of the last message whose language could be told. */
	language?: string;
	/** Language that the session was made for. */
	sessionLanguage?: string;
	/** Whether NemoVideo's last words asked something, and nothing was exported since. */
	isAsked?: boolean;
	/** An edit that the user was asked about: it came with an order to export. */
	wish?: string;
	/** A message that the user was asked about: it may be a question, and to send it costs credits. */
	unsent?: string;
}

/** Where the session of a chat is kept. */
export interface SessionStore {
	/** The chat's session; made where there is none. */
	get(create: () => Promise<string>): Promise<string>;
	/** The chat's session if it has one; makes none. */
	known(): string | undefined;
	/** NemoVideo has forgotten it; false where the user named the session himself. */
	forget(sessionId: string): boolean;
	facts(): ChatFacts;
	/** Adds to the facts of a chat that has a session; `undefined` takes one back. */
	note(facts: ChatFacts): void;
}

/** The chat that a message belongs to. */
export interface Chat {
	keeper: SessionStore;
	checkpoints: AssistantCheckpoints;
	progress: Progress;
	/** Takes an exported video in; without one, only its address is given. */
	sink?: SaveVideo;
}

/** A file of a message that NemoVideo does not take. */
export interface RefusedFile {
	name: string;
	reason: FileReason;
	/** What it is instead, in English: `a HEIC photo`. */
	what?: string;
}

export interface AssistantSettings {
	message: string;
	files: UploadPart[];
	/** Where there are any, nothing is uploaded and the chat is told. */
	refusedFiles: RefusedFile[];
	/** Whether an export that NemoVideo suggests is offered or done. */
	afterSuggestedExport: 'offer' | 'perform';
	/** `auto`: each message's own; else an ISO code. */
	language: string;
	turn: Omit<GenerateSettings, 'sessionId' | 'prompt'>;
	render: Omit<ExportSettings, 'sessionId'>;
}

/** The session a message was begun in. */
export interface SessionCheckpoint {
	sessionId: string;
}

/** What is remembered of one message. */
export interface AssistantCheckpoints {
	session: Checkpoint<SessionCheckpoint>;
	upload: Checkpoint<UploadCheckpoint>;
	/** Of addresses in a message that came with files. */
	uploadOfUrls: Checkpoint<UploadCheckpoint>;
	turn: Checkpoint<TurnCheckpoint>;
	render: Checkpoint<ExportCheckpoint>;
}

export type AssistantResult = {
	action: MessageAction;
	/** Absent where the chat has no session and the action needs none. */
	sessionId?: string;
	/** The reply; never empty. */
	text: string;
	/** The message itself cannot be worked on, and the text says why. */
	refused?: true;
	files?: UploadedFile[];
	credits?: Credits;
} & Partial<Omit<GenerateResult, 'sessionId' | 'text' | 'status'>> &
	Partial<Omit<ExportResult, 'sessionId' | 'status'>> & { status?: string };

/** What a message was understood as, and where it came from. */
export interface Understood {
	routed: RoutedMessage;
	replies: Messages;
	/** ISO code of the language the replies are in. */
	language: string;
	chat: Chat;
}
