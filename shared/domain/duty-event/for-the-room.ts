/** Seven figures and more, however they are grouped: a telephone number, whoever's. */
const telephone = /(?<![\d\uff10-\uff19])\+?[\d\uff10-\uff19](?:[\s\u2010-\u2015-]?[\d\uff10-\uff19]){6,}/g;
/** Stands for the name of a caller. A name of one character is no name, but a part of many words. */
const caller = "来电人";
const shortestName = 2;

/** WL-2: words for a room with visitors in it: without telephone numbers and without the name of who called. */
export function forTheRoom(words: string, callerName: string): string {
  const name = callerName.trim();
  const unnamed = name.length < shortestName ? words : words.replaceAll(name, caller);
  return unnamed.replace(telephone, "\u2026");
}
