// Has @x402/extensions check what our server signs: the offers of a challenge and the receipt that our agent has kept.
// Usage: node verify.mjs <priced url> <file of --receipts>
import { readFileSync } from "node:fs";
import {
	decodeSignedOffers,
	extractOffersFromPaymentRequired,
	findAcceptsObjectFromSignedOffer,
	verifyOfferSignatureJWS,
	verifyReceiptMatchesOffer,
	verifyReceiptSignatureJWS,
} from "@x402/extensions/offer-receipt";

const [url, file] = process.argv.slice(2);

function check(what, good) {
	if (!good) {
		throw new Error(what);
	}
}

async function refuses(what, attempt) {
	try {
		await attempt();
	}
	catch {
		return;
	}
	throw new Error(`${what} was taken`);
}

const answer = await fetch(url);
check("402", answer.status === 402);
const challenge = JSON.parse(Buffer.from(answer.headers.get("PAYMENT-REQUIRED"), "base64").toString());
const offers = extractOffersFromPaymentRequired(challenge);
check("an offer for each way to pay", offers.length === challenge.accepts.length && offers.length > 0);
for (const offer of offers) {
	const terms = await verifyOfferSignatureJWS(offer);
	check("the terms that are asked", findAcceptsObjectFromSignedOffer(offer, challenge.accepts) !== undefined);
	check("the URL that is asked", terms.resourceUrl === challenge.resource.url);
	check("an end in the future", terms.validUntil > Date.now() / 1000);
	const [header, payload, signature] = offer.signature.split(".");
	const dearer = Buffer.from(JSON.stringify({ ...terms, amount: terms.amount + "0" })).toString("base64url");
	await refuses("a dearer offer", () => verifyOfferSignatureJWS({ ...offer, signature: [header, dearer, signature].join(".") }));
}

const kept = JSON.parse(readFileSync(file, "utf8").split("\n")[0]);
const terms = await verifyOfferSignatureJWS(kept.offer);
const receipt = await verifyReceiptSignatureJWS(kept.receipt);
check("a receipt for what was offered", receipt.resourceUrl === terms.resourceUrl && receipt.network === kept.network);
check("a receipt that matches its offer", verifyReceiptMatchesOffer(kept.receipt, decodeSignedOffers([kept.offer])[0], [receipt.payer]));
console.log(`${offers.length} offers and a receipt hold`);
