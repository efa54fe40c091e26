import type { Endpoint } from './response';

export const RENDER_PATH = '/api/render/proxy/lambda';
export const GET_RENDER: Endpoint = {
	method: 'GET',
	path: `${RENDER_PATH}/{render}`,
	notFound: 'render',
};
export const SUBMIT: Endpoint = { method: 'POST', path: RENDER_PATH };
export const CANCEL: Endpoint = {
	method: 'POST',
	path: `${RENDER_PATH}/{render}/cancel`,
	notFound: 'render',
};
export const DOWNLOAD: Endpoint = {
	method: 'GET',
	path: '/api/render/proxy/{render}/download',
	notFound: 'render',
};
