/**
 * What was paid for. A document takes the place of this page: it is kept in this tab, and the page, asked for again, begins by
 * writing it (see the script at its very beginning), before any policy of its own holds. So it has its own address, history and
 * policy. Anything else is shown or saved here.
 */

import { element } from "./elements.js";
import { REDIRECT } from "./payment.js";
import { readSpare, remove, write, writeSpare } from "./store.js";

const PAID = "x402-paid:";

/** For the address that is to show at once what is kept for it. */
const SHOW = "x402-show";

/** For a document that is to be kept nowhere: it is shown once. */
const ONCE = "x402-once";

/** A document of such a policy must not run as one of this origin. */
const SANDBOX = /(^|[;,])\s*sandbox(?![^\s;,])/i;

/** A policy in a document may not say these. */
const HEADER_ONLY = /^\s*(frame-ancestors|report-uri|report-to)\b/i;

const MARKUP = /^\s*(text\/html|application\/xhtml\+xml)\b/i;

const LONGEST_TEXT = 1024 * 1024;

/** Characters. A tab has room for some five million, and other things to keep. */
const LONGEST_DOCUMENT = 4 * 1024 * 1024;

/** Show or save an answer; answers nodes to show, or null where the page is left. */
export async function deliver(path, response) {
	const to = response.headers.get(REDIRECT);
	if (to !== null) {
		return led(to);
	}
	const type = response.headers.get("Content-Type") ?? "";
	const disposition = response.headers.get("Content-Disposition") ?? "";
	const policy = response.headers.get("Content-Security-Policy") ?? "";
	const attached = /^\s*attachment\b/i.test(disposition);
	const body = await response.blob();
	if (MARKUP.test(type) && !attached && !SANDBOX.test(policy)) {
		const unkept = /\bno-store\b/i.test(response.headers.get("Cache-Control") ?? "");
		if (keep(path, withPolicy(textOf(await body.arrayBuffer(), type), policy), unkept)) {
			location.reload();
			return null;
		}
	}
	const given = fileName(disposition, path);
	const name = MARKUP.test(type) && !attached && !/\.x?html?$/i.test(given) ? `${given}.html` : given;
	const link = element("a", { href: URL.createObjectURL(asFile(body)), download: name, className: "button" }, `Save ${name}`);
	if (attached) {
		link.click();
	}
	const shown = attached ? [element("p", {}, "What you paid for was saved. If it was not:")] : await viewOf(body, type);
	return [...shown, element("p", {}, link)];
}

/** Go where the answer leads, as a visit would, and without the payment. */
function led(to) {
	const url = new URL(to, location.href);
	if (!["http:", "https:"].includes(url.protocol)) {
		return [element("p", {}, "What you paid for is at an address that this page does not open: "), element("p", {}, url.href)];
	}
	location.assign(url);
	return [element("p", {}, "What you paid for is at "), element("p", {}, element("a", { href: url.href }, url.href))];
}

/** Opened by its address, it would be a page of this origin. */
const asFile = (body) => new Blob([body], { type: "application/octet-stream" });

/** Whether this tab has what was paid for at an address. */
export const isKept = (path) => readSpare(PAID + path) !== null;

export function showAgain(path) {
	write(SHOW, `${Date.now()} ${path}`);
	location.reload();
}

function keep(path, text, unkept) {
	if (text.length > LONGEST_DOCUMENT) {
		return false;
	}
	if (unkept) {
		remove(PAID + path);
		return writeSpare(ONCE, `${path}\n${text}`);
	}
	return writeSpare(PAID + path, text) && write(SHOW, `${Date.now()} ${path}`);
}

/** The policies of the answer stand where its document begins. */
function withPolicy(text, policies) {
	const rules = policies.split(",").map((policy) => policy.split(";")
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

async function viewOf(body, type) {
	const url = URL.createObjectURL(body);
	const [family] = type.trim().toLowerCase().split("/");
	if (family === "image") {
		return [element("img", { src: url, alt: "What you paid for" })];
	}
	if (family === "audio" || family === "video") {
		return [element(family, { src: url, controls: true })];
	}
	if (MARKUP.test(type)) {
		return [element("p", {}, "What you paid for is a page that is not shown in the place of this one. Save it to read it:")];
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
