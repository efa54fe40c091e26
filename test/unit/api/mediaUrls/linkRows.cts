/** A link as people have it, and what becomes of it. */
export interface LinkRow {
	what: string;
	given: unknown;
	/** The URLs that are sent; as given where it says `same`. */
	sent?: string[] | 'same';
	/** What message and advice say where it is refused. */
	refused?: RegExp;
	/** `input` unless given. */
	kind?: 'fileType';
}

const A = 'https://cdn.example/a.jpg';
const B = 'https://cdn.example/b.mp4';
const same = (rows: Record<string, string>): LinkRow[] =>
	Object.entries(rows).map(([what, given]) => ({ what, given, sent: 'same' }));
const both = (rows: Record<string, unknown>): LinkRow[] =>
	Object.entries(rows).map(([what, given]) => ({ what, given, sent: [A, B] }));
const one = (rows: Record<string, unknown>): LinkRow[] =>
	Object.entries(rows).map(([what, given]) => ({ what, given, sent: [A] }));
const refused = (rows: Record<string, [unknown, RegExp]>): LinkRow[] =>
	Object.entries(rows).map(([what, [given, says]]) => ({ what, given, refused: says }));
const noMedia = (rows: Record<string, string>): LinkRow[] =>
	Object.entries(rows).map(([what, given]) => ({
		what,
		given,
		refused: /MP4.*JPG.*MP3/s,
		kind: 'fileType',
	}));

const lists = both({
	'one a line': `${A}\n${B}`,
	'lines of Windows, with empty ones': `\r\n${A}\r\n\r\n${B}\r\n`,
	'lines of a Mac of old': `${A}\r${B}`,
	'cells of a sheet': `${A}\t${B}`,
	'lines of HTML': `${A}<br>${B}<br/>`,
	'a space between': `${A} ${B}`,
	'commas between': `${A},${B}`,
	'commas and spaces': `${A}, ${B},`,
	'semicolons between': `${A};${B}`,
	'semicolons and spaces': `${A}; ${B};`,
	'bars between': `${A}|${B}`,
	'bars with spaces': `${A} | ${B}`,
	'Chinese commas': `${A}，${B}、`,
	'a list': [A, B],
	'a list in a list': [[A], [B]],
	'a list of lines': [`${A}\n${B}`],
	'a list with holes': [A, null, '', undefined, B],
	'a list as JSON text': JSON.stringify([A, B]),
	'a list as JSON text over lines': JSON.stringify([A, B], null, 2),
	'a list as JSON text in a list': [JSON.stringify([A, B])],
	'a list as Python writes it': `['${A}', '${B}']`,
	'quotes around each': `"${A}", "${B}"`,
	'typographic quotes': `“${A}” “${B}”`,
	'a bulleted list': `- ${A}\n* ${B}`,
	'a numbered list': `1. ${A}\n2) ${B}`,
	'links of Markdown': `[front](${A}) and ![back](${B} "title")`.replace(' and ', ' '),
	'links of Markdown in angle brackets': `[front](<${A}>) ![back](<${B}> "title")`,
	'pictures of HTML': `<img alt="x" src="${A}"><img src='${B}' width=5/>`,
	'links of HTML': `<p><a href="${A}" target="_blank">front</a> <a class=x href=${B}>back</a></p>`,
	'pictures of HTML in several widths': `<img srcset="https://x.example/s.jpg 320w" src="${A}"> ${B}`,
	'links behind their names': `Photo 1: ${A}\nVideo #2: ${B}`,
	'links behind names in one line': `Front: ${A}, Back: ${B}`,
	'links behind Chinese names': `照片1： ${A} 视频： ${B}`,
	'links of a chat': `<${A}|front> <${B}>`,
	'line ends written out': `${A}\\n${B}`,
	'line ends of Windows written out': `${A}\\r\\n${B}\\r\\n`,
	"Airtable's export as CSV": `my front.jpg (${A}),clip (1).mp4 (${B})`,
});

