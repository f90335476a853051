/* What every page has around what it shows. */

import "./shell.js";
import "./session.js";
import "./fresh.js";
import "./find.js";
