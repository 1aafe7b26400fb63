// Pays a facilitator of the exact scheme, as @x402/stellar's client does, and prints a line of figures.
// Arguments: JSON-RPC URL with HTTPS, URL of the devnet, URL of the facilitator, its process, the merchant, payers, rounds,
// seconds of /verify and of warming up.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { Keypair, rpc } from "@stellar/stellar-sdk";
import { createEd25519Signer } from "@x402/stellar";
import { ExactStellarScheme } from "@x402/stellar/exact/client";

const [rpcUrl, devnet, facilitator, pid, payTo, payers, rounds, seconds, warmup] = process.argv.slice(2);
const network = "stellar:testnet";
const amount = "1000";
const callers = 8;
const server = new rpc.Server(rpcUrl);
const asset = "CBIELTK6YBZJU5UP2WWQEUCYKLPU6AUNZ2BQ4WWFEIE3USCIHMXQDAMA";
const requirements = { scheme: "exact", network, amount, asset, payTo, maxTimeoutSeconds: 60, extra: { areFeesSponsored: true } };

async function opened() {
	const key = Keypair.random();
	for (const path of [`friendbot?addr=${key.publicKey()}`, `faucet?addr=${key.publicKey()}&amount=10`]) {
		assert.equal((await fetch(`${devnet}/${path}`)).status, 200, path);
	}
	return new ExactStellarScheme(createEd25519Signer(key.secret(), network), { url: rpcUrl });
}

async function payment(client) {
	const { payload } = await client.createPaymentPayload(2, requirements);
	return JSON.stringify({
		x402Version: 2,
		paymentPayload: { x402Version: 2, accepted: requirements, resource: { url: "http://localhost/" }, payload },
		paymentRequirements: requirements,
	});
}

async function post(path, body) {
	const answer = await fetch(`${facilitator}${path}`, { method: "POST", headers: { "Content-Type": "application/json" }, body });
	return answer.json();
}

// What the facilitator's process has used so far, ms.
function cpu() {
	const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");
	return (Number(fields[11]) + Number(fields[12])) * 10;
}

async function verify(bodies, length) {
	const end = Date.now() + length * 1000;
	const before = cpu();
	let count = 0;
	await Promise.all(Array.from({ length: callers }, async (_, caller) => {
		for (let at = caller; Date.now() < end; at++, count++) {
			const said = await post("/verify", bodies[at % bodies.length]);
			assert.equal(said.isValid, true, JSON.stringify(said));
		}
	}));
	return { rate: Math.round(count / length), cpu: ((cpu() - before) / count).toFixed(1) };
}

async function settle(bodies) {
	const begun = Date.now();
	const said = await Promise.all(bodies.map((body) => post("/settle", body)));
	const took = Date.now() - begun;
	const ledgers = new Map();
	for (const { transaction } of said.filter((one) => one.success)) {
		const { ledger } = await server.getTransaction(transaction);
		ledgers.set(ledger, (ledgers.get(ledger) ?? 0) + 1);
	}
	const refused = said.filter((one) => !one.success).map((one) => one.errorReason);
	return { settled: said.length - refused.length, fullest: Math.max(0, ...ledgers.values()), ledgers: ledgers.size, took, refused };
}

const clients = await Promise.all(Array.from({ length: Number(payers) }, opened));
const fresh = () => Promise.all(clients.map(payment));
await verify(await fresh(), Number(warmup));
const verified = await verify(await fresh(), Number(seconds));
const settled = [];
for (let round = 0; round < rounds; round++) {
	settled.push(await settle(await fresh()));
}
console.log(JSON.stringify({ verified, settled }));
