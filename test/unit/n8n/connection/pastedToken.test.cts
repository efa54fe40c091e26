import { readCredential } from '../../../../src/n8n/connection/credential';
import { isToken } from '../../../../src/n8n/connection/pastedToken';

const TOKEN = 'nmv_usr_Ab-c_123';

it.each([
	TOKEN,
	` ${TOKEN}\n`,
	`Bearer ${TOKEN}`,
	`bearer  ${TOKEN}`,
	`Authorization: Bearer ${TOKEN}`,
	`-H "Authorization: Bearer ${TOKEN}"`,
	`"${TOKEN}"`,
	`'${TOKEN}'`,
	`“${TOKEN}”`,
	`"Bearer ${TOKEN}",`,
	`NEMO_TOKEN=${TOKEN}`,
	`export NEMO_TOKEN="${TOKEN}"`,
	`NEMO_TOKEN: ${TOKEN};`,
	`\u200b${TOKEN}\uFEFF`,
	`nmv_usr_\nAb-c_123`,
	`<${TOKEN}>`,
])('a token is found in what was pasted: %j', (token) => {
	expect(readCredential({ token }).token).toBe(TOKEN);
});

it.each(['two words', 'clé', '令牌', ''])('%j is no token', (token) => {
	expect(isToken(token)).toBe(false);
});

it('a token of any ASCII letters is one', () => {
	expect(isToken(TOKEN)).toBe(true);
	expect(isToken('eyJ.a+b/c==')).toBe(true);
});
