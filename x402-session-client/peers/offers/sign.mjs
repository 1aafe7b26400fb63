// Signs an offer and a receipt with @x402/extensions, publishes the key and writes lines as our agent keeps them: three that
// hold and one whose receipt is signed with another key.
// Usage: node sign.mjs <port> <file>
import { generateKeyPairSync, sign } from "node:crypto";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createOfferJWS, createReceiptJWS } from "@x402/extensions/offer-receipt";
import { CompactSign } from "jose";

const [port, file] = process.argv.slice(2);
const url = `http://localhost:${port}/quote`;
const did = `did:web:localhost%3A${port}`;
const network = "stellar:testnet";
const keys = generateKeyPairSync("ed25519");
const stranger = generateKeyPairSync("ed25519");
const kid = `${did}#key-1`;

const signer = (pair) => ({
	kid,
	algorithm: "EdDSA",
	format: "jws",
	sign: async (bytes) => sign(null, bytes, pair.privateKey).toString("base64url"),
});
const input = { acceptIndex: 0, scheme: "exact", network, asset: "CUSDC", payTo: "GSHOP", amount: "100000", offerValiditySeconds: 60 };
const paid = { resourceUrl: url, payer: "GPAYER", network, transaction: "ab".repeat(32) };
const offer = await createOfferJWS(url, input, signer(keys));
const receipt = await createReceiptJWS(paid, signer(keys));
const jwk = keys.publicKey.export({ format: "jwk" });
// Others put their key into the header and leave the order of the members to chance.
const carried = await new CompactSign(Buffer.from(receipt.signature.split(".")[1], "base64url"))
	.setProtectedHeader({ jwk, kid, alg: "EdDSA" })
	.sign(keys.privateKey);

const line = (signed) => JSON.stringify({ at: new Date().toISOString(), url, network, asset: "CUSDC", amount: "100000",
	transaction: paid.transaction, offer, receipt: signed });
const { transaction, ...bare } = paid;
writeFileSync(file, [line(receipt), line(await createReceiptJWS(bare, signer(keys))), line({ format: "jws", signature: carried }),
	line(await createReceiptJWS(paid, signer(stranger)))].join("\n") + "\n");

createServer((request, response) => {
	response.setHeader("Content-Type", "application/did+json");
	response.end(JSON.stringify({
		"@context": ["https://www.w3.org/ns/did/v1"],
		id: did,
		verificationMethod: [{ id: kid, type: "JsonWebKey2020", controller: did, publicKeyJwk: jwk }],
		assertionMethod: [kid],
	}));
}).listen(Number(port), "localhost", () => console.log("READY"));
