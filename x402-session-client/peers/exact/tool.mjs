// Pays a tool of an MCP server twice by exact, with the clients of @modelcontextprotocol/sdk and x402 and with @x402/stellar as they
// are; what puts a payment into a call is here, because @x402/mcp is not at npm. A third call costs more than there is left.
// Arguments: the tool, its arguments as JSON, a word that what it sells has, the URL of the server and the RPC URL of a devnet, HTTPS.
import assert from "node:assert/strict";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { Keypair } from "@stellar/stellar-sdk";
import { x402Client } from "@x402/fetch";
import { createEd25519Signer } from "@x402/stellar";
import { ExactStellarScheme } from "@x402/stellar/exact/client";
import { balanceOf, fundedSecret } from "./devnet.mjs";

const network = "stellar:testnet";
const [name, json, word, url, rpcUrl] = process.argv.slice(2);
const tool = { name, arguments: JSON.parse(json) };

const server = new Client({ name: "peer", version: "1.0.0" });
await server.connect(new StreamableHTTPClientTransport(new URL(url)));

const asked = await refusal(tool);
const { asset, amount } = asked.accepts.find(({ scheme }) => scheme === "exact");
const secret = await fundedSecret(rpcUrl, 2.5 * Number(amount) / 1e7);
const payer = Keypair.fromSecret(secret).publicKey();
const client = new x402Client()
	.register(network, new ExactStellarScheme(createEd25519Signer(secret, network), { url: rpcUrl }))
	.setSpendControls({ allowedAssets: [{ network, asset }] });

const had = await balanceOf(rpcUrl, payer);
const transactions = new Set();
for (let call = 0; call < 2; call++) {
	const payment = await client.createPaymentPayload(await refusal(tool));
	const paid = await server.callTool({ ...tool, _meta: { "x402/payment": payment } });
	assert.ok(!paid.isError && paid.content[0].text.includes(word), JSON.stringify(paid));
	const receipt = paid._meta["x402/payment-response"];
	assert.equal(receipt.success, true);
	assert.equal(receipt.payer, payer);
	assert.match(receipt.transaction, /^[0-9a-f]{64}$/);
	transactions.add(receipt.transaction);
}
assert.equal(transactions.size, 2);
// The ledger refuses the third before anybody signs it: there is half of its price left.
await assert.rejects(client.createPaymentPayload(asked));
assert.equal(had - await balanceOf(rpcUrl, payer), 2n * BigInt(amount));
await server.close();

// What an unpaid call is answered: the terms, twice, and nothing of what is sold.
async function refusal(call) {
	const { isError, structuredContent, content } = await server.callTool(call);
	assert.equal(isError, true);
	assert.deepEqual(JSON.parse(content[0].text), structuredContent);
	assert.ok(!content[0].text.includes(word));
	return structuredContent;
}
