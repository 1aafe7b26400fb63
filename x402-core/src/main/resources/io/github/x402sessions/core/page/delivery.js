/**
 * What was paid for. A document takes the place of this page: it is kept in this tab, and the page, asked for again, begins by
 * writing it (see the script at its very beginning), before any policy of its own holds. So it has its own address, history and
 * policy. Anything else is shown or saved here.
 */

import { element } from "./elements.js";

const PAID = "x402-paid:";

/** For the address that is to show at once what is kept for it. */
const SHOW = "x402-show";

/** A policy in a document may not say these. */
const HEADER_ONLY = /^\s*(frame-ancestors|report-uri|report-to|sandbox)\b/i;

const LONGEST_TEXT = 1024 * 1024;

/** Show or save an answer; answers nodes to show, or null where the page is left. */
export async function deliver(path, response) {
	const type = response.headers.get("Content-Type") ?? "";
	const disposition = response.headers.get("Content-Disposition") ?? "";
	const attached = /^\s*attachment\b/i.test(disposition);
	const body = await response.blob();
	if (/^\s*(text\/html|application\/xhtml\+xml)\b/i.test(type) && !attached) {
		const written = withPolicy(textOf(await body.arrayBuffer(), type), response.headers.get("Content-Security-Policy"));
		if (keep(path, written)) {
			location.reload();
			return null;
		}
	}
	const url = URL.createObjectURL(body);
	const name = fileName(disposition, path);
	const link = element("a", { href: url, download: name, className: "button" }, `Save ${name}`);
	if (attached) {
		link.click();
	}
	const shown = attached ? [element("p", {}, "What you paid for was saved. If it was not:")] : await viewOf(body, url, type);
	return [...shown, element("p", {}, link)];
}

/** Whether this tab has what was paid for at an address. */
export const isKept = (path) => sessionStorage.getItem(PAID + path) !== null;

export function showAgain(path) {
	sessionStorage.setItem(SHOW, path);
	location.reload();
}

/** What was kept longest makes room; what does not fit alone is not kept. */
function keep(path, text) {
	for (;;) {
		try {
			sessionStorage.setItem(PAID + path, text);
			sessionStorage.setItem(SHOW, path);
			return true;
		}
		catch {
			const other = Object.keys(sessionStorage).find((key) => key.startsWith(PAID));
			if (!other) {
				return false;
			}
			sessionStorage.removeItem(other);
		}
	}
}

/** The policies of the answer stand where its document begins. */
function withPolicy(text, policies) {
	const rules = (policies ?? "").split(",").map((policy) => policy.split(";")
		.filter((rule) => rule.trim() && !HEADER_ONLY.test(rule)).join(";"));
	const metas = rules.filter((rule) => rule)
		.map((content) => element("meta", { httpEquiv: "Content-Security-Policy", content }).outerHTML);
	const [doctype] = /^\s*(<!doctype[^>]*>)?/i.exec(text);
	return doctype + metas.join("") + text.slice(doctype.length);
}

/** By the charset that the answer names, in its header or in its first bytes. */
function textOf(bytes, type) {
	const start = new TextDecoder("latin1").decode(bytes.slice(0, 1024));
	const [, charset = "utf-8"] = /charset\s*=\s*["']?([\w-]+)/i.exec(type) ?? /<meta[^>]*charset\s*=\s*["']?([\w-]+)/i.exec(start) ?? [];
	try {
		return new TextDecoder(charset).decode(bytes);
	}
	catch {
		return new TextDecoder().decode(bytes);
	}
}

async function viewOf(body, url, type) {
	const [family] = type.trim().toLowerCase().split("/");
	if (family === "image") {
		return [element("img", { src: url, alt: "What you paid for" })];
	}
	if (family === "audio" || family === "video") {
		return [element(family, { src: url, controls: true })];
	}
	if (body.size <= LONGEST_TEXT && (family === "text" || /[/+](json|xml|yaml)\b/i.test(type))) {
		const text = element("pre", { tabIndex: 0 }, textOf(await body.arrayBuffer(), type));
		text.setAttribute("role", "region");
		text.setAttribute("aria-label", "What you paid for");
		return [text];
	}
	return [element("p", {}, "What you paid for is here:")];
}

function fileName(disposition, path) {
	const [, coded] = /filename\*\s*=\s*utf-8''([^;]+)/i.exec(disposition) ?? [];
	const [, plain] = /filename\s*=\s*"?([^";]+)"?/i.exec(disposition) ?? [];
	const [last] = path.split("?")[0].split("/").slice(-1);
	return (decoded(coded) ?? plain ?? decoded(last) ?? "").replace(/[/\\]/g, "_").trim() || "answer";
}

function decoded(text) {
	try {
		return (text === undefined) ? undefined : decodeURIComponent(text);
	}
	catch {
		return text;
	}
}