const texts = one({
	'a zero-width space before it': `\u200B${A}`,
	'a zero-width space behind it': `${A}\u200B`,
	'a zero-width space inside': 'https://cdn.example/\u200Ba.jpg',
	'a byte order mark': `\uFEFF${A}`,
	'marks of writing direction': `\u202A${A}\u202C`,
	'a word joiner and a soft hyphen': `\u2060${A}\u00AD`,
	'a joiner at its end': `${A}\u200D`,
	'a null character': `${A}\u0000`,
	'spaces that do not break': `\u00A0${A}\u3000`,
	'JSON escapes of slashes': A.replaceAll('/', '\\/'),
	'one JSON string': JSON.stringify(A),
	'its scheme twice': `https://${A}`,
	'another scheme before it': `http://${A}`,
	'single quotes': `'${A}'`,
	backticks: `\`${A}\``,
	parentheses: `(${A})`,
	'a full stop behind it': `${A}.`,
	'a scheme in capitals': A.replace('https', 'HTTPS'),
	'no scheme, as shops write it': A.replace('https:', ''),
	'a formula with a picture': `=IMAGE("${A}")`,
	'a formula with a link': `=HYPERLINK("${A}", "Photo")`,
});

const spaces: LinkRow[] = [
	{
		what: 'spaces in its path',
		given: 'https://a.example/my photos/product 1.jpg',
		sent: ['https://a.example/my%20photos/product%201.jpg'],
	},
	{
		what: 'spaces in the paths of two',
		given: 'https://a.example/my photos/1.jpg, https://a.example/my photos/2.jpg',
		sent: ['https://a.example/my%20photos/1.jpg', 'https://a.example/my%20photos/2.jpg'],
	},
	{
		what: 'the narrow space of a screenshot',
		given: 'https://a.example/Shot at 3.45\u202FPM.png',
		sent: ['https://a.example/Shot%20at%203.45%E2%80%AFPM.png'],
	},
	{
		what: 'spaces in its query',
		given: 'https://a.example/get?name=product 1.jpg',
		sent: ['https://a.example/get?name=product%201.jpg'],
	},
	{
		what: 'letters beyond ASCII',
		given: 'https://münchen.example/größe/产品.png',
		sent: ['https://xn--mnchen-3ya.example/gr%C3%B6%C3%9Fe/%E4%BA%A7%E5%93%81.png'],
	},
	{
		what: 'a joiner that belongs to a Persian name',
		given: 'https://a.example/می\u200Cخواهم.jpg',
		sent: ['https://a.example/%D9%85%DB%8C%E2%80%8C%D8%AE%D9%88%D8%A7%D9%87%D9%85.jpg'],
	},
	{
		what: 'the ampersands of HTML',
		given: 'https://a.example/i?w=1&amp;h=2',
		sent: ['https://a.example/i?w=1&h=2'],
	},
	...Object.entries({
		'as WordPress writes it': '&#038;',
		'as a number': '&#38;',
		'as a hexadecimal number': '&#x26;',
		'escaped twice': '&amp;amp;',
		'as JSON escapes it': '\\u0026',
	}).map(([how, written]) => ({
		what: `an ampersand ${how}`,
		given: `https://a.example/i?w=1${written}h=2`,
		sent: ['https://a.example/i?w=1&h=2'],
	})),
	{
		what: 'parentheses of its own in Markdown',
		given: '[photo](https://a.example/a_(1).jpg) ![](https://a.example/b_(2).jpg "b")',
		sent: ['https://a.example/a_(1).jpg', 'https://a.example/b_(2).jpg'],
	},
	{
		what: 'another link in its path behind its own scheme',
		given: 'https://images.example/https://a.example/a.jpg',
		sent: 'same',
	},
	{
		what: "a form's token that opens one file, with a signature",
		given: 'https://storage.tally.so/private/a.jpg?id=x1&accessToken=eyJhbGciOi&signature=5f2c',
		sent: 'same',
	},
	{
		what: 'commas and semicolons of its own',
		given: 'https://res.example/w_200,h_300/a;v=1,b.jpg;https://res.example/x,y.png',
		sent: ['https://res.example/w_200,h_300/a;v=1,b.jpg', 'https://res.example/x,y.png'],
	},
	...same({
		'commas and numbers of its own': 'https://res.example/crop/0,0,300,200/i?at=1,0',
		'a comma and a dash of its own': 'https://a.example/one,-two;three.jpg',
		'a word of its own that stands for nothing': 'https://a.example/null,undefined/nan.jpg',
		'a parameter behind its file': 'https://a.example/a.jpg;v=1',
		'a size behind its file': 'https://a.example/a.jpg,w_200',
		'bars in its query': 'https://a.example/i?text=A|B',
		'a fragment behind a comma': 'https://a.example/i?a=1,#t',
	}),
	{
		what: 'another link in its path',
		given: 'https://res.cloudinary.com/demo/image/fetch/https://a.example/b.jpg',
		sent: 'same',
	},
];

