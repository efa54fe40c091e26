import { giphyFile, googleFile, hasParameter, withParameter, withPath } from './directLinks';

/** A site that people copy links from which lead to a page about a file. */
export interface Site {
	/** Host names; every host below them counts too. */
	hosts: readonly string[];
	/** Which paths are pages, without the language some sites put before them. */
	pages: RegExp;
	/** Its pages may end like the file they show; elsewhere such an ending means the file itself. */
	namesPages?: true;
	/** Which paths are folders of files. */
	folders?: RegExp;
	/** Whether parameters of the link make a file of the page. */
	isFile?(url: URL): boolean;
	/** The address of the file behind a page, where the link tells it. */
	direct?(url: URL): string | undefined;
	/** It shows its files only to people and programs that are logged in. */
	needsLogin?: true;
	/** People look at its pages; there is no node to download from it. */
	isPortal?: true;
}

/** Every link. */
const ANY = /^/;

/** The first that fits decides. */
export const SITES: readonly Site[] = [
	// Drives
	{
		hosts: ['drive.google.com'],
		pages:
			/^\/(?:a\/[^/]+\/|u\/\d+\/)*(?:file\/|open\b|drive\b|folderview\b|embeddedfolderview\b|$)/,
		folders: /\/folders?\/|folderview/,
		direct: googleFile,
	},
	{ hosts: ['docs.google.com'], pages: /^\/file\//, direct: googleFile },
	{
		hosts: ['docs.google.com'],
		pages: /^\/(?:document|spreadsheets|presentation|forms|drawings)\/(?!.*\/(?:export|pub)\b)/,
	},
	{
		hosts: ['dropbox.com'],
		pages: /^\/(?:s|scl|sh|l|home|preview)\//,
		namesPages: true,
		folders: /^\/(?:sh|scl\/fo)\/(?!.*\.\w{3,4}$)/,
		isFile: hasParameter('dl=1', 'raw=1'),
		direct: withParameter('dl', '1'),
	},
	{ hosts: ['1drv.ms'], pages: ANY },
	{
		hosts: ['onedrive.live.com'],
		pages: /^\/(?!download(?:\.aspx)?\b)/,
		isFile: hasParameter('download=1'),
		direct: (url) => (url.pathname === '/embed' ? withPath('/embed', '/download')(url) : undefined),
	},
	{
		hosts: ['sharepoint.com'],
		pages: /^\/:[a-z]:\/|\/_layouts\/15\/(?:onedrive|stream|doc2?|wopiframe2?|viewer)\.aspx/i,
		folders: /^\/:f:\//i,
		isFile: hasParameter('download=1'),
		direct: (url) =>
			url.pathname.startsWith('/:') ? withParameter('download', '1')(url) : undefined,
	},
	{ hosts: ['share.icloud.com'], pages: ANY },
	{ hosts: ['icloud.com'], pages: /^\/(?:iclouddrive|photos|sharedalbum|attachment)\b/ },
	{ hosts: ['photos.app.goo.gl', 'photos.google.com'], pages: ANY },
	{ hosts: ['box.com'], pages: /^\/(?:s|v|file|folder|embed)\// },
	{ hosts: ['wetransfer.com'], pages: /^\/(?:downloads\/|t-)/ },
	{ hosts: ['we.tl', 'mega.nz', 'mega.io', 'yadi.sk'], pages: ANY, namesPages: true },
	{ hosts: ['pcloud.link'], pages: /^\/publink\// },
	{ hosts: ['mediafire.com'], pages: /^\/(?:file|folder|view)\//, namesPages: true },
	{ hosts: ['disk.yandex.ru', 'disk.yandex.com'], pages: /^\/(?:i|d|a|public)\b/ },
	{
		hosts: ['pan.baidu.com', 'pan.quark.cn', 'aliyundrive.com', 'alipan.com'],
		pages: /^\/s(?:hare)?\//,
	},

	// Code and encyclopedias: their pages carry the name of the file
	{
		hosts: ['github.com'],
		pages: /^\/[^/]+\/[^/]+\/blob\//,
		namesPages: true,
		isFile: hasParameter('raw=true', 'raw=1'),
		direct: withPath('/blob/', '/raw/'),
	},
	{
		hosts: ['gitlab.com'],
		pages: /\/-\/blob\//,
		namesPages: true,
		direct: withPath('/blob/', '/raw/'),
	},
	{
		hosts: ['bitbucket.org'],
		pages: /^\/[^/]+\/[^/]+\/src\//,
		namesPages: true,
		direct: withPath('/src/', '/raw/'),
	},
	{
		hosts: ['huggingface.co'],
		pages: /\/blob\//,
		namesPages: true,
		direct: withPath('/blob/', '/resolve/'),
	},
	{
		hosts: ['wikimedia.org', 'wikipedia.org'],
		pages: /^\/wiki\/[^/:]+(?::|%3a)[^/]+\.\w{3,4}$/i,
		namesPages: true,
		direct: withPath(/^\/wiki\/[^/:]+(?::|%3a)/i, '/wiki/Special:FilePath/'),
	},
	{ hosts: ['archive.org'], pages: /^\/details\//, namesPages: true },

	// Video, pictures and sound
	{
		hosts: ['youtube.com', 'youtube-nocookie.com'],
		pages: /^\/(?:$|@|(?:watch|shorts|live|embed|playlist|clip|channel|c|user|results|v)\b)/,
		isPortal: true,
	},
	{
		hosts: ['vimeo.com'],
		pages: /^\/(?:\d+|channels|groups|album|showcase|event|video|manage|ondemand|$)/,
		isPortal: true,
	},
	{
		hosts: ['vm.tiktok.com', 'vt.tiktok.com', 'youtu.be', 'fb.watch', 'pin.it', 'b23.tv'],
		pages: ANY,
		isPortal: true,
	},
	{ hosts: ['tiktok.com'], pages: /^\/(?:$|@|t\/|v\/|embed)/, isPortal: true },
	{
		hosts: ['instagram.com'],
		pages: /^\/(?:[\w.]+\/)?(?:p|reels?|tv|stories|share)\/(?!.*\/media\/)/,
		isPortal: true,
	},
	{
		hosts: ['facebook.com'],
		pages:
			/^\/(?:watch|reel|share|story\.php|photo|permalink\.php|[^/]+\/(?:videos|posts|photos))\b/,
		isPortal: true,
	},
	{ hosts: ['x.com', 'twitter.com'], pages: /^\/[^/]+\/status\/|^\/i\//, isPortal: true },
	{ hosts: ['pinterest.com'], pages: /^\/pin\//, isPortal: true },
	{ hosts: ['linkedin.com'], pages: /^\/(?:posts|feed)\//, isPortal: true },
	{ hosts: ['v.redd.it'], pages: /^\/\w+\/?$/, isPortal: true },
	{ hosts: ['reddit.com'], pages: /^\/(?:r|user)\/[^/]+\/(?:comments|s)\//, isPortal: true },
	{
		hosts: ['i.imgur.com'],
		pages: /\.gifv$/i,
		direct: withPath(/\.gifv$/i, '.mp4'),
	},
	{ hosts: ['imgur.com'], pages: /^\/(?:a|gallery|t)\/|^\/\w+\/?$/, isPortal: true },
	{ hosts: ['giphy.com'], pages: /^\/(?:gifs|stickers|clips|embed)\//, direct: giphyFile },
	{ hosts: ['tenor.com'], pages: /^\/(?:[\w-]+\/)?view\//, isPortal: true },
	{ hosts: ['unsplash.com'], pages: /^\/(?:[a-z]{2}\/)?photos\/[^/]+\/?$/, isPortal: true },
	{
		hosts: ['pexels.com'],
		pages: /^\/(?:[a-z]{2}(?:-[a-z]{2})?\/)?(?:photo|video|foto)\/[^/]+\/?$/,
		isPortal: true,
	},
	{
		hosts: ['pixabay.com'],
		pages: /^\/(?:[a-z]{2}\/)?(?:photos|videos|illustrations|vectors|music|gifs)\/[^/]+\/?$/,
		isPortal: true,
	},
	{ hosts: ['flickr.com'], pages: /^\/photos\//, isPortal: true },
	{
		hosts: ['flic.kr', 'open.spotify.com', 'soundcloud.com', 'app.frame.io', 'f.io'],
		pages: ANY,
		isPortal: true,
	},
	{ hosts: ['loom.com'], pages: /^\/(?:share|embed)\//, isPortal: true },
	{ hosts: ['streamable.com'], pages: /^\/\w+\/?$/, isPortal: true },
	{ hosts: ['canva.com', 'figma.com'], pages: /^\/(?:design|file|proto|board)\//, isPortal: true },
	{ hosts: ['dailymotion.com', 'bilibili.com', 'douyin.com'], pages: /^\/video\//, isPortal: true },
	{
		hosts: ['v.douyin.com', 'xhslink.com', 'clips.twitch.tv', 'dai.ly'],
		pages: ANY,
		isPortal: true,
	},
	{ hosts: ['xiaohongshu.com'], pages: /^\/(?:explore|discovery)\//, isPortal: true },
	{ hosts: ['twitch.tv'], pages: /^\/(?:videos\/|[^/]+\/clip\/)/, isPortal: true },

	// Bases
	{ hosts: ['airtable.com'], pages: /^\/(?:app|shr|tbl|embed)/ },
	{ hosts: ['notion.so', 'notion.site'], pages: /^\/(?:[^/]+\/)?[^/]*[0-9a-f]{32}$/ },

	// Files of services that show them to their own programs only
	{ hosts: ['slack.com'], pages: /^\/files(?:-pri)?\//, namesPages: true, needsLogin: true },
	{ hosts: ['lookaside.fbsbx.com'], pages: /^\/whatsapp/, needsLogin: true },
	{ hosts: ['api.typeform.com'], pages: /\/files\//, namesPages: true, needsLogin: true },
	{
		hosts: ['graph.microsoft.com', 'content.dropboxapi.com'],
		pages: ANY,
		namesPages: true,
		needsLogin: true,
	},
	{ hosts: ['googleapis.com'], pages: /^\/(?:upload\/)?drive\//, needsLogin: true },
];
