/** For how long a session is opened, seconds. */

import { element } from "./elements.js";

const TIMES = [["15 minutes", 900], ["1 hour", 3600], ["1 day", 86400]];

const USUAL = 3600;

export const timeField = (properties) => element("select", properties,
	...TIMES.map(([label, seconds]) => element("option", { value: seconds, selected: seconds === USUAL }, label)));
