/** Make elements without markup in strings: what comes from outside is only ever text. */

export function element(tag, properties = {}, ...children) {
	const made = Object.assign(document.createElement(tag), properties);
	made.append(...children);
	return made;
}

export function facts(list, entries) {
	list.replaceChildren(...entries.flatMap(([term, value]) => [element("dt", {}, term), element("dd", {}, value)]));
}

/** Show a failure where people look for it, with a way on where there is one. */
export function notify(place, problem, remedies = {}) {
	const remedy = remedies[problem.remedy];
	place.replaceChildren(problem.message ?? String(problem));
	if (remedy) {
		const button = element("button", { type: "button", className: "second" }, remedy.label);
		button.addEventListener("click", () => {
			place.replaceChildren();
			remedy.action();
		});
		place.append(element("div", { className: "row" }, button));
	}
	place.scrollIntoView({ block: "nearest" });
}
