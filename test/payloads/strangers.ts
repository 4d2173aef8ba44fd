/** What stands in a page that our writers and KaTeX would not put there. */
const OUR_TAGS = new Set(
  (
    "html head meta title style body main h1 h2 h3 h4 p ul li section a table thead tbody tr th td div span code strong svg path line " +
    "math semantics annotation mrow mi mo mn ms mtext mspace msub msup msubsup munder mover munderover mfrac msqrt mroot mtable mtr mtd mpadded mphantom menclose mstyle"
  ).split(" "),
);
const OUR_ATTRIBUTES = new Set(
  (
    "lang id href charset http-equiv content name class style aria-hidden tabindex role xmlns encoding display mathvariant stretchy fence separator lspace rspace width height depth voffset " +
    "linethickness columnalign columnspacing rowspacing scriptlevel displaystyle minsize maxsize accent accentunder side mathcolor viewBox preserveAspectRatio d movablelimits symmetric largeop form rowlines columnlines linebreak mathbackground notation mathsize rowalign frame"
  ).split(" "),
);

/** Elements and attributes of a page that are not ours. */
export const strangers = (html: string): readonly string[] => {
  const found: string[] = [];
  for (const [, close, name = "", attributes = ""] of html.matchAll(/<(\/?)([^\s>/]*)((?:"[^"]*"|[^">])*)>/gu)) {
    if (name === "!doctype" || (close === "/" && OUR_TAGS.has(name))) continue;
    if (!OUR_TAGS.has(name)) found.push(`<${name}`);
    for (const [, attribute = "", value = ""] of attributes.matchAll(/\s([^\s=/]+)(?:="([^"]*)")?/gu))
      if (!OUR_ATTRIBUTES.has(attribute) || (attribute === "href" && !/^#[a-z0-9-]+$/u.test(value)))
        found.push(`${name} ${attribute}`);
  }
  return found;
};
