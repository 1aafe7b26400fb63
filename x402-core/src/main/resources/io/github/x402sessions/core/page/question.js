/** A question that has to be answered before anything goes on. */

import { element } from "./elements.js";

const TITLE = "x402-question";

/**
 * @param answers what each does, by what the person is to press
 * @returns the answer, or null where the person leaves
 */
export function answerTo(title, text, answers) {
	const heading = element("h2", { id: TITLE }, title);
	const buttons = answers.map((answer, index) => element("button", { value: answer, className: index > 0 ? "second" : "" }, answer));
	const form = element("form", { method: "dialog" }, heading, element("p", {}, text),
		element("div", { className: "row" }, ...buttons));
	const dialog = element("dialog", {}, form);
	dialog.setAttribute("aria-labelledby", TITLE);
	document.body.append(dialog);
	dialog.showModal();
	return new Promise((resolve) => dialog.addEventListener("close", () => {
		dialog.remove();
		resolve(dialog.returnValue || null);
	}));
}
