// Uses the network as a program does that was written for testnet. Arguments: the SDK's name in package.json, the JSON-RPC
// URL, the friendbot URL, the id of the USDC contract and its issuer.
import assert from "node:assert/strict";

const [name, rpcUrl, friendbotUrl, usdc, issuer] = process.argv.slice(2);
const sdk = await import(name);
const { Account, Address, Asset, Contract, Keypair, MuxedAccount, Operation, TransactionBuilder, nativeToScVal, rpc, scValToNative } = sdk;
const server = new rpc.Server(rpcUrl, { allowHttp: rpcUrl.startsWith("http:") });
const network = await server.getNetwork();
const contract = new Contract(usdc);
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function fund(key) {
	const account = await server.requestAirdrop(key.publicKey(), friendbotUrl);
	assert.equal(account.accountId(), key.publicKey());
}

async function land(transaction, ...signers) {
	signers.forEach((signer) => transaction.sign(signer));
	const sent = await server.sendTransaction(transaction);
	assert.equal(sent.status, "PENDING", JSON.stringify(sent.errorResult));
	for (let tries = 0; tries < 100; tries++) {
		const found = await server.getTransaction(sent.hash);
		if (found.status !== rpc.Api.GetTransactionStatus.NOT_FOUND) {
			assert.equal(found.status, "SUCCESS");
			return { hash: sent.hash, ...found };
		}
		await pause(100);
	}
	throw new Error(`${sent.hash} did not land`);
}

async function build(source, operation) {
	const account = await server.getAccount(source.publicKey());
	return new TransactionBuilder(account, { fee: "100", networkPassphrase: network.passphrase })
		.addOperation(operation)
		.setTimeout(60)
		.build();
}

// Version 17 has properties where 15 has methods.
const field = (value, ...names) => names.reduce((at, one) => (typeof at[one] === "function" ? at[one]() : at[one]), value);
const address = (key) => new Address(key.publicKey()).toScVal();
const amount = (value) => nativeToScVal(value, { type: "i128" });

const [payer, spender, shop, channel] = Array.from({ length: 4 }, () => Keypair.random());
for (const key of [payer, spender, shop, channel]) {
	await fund(key);
}
for (const key of [payer, shop]) {
	await land(await build(key, Operation.changeTrust({ asset: new Asset("USDC", issuer) })), key);
}
await fetch(`${new URL("/faucet", rpcUrl.replace("https:", "http:").replace(/:\d+/, `:${new URL(friendbotUrl).port}`))}?addr=${payer.publicKey()}&amount=1`);

const latest = await server.getLatestLedger();
const approve = await server.prepareTransaction(await build(payer, contract.call("approve", address(payer), address(spender),
	amount(500n), nativeToScVal(latest.sequence + 1000, { type: "u32" }))));
const approved = await land(approve, payer);
assert.equal(approved.returnValue.toXDR("base64"), "AAAAAQ==", "void");

const view = await server.simulateTransaction(await build(spender, contract.call("allowance", address(payer), address(spender))));
assert.equal(scValToNative(view.result.retval), 500n);

// The spender is the operation's source, a channel account the transaction's.
const account = await server.getAccount(channel.publicKey());
const call = new TransactionBuilder(account, { fee: "100", networkPassphrase: network.passphrase })
	.addOperation(Operation.invokeContractFunction({
		contract: usdc,
		function: "transfer_from",
		args: [address(spender), address(payer), address(shop), amount(200n)],
		source: spender.publicKey(),
	}))
	.setTimeout(60)
	.build();
const paid = await land(await server.prepareTransaction(call), channel, spender);
assert.equal(Buffer.from(paid.resultMetaXdr.toXDR()).readInt32BE(0), 4, "version of the meta");
assert.equal(paid.applicationOrder, 1);
const event = field(paid.events.contractEventsXdr[0][0], "body", "v0");
assert.equal(scValToNative(field(event, "topics")[0]), "transfer");
assert.equal(scValToNative(field(event, "data")), 200n);

// To one of many who share the shop's account.
const customer = new MuxedAccount(new Account(shop.publicKey(), "0"), "42").accountId();
const muxed = await land(await server.prepareTransaction(await build(payer,
	contract.call("transfer", address(payer), Address.fromString(customer).toScVal(), amount(7n)))), payer);
assert.deepEqual(scValToNative(field(muxed.events.contractEventsXdr[0][0], "body", "v0", "data")), { amount: 7n, to_muxed_id: 42n });

const found = await server.getEvents({
	startLedger: latest.sequence,
	filters: [{ type: "contract", contractIds: [usdc], topics: [[nativeToScVal("transfer", { type: "symbol" }).toXDR("base64"), "**"]] }],
});
assert.ok(found.events.some((event) => event.txHash === paid.hash && scValToNative(event.value) === 200n));
const listed = await server.getTransactions({ startLedger: latest.sequence });
assert.ok(listed.transactions.some((one) => one.txHash === paid.hash));

const refused = await server.simulateTransaction(await build(spender,
	contract.call("transfer_from", address(spender), address(payer), address(shop), amount(301n))));
assert.ok(rpc.Api.isSimulationError(refused));
assert.match(refused.error, /^HostError: Error\(Contract, #9\)/);
await assert.rejects(server.getAccount(Keypair.random().publicKey()), /Account not found/);
const health = await server.getHealth();
assert.equal(health.status, "healthy");
const stats = await server.getFeeStats();
assert.ok(Number(stats.sorobanInclusionFee.max) >= 100);
console.log(`${name}: accounts, trustlines, approve, allowance, transfer_from by a channel, events, history: as on testnet (${new URL(rpcUrl).protocol})`);
