/** What was said and answered in this tab, over a reload. */

import { Kept } from "./kept.js";

const MOST = 50;

export class Conversation {

	#kept = new Kept("chat-turns", MOST);

	constructor() {
		this.turns = this.#kept.load();
	}

	/** One message and what is answered to it: {text, way, identifier}, then words and what they cost. */
	add(turn) {
		this.turns = [...this.turns, turn].slice(-MOST);
		this.#save();
		return turn;
	}

	keep(turn, more) {
		Object.assign(turn, more);
		this.#save();
	}

	/** Nothing was charged for it, and nothing answered. */
	drop(turn) {
		this.turns = this.turns.filter((each) => each !== turn);
		this.#save();
	}

	#save() {
		this.#kept.save(this.turns);
	}

}
