/** Hosts of one machine, one network or one Docker project. */
const PRIVATE =
	/^(?:localhost|[^.:]+|.+\.(?:localhost|local|lan|internal)|(?:0|10|127)(?:\.\d+){3}|192\.168(?:\.\d+){2}|169\.254(?:\.\d+){2}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d+){2}|\[(?:::1?|f[cd][\da-f]{2}:.*|fe80:.*)\])$/i;

/** Whether only programs near it can reach an address. */
export function isPrivateAddress(address: string): boolean {
	return URL.canParse(address) && PRIVATE.test(new URL(address).hostname);
}
