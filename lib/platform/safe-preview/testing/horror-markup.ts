/** Where everything that a mail could fetch would be fetched from; the browser test puts its own listener there. */
export const SINK = 'http://sink.example'

const sink = (what: string) => `${SINK}/${what}`

/** Each says alert, or names the sink: of neither may anything come. */
export const HORROR_MARKUP: Record<string, string> = {
  'a script': '<p>text</p><script>alert(1)</script><script src="//sink.example/s.js"></script>',
  'a script without an end': '<p>text</p><script>alert(1)',
  'a script within a script': '<scr<script>ipt>alert(1)</scr</script>ipt>',
  'event attributes': '<p onclick=alert(1) onmouseover="alert(2)">a</p><img src=x onerror=alert(3)><body onload=alert(4)>',
  'attributes without spaces': '<img/src="x"/onerror="alert(1)"><p/onclick=alert(1)>x',
  'an attribute with a NUL': '<img src="x" on\u0000error="alert(1)"><a href="java\u0000script:alert(1)">x</a>',
  'mXSS by noscript': '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  'mXSS by MathML': '<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>',
  'mXSS by a table in MathML': '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
  'mXSS by SVG and style': '<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">',
  'mXSS by a comment': '<!--><img src=x onerror=alert(1)>--><!--!><img src=x onerror=alert(2)>--!><img src=x onerror=alert(3)>',
  'mXSS by textarea and title':
    '<textarea><img title="</textarea><img src=x onerror=alert(1)>"></textarea><title></p><img src=x onerror=alert(1)></title>',
  'mXSS by select and template':
    '<select><template><style><!--</style><a rel="--></style></template></select><img src=x onerror=alert(1)>">',
  'xmp, plaintext and listing':
    '<xmp><img src=x onerror=alert(1)></xmp><listing>&lt;img src=x onerror=alert(1)&gt;</listing><plaintext><script>alert(1)',
  SVG: `<svg onload=alert(1)><script>alert(1)</script><image href="${sink('svg.png')}" /><use href="${sink('use.svg')}#x" /><a xlink:href="javascript:alert(1)"><text>x</text></a><animate onbegin=alert(1) attributeName=x></svg>`,
  'SVG as a picture':
    '<img src="data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9ImFsZXJ0KDEpIiB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4=">',
  'HTML that says it is a PNG': `<img src="data:image/png;base64,${Buffer.from('<script>alert(1)</script>').toString('base64')}">`,
  MathML: '<math><maction actiontype="statusline#http://sink.example" xlink:href="javascript:alert(1)">click</maction></math>',
  'links that run': [
    '<a href="javascript:alert(1)">a</a><a href="JaVaScRiPt:alert(1)">b</a><a href="java&#10;script:alert(1)">c</a>',
    '<a href="&#106;avascript&colon;alert(1)">d</a><a href=" &#1; javascript:alert(1)">e</a><a href="vbscript:msgbox(1)">f</a>',
    '<a href="data:text/html,<script>alert(1)</script>">g</a><a href="blob:x">h</a><area href="javascript:alert(1)">',
  ].join(''),
  'a link in the window of the portal': `<a href="${sink('link')}" target="_top" ping="${sink('ping')}" download autofocus accesskey=a>x</a>`,
  'a page that moves on': `<meta http-equiv="refresh" content="0;url=${sink('refresh')}"><meta http-equiv=refresh content="0;javascript:alert(1)">`,
  'a meta policy': `<meta http-equiv="Content-Security-Policy" content="default-src *; script-src * 'unsafe-inline'"><meta charset="utf-7">`,
  'a base': `<base href="${SINK}/" target="_top"><img src="relative.png"><a href="relative">x</a>`,
  'frames and objects': [
    `<iframe src="${sink('frame')}"></iframe><iframe srcdoc="<script>alert(1)</script>"></iframe><frameset><frame src="${sink('f2')}"></frameset>`,
    `<object data="${sink('object')}"></object><embed src="${sink('embed')}"><applet code="${sink('applet')}"></applet><portal src="${sink('portal')}">`,
  ].join(''),
  'frames in frames': `${'<iframe>'.repeat(30)}<img src=x onerror=alert(1)>`,
  forms: `<form action="${sink('form')}"><input name=password autofocus onfocus=alert(1)><input type=image src="${sink('input.png')}"><button formaction="${sink('button')}">x</button></form><isindex action="javascript:alert(1)">`,
  'pictures from elsewhere': [
    `<img src="${sink('1.png')}"><img srcset="${sink('2.png')} 1x, ${sink('3.png')} 2x"><picture><source srcset="${sink('4.png')}"><img src="//sink.example/5.png"></picture>`,
    `<table background="${sink('6.png')}"><tr><td background="${sink('7.png')}">x</td></tr></table><img lowsrc="${sink('8.png')}" dynsrc="${sink('9.png')}">`,
    `<img src="cid:not-there"><img src="file:///etc/passwd"><img src="\\\\sink.example\\share\\10.png"><img src="/api/auth/sign-out"><img>`,
  ].join(''),
  'media from elsewhere': `<video src="${sink('v')}" poster="${sink('poster')}" autoplay></video><audio src="${sink('a')}" autoplay></audio><bgsound src="${sink('b')}"><track src="${sink('t')}">`,
  'head links': [
    'stylesheet',
    'preconnect',
    'dns-prefetch',
    'prefetch',
    'preload',
    'icon',
    'manifest',
    'modulepreload',
    'import',
    'prerender',
  ]
    .map((rel) => `<link rel="${rel}" as="image" href="${sink(rel)}">`)
    .join(''),
  'style sheets': `<style>@import url("${sink('import.css')}"); @font-face { font-family: x; src: url(${sink('font')}) } body { background: url(${sink('bg')}); font-family: x }</style><p>x</p>`,
  'styles that fetch': [
    `<p style="background:url(${sink('s1')})">a</p><p style="background-image:url('${sink('s2')}')">b</p><p style="list-style:url(${sink('s3')})">c</p>`,
    `<p style="content:url(${sink('s4')})">d</p><p style="cursor:url(${sink('s5')}),auto">e</p><p style="background:\\75 rl(${sink('s6')})">f</p>`,
    `<p style="background:image-set('${sink('s7')}' 1x)">g</p><p style="color:red;/*" title="*/background:url(${sink('s8')})">h</p>`,
  ].join(''),
  'styles that run':
    '<p style="width:expression(alert(1))">a</p><p style="behavior:url(x.htc)">b</p><p style="-moz-binding:url(x.xml#x)">c</p>',
  'a style that leaves its quotes':
    '<p style="color:red&quot; onclick=&quot;alert(1)">x</p><p style="font-family:\'&quot;><img src=x onerror=alert(1)>">x</p>',
  'a layer over everything': [
    '<div style="position:fixed;top:0;left:0;width:9999px;height:9999px;z-index:2147483647;background:#fff">Please sign in</div>',
    '<div style="margin-left:-500px;transform:scale(9);opacity:0;display:block;float:left">x</div>',
  ].join(''),
  'names that hide properties':
    '<img name=body><form id=cookie name=getElementById><a id=defaultView name=x>x</a><p class="deceptive" is=x slot=x>y</p>',
  'prototype names': '<p __proto__=1 constructor=2 style="__proto__:red;constructor:x">x</p><__proto__>y</__proto__>',
  'a popover and a dialog':
    '<dialog open>x</dialog><div popover id=p>y</div><button popovertarget=p>z</button><details open ontoggle=alert(1)>w</details>',
  'tags that nest without end': `${'<b><div>'.repeat(600)}x`,
  'closing tags alone': `${'</div>'.repeat(500)}</body></html><img src=x onerror=alert(1)>`,
  'a tag without an end': '<p>text<img src=x onerror=alert(1) title="',
  'a document type and CDATA':
    '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><p>&x;<![CDATA[<script>alert(1)</script>]]><?php echo 1 ?><?xml-stylesheet href="http://sink.example/x.xsl"?>',
  'a comment for one browser': '<!--[if gte mso 9]><img src="http://sink.example/mso.png"><![endif]--><![if !mso]><p>x</p><![endif]>',
  'characters that reorder':
    '<p>&#x202e;gnp.exe&#x2066;</p><bdo dir=rtl>reversed</bdo><a href="https://b.example/&#x202e;moc">x&#x202e;y</a>',
}
