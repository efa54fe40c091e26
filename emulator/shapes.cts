/** How the emulator writes its answers: NemoVideo's sources show several forms of each. */
export interface Shapes {
	/** Around answers of everything but renders: `{code:0,data}`, `{success:true,data}` or nothing. */
	envelope: 'code' | 'success' | 'bare';
	/** Where create-session puts its ids. */
	session: 'data' | 'top';
	/** Session ids as 19-digit strings or as unquoted numbers. */
	sessionId: 'string' | 'number';
	/** Whether create-session and state tell the user's id. */
	userId: boolean;
	/**
	 * The render's status: `nested` {success,data:{outputUrl}}, `flat` {taskId,output:{url}},
	 * `outputUrl` {code,data:{outputUrl}}, `snake` bare {render_id,output_url}, `url`
	 * {success,data:{url}}, `dataOutput` {code,data:{output:{url}}}.
	 */
	render: 'nested' | 'flat' | 'outputUrl' | 'snake' | 'url' | 'dataOutput';
	/** The word for a render that has not begun. */
	pendingWord: 'pending' | 'queued';
	/** The draft in the state: an object, or a JSON text. */
	draft: 'object' | 'string';
	/** A session's draft before there is a timeline. */
	emptyDraft: 'null' | 'empty' | 'absent';
	/** With or without canvas_config and video_analyses. */
	state: 'full' | 'lean';
	generatedMedia: 'array' | 'object' | 'null';
	/** With or without fps and hash. */
	upload: 'full' | 'lean';
	/** An anonymous token's answer with or without user_id, expires_at and credits. */
	mint: 'full' | 'lean';
	/** `code` {code,message}, `data` {code,message,data:null}, `msg` {code,msg}, `success` {success:false,code,error}. */
	errorEnvelope: 'code' | 'data' | 'msg' | 'success';
	/** Fields no document names, everywhere; a client must let them pass. */
	extras: boolean;
}

const DEFAULT_SHAPES: Shapes = {
	envelope: 'code',
	session: 'data',
	sessionId: 'string',
	userId: true,
	render: 'nested',
	pendingWord: 'pending',
	draft: 'object',
	emptyDraft: 'null',
	state: 'full',
	generatedMedia: 'array',
	upload: 'full',
	mint: 'full',
	errorEnvelope: 'code',
	extras: true,
};

/** Named sets: `ref` and `seed` follow one published document each, `odd` is as awkward as allowed. */
export const SHAPE_PRESETS: Readonly<Record<string, Partial<Shapes>>> = {
	default: {},
	ref: { extras: false },
	seed: { render: 'flat', state: 'lean', userId: false, upload: 'lean', emptyDraft: 'empty' },
	cli: {
		render: 'outputUrl',
		envelope: 'success',
		errorEnvelope: 'data',
		generatedMedia: 'object',
	},
	minimal: {
		envelope: 'bare',
		session: 'top',
		userId: false,
		render: 'flat',
		emptyDraft: 'absent',
		state: 'lean',
		generatedMedia: 'null',
		upload: 'lean',
		mint: 'lean',
		errorEnvelope: 'msg',
		extras: false,
	},
	odd: {
		envelope: 'success',
		session: 'top',
		sessionId: 'number',
		render: 'snake',
		pendingWord: 'queued',
		draft: 'string',
		emptyDraft: 'empty',
		generatedMedia: 'object',
		errorEnvelope: 'success',
	},
};

/** The name of a preset, `preset,field=value,…`, or the fields that differ from the default. */
export type ShapesInput = string | Partial<Shapes>;

const CHOICES: Readonly<Record<keyof Shapes, readonly unknown[]>> = {
	envelope: ['code', 'success', 'bare'],
	session: ['data', 'top'],
	sessionId: ['string', 'number'],
	userId: [true, false],
	render: ['nested', 'flat', 'outputUrl', 'snake', 'url', 'dataOutput'],
	pendingWord: ['pending', 'queued'],
	draft: ['object', 'string'],
	emptyDraft: ['null', 'empty', 'absent'],
	state: ['full', 'lean'],
	generatedMedia: ['array', 'object', 'null'],
	upload: ['full', 'lean'],
	mint: ['full', 'lean'],
	errorEnvelope: ['code', 'data', 'msg', 'success'],
	extras: [true, false],
};

function parse(text: string): Partial<Shapes> {
	let shapes: Partial<Shapes> = {};
	for (const part of text.split(',').map((piece) => piece.trim())) {
		if (part === '') continue;
		const [name = '', value] = part.split('=', 2);
		if (value === undefined) {
			const preset = SHAPE_PRESETS[name];
			if (!preset) throw new Error(`No such shapes: ${name}`);
			shapes = { ...shapes, ...preset };
		} else {
			const parsed = value === 'true' ? true : value === 'false' ? false : value;
			shapes = { ...shapes, [name]: parsed };
		}
	}
	return shapes;
}

/**
 * @returns every field decided
 * @throws Error when a preset, a field or a value is not known
 */
export function resolveShapes(input: ShapesInput): Shapes {
	const given = typeof input === 'string' ? parse(input) : input;
	for (const [name, value] of Object.entries(given)) {
		const choices: unknown = Reflect.get(CHOICES, name);
		if (!Array.isArray(choices)) throw new Error(`No such shape: ${name}`);
		if (!choices.includes(value)) throw new Error(`Shape ${name} is not ${String(value)}`);
	}
	return { ...DEFAULT_SHAPES, ...given };
}
