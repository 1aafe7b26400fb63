/** Waits for a payment, shows for how long, and lets a person leave. */

import { Problem } from "/x402/problem.js";

const PAUSE = 2000;

const LEFT = "You stopped waiting. What was sent may still be charged. Send the same again to get its answer: it is charged once.";

const RELOADED = "The page was left before this was answered, and it may have been charged. Send the same again to get the answer: "
	+ "it is charged once.";

/** Whether a failure leaves open that the call was paid for. */
export const mayBeCharged = (problem) => !(problem instanceof Problem) || problem.remedy === "retry";

export const reloaded = () => new Problem(RELOADED, { remedy: "retry" });

/** What was paid for and did not come whole is there for who asks again. */
export const cutOff = () => new Problem("The connection broke. Send the same again: it is charged once.", { remedy: "retry" });

/**
 * Wait for what work(signal) answers; after a second with the time that it takes and a button to leave.
 * @param leaving what the button aborts
 */
export async function waitFor(work, leaving, button, elapsed) {
	const left = new Promise((resolve, reject) => {
		leaving.signal.addEventListener("abort", () => reject(new Problem(LEFT, { remedy: "retry" })));
	});
	button.textContent = "Cancel";
	button.onclick = () => leaving.abort();
	elapsed.start(() => {
		button.hidden = false;
	});
	try {
		return await Promise.race([patiently(work, leaving.signal), left]);
	}
	finally {
		elapsed.stop();
		button.hidden = true;
	}
}

/** A repeat that meets its first try while that is still being settled waits for it. */
async function patiently(work, signal) {
	for (;;) {
		try {
			return await work(signal);
		}
		catch (problem) {
			if (!problem.busy || signal.aborted) {
				throw problem;
			}
		}
		await new Promise((resolve) => setTimeout(resolve, PAUSE));
		signal.throwIfAborted();
	}
}