const objects: LinkRow[] = [
	...both({
		'attachments of Airtable': [
			{
				id: 'att1',
				url: A,
				filename: 'a.jpg',
				thumbnails: { small: { url: 'https://t.example/s' } },
			},
			{ id: 'att2', url: B, filename: 'b.mp4' },
		],
		'attachments of Airtable as JSON text': JSON.stringify([{ url: A }, { url: B }]),
		'a property of Notion': {
			id: 'x',
			type: 'files',
			files: [
				{ name: 'a.jpg', type: 'file', file: { url: A, expiry_time: '2026-11-26T00:00:00Z' } },
				{ name: 'b.mp4', type: 'external', external: { url: B } },
			],
		},
		'images of a Shopify product': { images: [{ id: 1, src: A, alt: null }, { src: B }] },
		'images of Shopify in GraphQL': {
			images: { edges: [{ node: { url: A } }, { node: { originalSrc: B } }] },
		},
		'nodes of GraphQL': { media: { nodes: [{ image: { url: A } }, { image: { url: B } }] } },
		'files of a form': [
			{ id: 'f1', name: 'a.jpg', url: A, mimeType: 'image/jpeg', size: 3 },
			{ filename: 'b.mp4', url: B },
		],
		'what an image service answers': { images: [{ url: A, width: 1024 }, { url: B }] },
		'a list inside an answer': { output: [A, B], urls: { get: 'https://api.example/p/1' } },
		'a product of Shopify': { image: { src: A }, images: [{ src: A }, { src: B }] },
		'a product of Shopify in GraphQL': {
			featuredImage: { url: `${A}?v=1` },
			images: { edges: [{ node: { url: A } }, { node: { url: B } }] },
			media: { nodes: [{ image: { url: `${A}?v=2` } }] },
		},
		'a product of Shopify as JSON text': JSON.stringify({
			image: { src: B },
			images: [{ src: A }, { src: B }],
		}),
		'a picture beside a gallery': { image: A, gallery: [B] },
		'a picture beside additional ones': { imageUrl: A, additionalImages: [B] },
		'an empty picture beside a gallery': { image: { src: null }, gallery: [{ url: A }, B] },
		'a link beside files': { url: A, files: [{ url: A }, { url: B }], tags: ['new'] },
		'a carousel of Instagram': {
			media_url: A,
			permalink: 'https://www.instagram.com/p/x/',
			children: { data: [{ media_url: A }, { media_url: B }] },
		},
		'pictures and videos of a post': { images: [A], videos: [B], links: ['https://x.example'] },
		"this package's own upload": { sessionId: '1', files: [{ cdnUrl: A }, { cdnUrl: B }] },
	}),
	...one({
		'an object with a URL': { url: A },
		'a link beside a list of none': { url: A, files: [{ name: 'a.jpg' }], media: ['photo'] },
		'a file of Notion': { type: 'file', file: { url: A } },
		'an image block of Notion': {
			type: 'image',
			image: { type: 'external', external: { url: A } },
		},
		'a file of Google Drive': {
			kind: 'drive#file',
			id: '1AbC',
			webViewLink: 'https://drive.google.com/file/d/1AbC/view',
			webContentLink: A,
			thumbnailLink: 'https://lh3.googleusercontent.com/x',
		},
		'a file of OneDrive': {
			'@microsoft.graph.downloadUrl': A,
			webUrl: 'https://acme.sharepoint.com/x',
		},
		'a file of Box': { shared_link: { url: 'https://app.box.com/s/x', download_url: A } },
		'a file of GitHub': {
			url: 'https://api.github.com/x',
			html_url: 'https://g.example',
			download_url: A,
		},
		'a picture of WordPress': { link: 'https://blog.example/photo', source_url: A },
		'a picture of WooCommerce': { id: 3, src: A, name: 'front' },
		'a picture of Unsplash': {
			urls: { raw: `${A}?ixid=1`, full: A, thumb: 'https://t.example/s' },
			links: { html: 'https://unsplash.com/photos/x' },
		},
		'a picture of Pexels': {
			url: 'https://www.pexels.com/photo/x-1/',
			src: { original: A, tiny: 'https://t.example/s' },
		},
		'a picture of Pixabay': { pageURL: 'https://pixabay.com/photos/x/', largeImageURL: A },
		'an upload to Cloudinary': { url: A.replace('https', 'http'), secure_url: A },
		'an upload to S3': { Location: A, Bucket: 'b', Key: 'a.jpg' },
		'an asset of Contentful': { fields: { file: { url: A.replace('https:', '') } } },
		'an enclosure of a feed': { enclosure: { url: A, type: 'image/jpeg' } },
		'an asset of Monday': { url: 'https://acme.monday.com/protected', public_url: A },
		'a post of Instagram': { permalink: 'https://www.instagram.com/p/x/', media_url: A },
		'an answer with one file': { data: { video: { url: A } } },
		'names in capitals': { URL: A },
		'a location that is a place': { location: 'Berlin', link: A },
	}),
	{
		what: 'a video of Pexels, in its best quality',
		given: {
			url: 'https://www.pexels.com/video/1/',
			video_files: [
				{ width: 640, link: A },
				{ width: 1920, link: B },
			],
		},
		sent: [B],
	},
	...refused({
		'an object without a link': [{ id: 1, name: 'a.jpg' }, /object.*'id', 'name'/s],
		'an empty object': [{}, /object/],
		'a file of n8n': [
			{ mimeType: 'image/png', data: 'AAAA', fileExtension: 'png' },
			/file instead.*Source.*Binary File/s,
		],
		'a folder of Google Drive': [
			{ webViewLink: 'https://drive.google.com/drive/folders/1AbC' },
			/single file/,
		],
		'a file of Slack': [
			{ url_private: 'https://files.slack.com/files-pri/T1-F1/a.jpg', permalink: 'https://x' },
			/object/,
		],
		'a URL that is none': [{ url: 'a.jpg' }, /'a\.jpg'.*not a web address/s],
	}),
];

