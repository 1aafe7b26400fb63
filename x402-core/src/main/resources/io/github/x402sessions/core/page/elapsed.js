/** How long something takes, as it passes. Nobody is told each second of it. */

import { element } from "./elements.js";

export class Elapsed {

	constructor() {
		this.place = element("span", { className: "elapsed" });
		this.place.setAttribute("aria-hidden", "true");
		this.timer = null;
	}

	start(told = () => {}) {
		const since = performance.now();
		this.timer = setInterval(() => {
			this.place.textContent = ` ${Math.floor((performance.now() - since) / 1000)} s`;
			told();
		}, 1000);
	}

	stop() {
		clearInterval(this.timer);
		this.place.textContent = "";
	}

}
