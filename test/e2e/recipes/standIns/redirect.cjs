'use strict';

/**
 * Loaded into n8n before anything else: what n8n's nodes send to services with a fixed address goes
 * to the stand-ins on this machine. The nodes themselves run unchanged.
 */
const http = require('node:http');
const https = require('node:https');
const { urlToHttpOptions } = require('node:url');

const SERVICES = /(?:^|\.)(?:googleapis\.com|api\.airtable\.com|slack\.com|api\.notion\.com)$/;
const port = Number(process.env.STAND_INS_PORT);
const request = https.request;

function optionsOf(args) {
	const parts = args.filter((arg) => typeof arg !== 'function');
	const [first, second] = parts.map((part) => (typeof part === 'string' ? new URL(part) : part));
	return { ...(first instanceof URL ? urlToHttpOptions(first) : first), ...second };
}

https.request = (...args) => {
	const options = optionsOf(args);
	const host = options.hostname ?? options.host ?? '';
	if (!SERVICES.test(host)) return request(...args);
	const headers = { ...options.headers, host };
	const callback = args.find((arg) => typeof arg === 'function');
	const there = {
		protocol: 'http:',
		hostname: '127.0.0.1',
		host: '127.0.0.1',
		port,
		agent: undefined,
	};
	return http.request({ ...options, ...there, headers }, callback);
};