const files = same({
	'a file': A,
	'a file with a query': 'https://cdn.example/photo.JPG?download=1',
	'no ending': 'https://cdn.example/image?id=7',
	'a folder with a point': 'https://cdn.example/v1.2/render',
	'an ending that nobody knows': 'https://cdn.example/clip.final',
	'a PHP script': 'https://files.example/download.php?file=clip.mp4',
	'an ASP script': 'https://files.example/get.aspx?id=4',
	'an ASP handler': 'https://files.example/media.ashx?h=1',
	'a Java page': 'https://files.example/stream.jsp?v=2',
	'a download parameter': 'https://files.example/download?id=8',
	'a SharePoint download':
		'https://x-my.sharepoint.com/personal/me/_layouts/15/download.aspx?UniqueId=4',
	'a SharePoint file': 'https://acme.sharepoint.com/sites/t/Shared%20Documents/clip.mp4?tempauth=x',
	'a OneDrive download': 'https://onedrive.live.com/download?resid=1&authkey=2',
	"OneDrive's API": 'https://api.onedrive.com/v1.0/shares/s!A/root/content',
	"Vimeo's file of a video": 'https://player.vimeo.com/external/1.hd.mp4?s=abc&profile_id=1',
	"Vimeo's file by a redirect":
		'https://player.vimeo.com/progressive_redirect/playback/1/rendition/720p/file.mp4?loc=x',
	"Google Drive's thumbnail": 'https://drive.google.com/thumbnail?id=1AbC&sz=w1000',
	"Google Drive's download": 'https://drive.google.com/uc?export=download&id=1AbC',
	"Google Drive's download for one of several accounts":
		'https://drive.google.com/u/0/uc?id=1AbC&export=download',
	"Google Drive's download of large files":
		'https://drive.usercontent.google.com/download?id=1&export=download&confirm=t',
	"Google's host of pictures": 'https://lh3.googleusercontent.com/d/1AbC=w1000',
	'an exported slide': 'https://docs.google.com/presentation/d/1AbC/export/png?pageid=p',
	'a Dropbox download': 'https://www.dropbox.com/scl/fi/a/v.mp4?rlkey=1&dl=1',
	'a raw Dropbox file': 'https://www.dropbox.com/s/abc/photo.jpg?raw=1',
	"Dropbox's host of files": 'https://dl.dropboxusercontent.com/s/abc/photo.jpg',
	'a file in a shared folder of Dropbox':
		'https://www.dropbox.com/scl/fo/a/b/photo.jpg?rlkey=1&dl=1',
	"YouTube's picture of a video": 'https://img.youtube.com/vi/abc/0.jpg',
	"WeTransfer's host of files": 'https://download.wetransfer.com/eugv/abc/clip.mp4?token=x',
	"Box's static file": 'https://app.box.com/shared/static/abc.mp4',
	"MediaFire's host of files": 'https://download1234.mediafire.com/x/abc/clip.mp4',
	"Imgur's picture": 'https://i.imgur.com/abcdef.jpg',
	"Giphy's file": 'https://media.giphy.com/media/abc123/giphy.gif',
	'a raw file of GitHub': 'https://github.com/a/b/blob/main/c.mp4?raw=true',
	"Wikimedia's file": 'https://commons.wikimedia.org/wiki/Special:FilePath/Cat.jpg',
	"Unsplash's download": 'https://unsplash.com/photos/abc/download?force=true',
	"Pexels' download": 'https://www.pexels.com/download/video/123/',
	"Telegram's file outside the bot API": 'https://cdn4.telesco.pe/file/abc.jpg?token=x',
	'a signed file of S3':
		'https://b.s3.amazonaws.com/a.mp4?X-Amz-Credential=AK%2F1&X-Amz-Signature=2&X-Amz-Security-Token=3',
	'a file of Firebase': 'https://firebasestorage.googleapis.com/v0/b/x/o/a.jpg?alt=media&token=1-2',
	'a signed file of Supabase':
		'https://x.supabase.co/storage/v1/object/sign/b/a.mp4?token=eyJhbGciOiJIUzI1NiJ9.e30.x',
	'a file of Airtable': 'https://v5.airtableusercontent.com/v3/u/1/1/abc/def',
	'a file of Notion':
		'https://prod-files-secure.s3.us-west-2.amazonaws.com/a/b/c.png?X-Amz-Signature=1',
	'a picture of Notion': 'https://www.notion.so/image/https%3A%2F%2Fx.example%2Fa.png?table=block',
	'a HEIC that is delivered as JPG': 'https://x.imgix.net/photo.heic?fm=jpg',
	'a TIFF that Cloudinary converts': 'https://res.cloudinary.com/demo/image/upload/f_jpg/scan.tiff',
	'an address by number': 'https://203.0.113.7:8443/a.png',
});

