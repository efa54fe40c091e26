import { withShortNames } from '../../../tools/shortNames.cjs';

describe('the short names of the packed code', () => {
	it('are those of constants, wherever they are used', () => {
		const code =
			'const LIMIT=2,text_1=require("./text");function cut(e){return text_1.cut(e,LIMIT)}';
		expect(withShortNames(code)).toBe(
			'const _0=2,_1=require("./text");function cut(e){return _1.cut(e,_0)}',
		);
	});

	it('are none of functions and classes, which stack traces show', () => {
		const code = 'const send=()=>1,Other=class{},named=function(){};class Client{}';
		expect(withShortNames(code)).toBe(code);
	});

	it('leave properties as they are', () => {
		const code = 'const LIMIT=2;exports.a={LIMIT,b:x.LIMIT,LIMIT:1,[LIMIT]:3};const{LIMIT:l}=x;';
		expect(withShortNames(code)).toBe(
			'const _0=2;exports.a={LIMIT:_0,b:x.LIMIT,LIMIT:1,[_0]:3};const{LIMIT:l}=x;',
		);
	});

	it('find those in templates, and take none that is there', () => {
		expect(withShortNames('const WORDS="a",_0=1;x(`${WORDS}WORDS`)')).toBe(
			'const _1="a",_0=1;x(`${_1}WORDS`)',
		);
	});

	it('leave a name alone that a function has as well', () => {
		const code = 'const LIMIT=2;function cut(LIMIT){return LIMIT}';
		expect(withShortNames(code)).toBe(code);
	});
});
