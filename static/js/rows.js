/* Everything that the ledger and the comparison of passages need. */

import "./ledger.js";
import "./news.js";
import "./correct.js";