const DRIVE = /uc\?export=download&id=1AbC(?!\w).*share the file/s;
const pages = refused({
	'a page of Google Drive': ['https://drive.google.com/file/d/1AbC/view?usp=sharing', DRIVE],
	'a preview of Google Drive': ['https://drive.google.com/file/d/1AbC/preview', DRIVE],
	'an open link of Google Drive': ['https://drive.google.com/open?id=1AbC', DRIVE],
	'a page of a company in Google Drive': [
		'https://drive.google.com/a/acme.example/file/d/1AbC/view',
		DRIVE,
	],
	'a page for one of several accounts': ['https://drive.google.com/file/u/1/d/1AbC/view', DRIVE],
	'a page with a resource key': [
		'https://drive.google.com/file/d/1AbC/view?resourcekey=0-x',
		/id=1AbC&resourcekey=0-x/,
	],
	'links of a Google form': [
		'https://drive.google.com/open?id=1AbC, https://drive.google.com/open?id=2',
		DRIVE,
	],
	'a folder of Google Drive': ['https://drive.google.com/drive/folders/1AbC', /single file/],
	'a Google document': ['https://docs.google.com/document/d/1AbC/edit', /Download the file/],
	'a page of Dropbox': [
		'https://www.dropbox.com/s/abc/a.mp4?dl=0&rlkey=1',
		/https:\/\/www\.dropbox\.com\/s\/abc\/a\.mp4\?rlkey=1&dl=1/,
	],
	'a page of Dropbox without dl': [
		'https://www.dropbox.com/scl/fi/a/v.mp4?rlkey=1',
		/rlkey=1&dl=1/,
	],
	'a folder of Dropbox': ['https://www.dropbox.com/scl/fo/abc/def?rlkey=1&dl=1', /single file/],
	'a short link of OneDrive': ['https://1drv.ms/v/s!Abc', /Download the file/],
	'a page of OneDrive': ['https://onedrive.live.com/?id=1&cid=2', /Download the file/],
	'an embedded page of OneDrive': [
		'https://onedrive.live.com/embed?resid=1&authkey=2',
		/onedrive\.live\.com\/download\?resid=1&authkey=2/,
	],
	'a page of SharePoint': [
		'https://acme.sharepoint.com/:v:/s/x?e=1',
		/\/:v:\/s\/x\?e=1&download=1/,
	],
	'a folder of SharePoint': ['https://acme.sharepoint.com/:f:/s/x?e=1', /single file/],
	'the viewer of SharePoint': [
		'https://acme-my.sharepoint.com/personal/me/_layouts/15/onedrive.aspx?id=1',
		/Download the file/,
	],
	'a page of iCloud': ['https://www.icloud.com/iclouddrive/0abc#photo', /Download the file/],
	'photos shared by iCloud': ['https://share.icloud.com/photos/0abc', /Download the file/],
	'an album of Google Photos': ['https://photos.app.goo.gl/abc', /Download the file/],
	'a page of Box': ['https://app.box.com/s/abc', /Download the file/],
	'a page of WeTransfer': ['https://wetransfer.com/downloads/abc', /Download the file/],
	'a short link of WeTransfer': ['https://we.tl/t-abc', /Download the file/],
	'a file of MEGA': ['https://mega.nz/file/abc#key.mp4', /Download the file/],
	'a page of MediaFire': ['https://www.mediafire.com/file/abc/clip.mp4/file', /Download the file/],
	'a page of Baidu': ['https://pan.baidu.com/s/1abc', /Download the file/],
	'a page of Nextcloud': [
		'https://cloud.example/index.php/s/AbCdEfGhIjKlMnO',
		/index\.php\/s\/AbCdEfGhIjKlMnO\/download/,
	],
	'a page of GitHub': [
		'https://github.com/a/b/blob/main/c.mp4',
		/github\.com\/a\/b\/raw\/main\/c\.mp4/,
	],
	'a page of GitLab': ['https://gitlab.com/a/b/-/blob/main/c.mp4', /\/-\/raw\/main\/c\.mp4/],
	'a page of Hugging Face': [
		'https://huggingface.co/a/b/blob/main/c.mp4',
		/\/resolve\/main\/c\.mp4/,
	],
	'a page of Wikimedia': [
		'https://commons.wikimedia.org/wiki/File:Cat.jpg',
		/wiki\/Special:FilePath\/Cat\.jpg/,
	],
	'a page of Wikipedia in German': [
		'https://de.wikipedia.org/wiki/Datei:Katze.jpg',
		/wiki\/Special:FilePath\/Katze\.jpg/,
	],
	'a video of YouTube': ['https://www.youtube.com/watch?v=abc', /address of the file itself/],
	'a short of YouTube': ['https://m.youtube.com/shorts/abc', /address of the file itself/],
	'a short link of YouTube': ['https://youtu.be/abc', /address of the file itself/],
	'a video of Vimeo': ['https://vimeo.com/123456789', /address of the file itself/],
	'the player of Vimeo': ['https://player.vimeo.com/video/123', /address of the file itself/],
	'a video of TikTok': ['https://www.tiktok.com/@me/video/1', /address of the file itself/],
	'a short link of TikTok': ['https://vm.tiktok.com/ZMabc/', /address of the file itself/],
	'a reel of Instagram': ['https://www.instagram.com/reel/abc/', /address of the file itself/],
	'a post of X': ['https://x.com/me/status/1', /address of the file itself/],
	'a video of Facebook': ['https://www.facebook.com/watch/?v=1', /address of the file itself/],
	'a video of Bilibili': ['https://www.bilibili.com/video/BV1', /address of the file itself/],
	'a page of Imgur': ['https://imgur.com/abcdef', /address of the file itself/],
	"Imgur's page of a video": ['https://i.imgur.com/abcdef.gifv', /i\.imgur\.com\/abcdef\.mp4/],
	'a page of Giphy': ['https://giphy.com/gifs/cat-fun-AbC123x', /media\/AbC123x\/giphy\.gif/],
	'a page of Unsplash': ['https://unsplash.com/photos/a-cat-abc', /address of the file itself/],
	'a page of Pexels': ['https://www.pexels.com/photo/cat-123/', /address of the file itself/],
	'a video of Loom': ['https://www.loom.com/share/abc', /address of the file itself/],
	'a design of Canva': ['https://www.canva.com/design/abc/view', /address of the file itself/],
	'a page of Airtable': ['https://airtable.com/appAbc/tblDef', /Download the file/],
	'a page of Notion': [
		'https://www.notion.so/acme/Photos-0123456789abcdef0123456789abcdef',
		/Download the file/,
	],
	"Google's link of a search": [
		'https://www.google.com/url?q=https%3A%2F%2Fcdn.example%2Fa.jpg&sa=D',
		/Use https:\/\/cdn\.example\/a\.jpg/,
	],
	"Outlook's safe link": [
		'https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fcdn.example%2Fa.jpg',
		/Use https:\/\/cdn\.example\/a\.jpg/,
	],
	'a file of Slack': ['https://files.slack.com/files-pri/T1-F1/a.jpg', /needs a login.*Download/s],
	'a file of WhatsApp': [
		'https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1',
		/needs a login.*Download/s,
	],
	'a file of Typeform': [
		'https://api.typeform.com/forms/f/responses/r/fields/x/files/a.jpg',
		/needs a login.*Download/s,
	],
});

