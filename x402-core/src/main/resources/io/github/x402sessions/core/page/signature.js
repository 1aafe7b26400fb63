import { base64Url, sha256, utf8 } from "./bytes.js";
import { Problem } from "./problem.js";

/** The seconds that a signature is good for at most: long enough to arrive, too short for who finds it in a log. */
const VALIDITY = 60;

const LONGEST_RESOURCE = 2048;

const PRINTABLE = /^[!-~]+$/;

const WITH_USER = /^[a-z]+:\/\/[^/?#]*@/i;

/** The members that sign a payment for this call and no other, and only for one of this origin. */
export async function signed({ method, accepted, resource, session, identifier, body, at }) {
	if (!isOwn(resource.url)) {
		throw new Problem("The server asks to be paid for another address than its own. Nothing was signed or charged.");
	}
	const hash = base64Url(await sha256(utf8(body)));
	const validUntil = Math.floor(at / 1000) + Math.min(VALIDITY, accepted.maxTimeoutSeconds);
	const parts = ["x402-session-payment:v1", accepted.network, accepted.asset, accepted.payTo, accepted.amount,
		session.approval, method, resource.url, identifier, String(validUntil), hash];
	if (!parts.every((part) => PRINTABLE.test(part))) {
		throw new Problem("The server asks for something that cannot be signed. Nothing was signed or charged.");
	}
	return { method, body: hash, validUntil, signature: await session.key.sign(utf8(parts.join("\n"))) };
}

const isOwn = (url) => url.length <= LONGEST_RESOURCE && !WITH_USER.test(url) && URL.canParse(url)
	&& new URL(url).origin === location.origin;
