/** The time of payments: this device's, put right by the server's once a payment was refused for its time. */

/** What a clock may be wrong by, milliseconds: as long as a facilitator settles what was valid. */
const MOST = 15 * 60 * 1000;

let kept = 0;

/** By how much an answer puts this device's clock right, milliseconds. */
export function correction(response) {
	const wrong = Date.parse(response.headers.get("Date")) - Date.now();
	return Math.abs(wrong) <= MOST ? wrong : 0;
}

export const now = (correction) => Date.now() + (correction ?? kept);

/** For the payments to come, once one was paid with it: a server whose clock is wrong spoils no other payment. */
export function keep(correction) {
	kept = correction ?? kept;
}