const SECRET = /NemoVideo would receive it.*[Dd]ownload the file/s;
const secrets = refused({
	"a Telegram bot's file": [
		'https://api.telegram.org/file/bot123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw/photos/1.jpg',
		SECRET,
	],
	"a Telegram bot's file with a placeholder": [
		'https://api.telegram.org/file/bot<token>/photos/1.jpg',
		SECRET,
	],
	"a bot's file on a server of one's own": [
		'https://tg.example/file/bot123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw/a.mp4',
		SECRET,
	],
	'a name and a password': ['https://user:AAHdqTcv@files.example/a.mp4', SECRET],
	'a name alone': ['https://user@files.example/a.mp4', SECRET],
	'an access token': ['https://graph.example/v1/a.jpg?access_token=AAHdqTcvCH1v', SECRET],
	'an API key': ['https://api.example/a.jpg?api-key=AAHdqTcvCH1v', SECRET],
	"a key of Google's": [
		'https://maps.googleapis.com/maps/api/staticmap?key=AIzaSyAAHdqTcvCH1vGWJxfSeofSAs0K5PALDsa',
		SECRET,
	],
	'a token of NemoVideo': ['https://files.example/a.mp4?t=nmv_usr_AAHdqTcvCH1v', SECRET],
	'a token in the fragment': ['https://files.example/a.mp4#access_token=AAHdqTcvCH1v', SECRET],
});

