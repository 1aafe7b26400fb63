/* Makes elements. What is shown is always text: nothing here reads markup. */

const SVG = "http://www.w3.org/2000/svg";

function filled(made, attributes, children) {
	for (const [name, value] of Object.entries(attributes)) {
		made.setAttribute(name, value);
	}
	made.append(...children.map((child) => child instanceof Node ? child : document.createTextNode(String(child))));
	return made;
}

export function element(tag, attributes = {}, ...children) {
	return filled(document.createElement(tag), attributes, children);
}

export function drawn(tag, attributes = {}, ...children) {
	return filled(document.createElementNS(SVG, tag), attributes, children);
}

export function byId(id) {
	return document.getElementById(id);
}
