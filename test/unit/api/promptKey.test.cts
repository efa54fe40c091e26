import { promptKey } from '../../../src/api/promptKey';

const PROMPT = 'Make a film of the café at dawn';

it.each([
	['blanks around it', `  ${PROMPT} `],
	['a line break at its end', `${PROMPT}\r\n`],
	['a byte order mark', `\uFEFF${PROMPT}`],
	['two blanks for one', PROMPT.replace(' ', '  ')],
	['line breaks for blanks', PROMPT.replaceAll(' ', '\n')],
	['a no-break space', PROMPT.replace(' ', '\u00A0')],
	['an ideographic space', PROMPT.replace(' ', '\u3000')],
	['a zero width space', PROMPT.replace('film', 'fi\u200Blm')],
	['a soft hyphen', PROMPT.replace('film', 'fi\u00ADlm')],
	['direction marks', `\u200E${PROMPT}\u200F`],
	['a decomposed accent', PROMPT.normalize('NFD')],
	['a control character', `${PROMPT}\u0000`],
])('a prompt is the same with %s', (_what, same) => {
	expect(promptKey(same)).toBe(promptKey(PROMPT));
});

it.each([PROMPT.toLowerCase(), `${PROMPT}.`, PROMPT.replaceAll(' ', ''), PROMPT.replace('é', 'e')])(
	'another prompt stays another one: %j',
	(other) => expect(promptKey(other)).not.toBe(promptKey(PROMPT)),
);