const nothing = refused({
	nothing: ['', /is empty/],
	'only spaces and separators': [' \n ,;| ', /is empty/],
	'an empty list': [[], /is empty/],
	'an empty list as text': ['[]', /is empty/],
	'a list of nothing': [[null, '', '\u200B'], /is empty/],
	'a number': [7, /a number/],
	'true in a list': [[true], /a boolean/],
	'an expression as plain text': ['{{ $json.url }}', /Expression/],
	'an expression inside a URL': ['https://x.example/{{$json.id}}.png', /Expression/],
	'a word': ['hello', /'hello'.*https:\/\//s],
	'a path': ['/home/me/a.jpg', /web address/],
	'a path of Windows': ['C:\\photos\\a.jpg', /web address/],
	'no scheme': ['files.example/a.mp4', /web address/],
	'no host': ['https://', /web address/],
	'one slash': ['https:/files.example/a.mp4', /web address/],
	'no slash': ['https:files.example/a.mp4', /web address/],
	'a misspelled scheme': ['htttps://files.example/a.mp4', /web address/],
	'another protocol': ['ftp://files.example/a.mp4', /web address/],
	'a local file': ['file:///etc/passwd', /web address/],
	'a script': ['javascript:alert(1)', /web address/],
	'data in the address': ['data:image/png;base64,AAAA', /web address/],
	'a file of the browser': ['blob:https://app.example/1-2', /web address/],
	'one wrong line of three': [`${A}\nb.jpg\n${B}`, /'b\.jpg'/],
	'a name behind a link': [`${A} b.jpg`, /'b\.jpg'/],
	'words behind a link': [`${A} and make it slow`, /'and make it slow'/],
	'words behind a path with spaces': ['https://a.example/my photos/1.jpg slowly', /'slowly'/],
	'words behind a comma': ['https://a.example/i?id=3, then slowly', /'then slowly'/],
	'a name behind a comma without a space': [`${A},b.jpg`, /'b\.jpg'/],
	'a bad value behind a link without a scheme': ['//cdn.example/a.jpg, #N/A', /'#N\/A'/],
	'a bad value between two links': [`${A}, #N/A, ${B}`, /'#N\/A'/],
	'several bad values': [`${A}, undefined, null`, /'undefined, null'/],
	'a bad value in an object': [{ url: `${A}; n/a` }, /'n\/a'/],
	...besideALink(['#N/A', '#REF!', 'undefined', 'null', '-', '—', 'n/a', 'TBD', 'Loading...']),
});

/** What a cell gives that has no value, behind a good link and each of the separators. */
function besideALink(values: string[]): Record<string, [unknown, RegExp]> {
	const links = [A, 'https://cdn.example/photo?id=3'];
	const rows = links.flatMap((link) =>
		values.flatMap((value) =>
			[', ', ',', '; ', ';', ' | ', '|', ' ', '，'].map((between): [string, [unknown, RegExp]] => [
				`a bad value behind it: ${link}${between}${value}`,
				[
					`${link}${between}${value}`,
					new RegExp(`contains '${value.replace(/[.]/g, '\\.')}', which`),
				],
			]),
		),
	);
	return Object.fromEntries(rows);
}

const unsupported = noMedia({
	'a web page': 'https://x.example/page.html',
	'a document': 'https://x.example/a.pdf',
	'a photo of an iPhone': 'https://x.example/a/photo.HEIC?x=1',
	'a TIFF': 'https://x.example/a.TIFF',
	'an AVIF': 'https://x.example/a.avif',
	'a vector picture': 'https://x.example/a.svg',
	'a playlist of a stream': 'https://x.example/live.m3u8',
	'lossless sound': 'https://x.example/a.flac',
	'an archive': 'https://x.example/photos.zip',
});

/** Every link that the tests try. */
export const LINK_ROWS: readonly LinkRow[] = [
	...lists,
	...texts,
	...spaces,
	...objects,
	...files,
	...pages,
	...secrets,
	...nothing,
	...unsupported,
];
