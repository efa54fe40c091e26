import { isPrivateAddress } from '../../../../src/text/links/urlSecrets';

const PRIVATE =
	'localhost localhost:5678 127.0.0.1 10.0.0.8 192.168.1.5:9000 172.16.0.1 172.31.255.1 169.254.1.1 0.0.0.0 minio:9000 nas.local app.localhost [::1] [fd00::1] [fe80::1]';
const PUBLIC =
	'ex.com 8.8.8.8 172.32.0.1 172.15.0.1 11.0.0.1 192.169.1.1 10.example.com localhost.example.com my.localexample.com [2001:db8::1]';

describe('an address', () => {
	it.each(PRIVATE.split(' '))('at %s is reached from its own network alone', (host) => {
		expect(isPrivateAddress(`http://${host}/a.jpg`)).toBe(true);
	});

	it.each(PUBLIC.split(' '))('at %s may be reached from everywhere', (host) => {
		expect(isPrivateAddress(`https://${host}/a.jpg`)).toBe(false);
	});
});
