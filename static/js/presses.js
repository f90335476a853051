/* Which presses of a link are the page's to answer. */

/** Whether `event` is a press like any other: a new tab or a download is the browser's business. */
export const isPlainPress = event => !(event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
