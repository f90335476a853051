/* Everything the texts side by side need. Each part finds what it works on, and rests where that is not on the page. */

import "./desk.js";
import "./overview.js";
import "./pile.js";
import "./columns.js";
import "./news.js";
import "./links.js";
import "./passages.js";
import "./names.js";
import "./correct.js";
