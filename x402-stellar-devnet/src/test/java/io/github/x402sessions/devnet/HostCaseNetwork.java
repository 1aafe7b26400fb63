package io.github.x402sessions.devnet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.github.x402sessions.devnet.ledger.EntryKey;
import io.github.x402sessions.devnet.xdr.XdrCodec;
import org.stellar.sdk.Asset;
import org.stellar.sdk.ChangeTrustAsset;
import org.stellar.sdk.ChangeTrustOperation;
import org.stellar.sdk.CreateAccountOperation;
import org.stellar.sdk.InvokeHostFunctionOperation;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.Network;
import org.stellar.sdk.Operation;
import org.stellar.sdk.PaymentOperation;
import org.stellar.sdk.SetOptionsOperation;
import org.stellar.sdk.SetTrustlineFlagsOperation;
import org.stellar.sdk.Signer;
import org.stellar.sdk.SorobanDataBuilder;
import org.stellar.sdk.Transaction;
import org.stellar.sdk.TransactionBuilder;
import org.stellar.sdk.TransactionPreconditions;
import org.stellar.sdk.xdr.TrustLineFlags;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.ContractDataDurability;
import org.stellar.sdk.xdr.LedgerKey;
import org.stellar.sdk.xdr.SCVal;
import org.stellar.sdk.xdr.SorobanAuthorizationEntry;
import org.stellar.sdk.xdr.SorobanTransactionData;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A network in the state in which a case begins.
 */
final class HostCaseNetwork implements AutoCloseable {

	/** More than any case needs. */
	private static final long PLENTY = 40_000_000;

	final HostCaseKeys cast;

	final ManualNetwork chain;

	final HostCaseValues values;

	private final KeyPair source;

	HostCaseNetwork(JsonNode setup, HostCaseKeys cast) {
		this.cast = cast;
		this.chain = new ManualNetwork(StellarDevnet.builder().usdcIssuer(cast.address("I")));
		this.source = cast.key("Z");
		this.chain.devnet.fund(this.source.getAccountId());
		boolean lumens = setup.get("native").asBoolean();
		this.values = new HostCaseValues(cast, lumens ? lumens() : this.chain.devnet.usdcContract());
		List<Operation> operations = new ArrayList<>();
		setup.get("xlm")
			.properties()
			.stream()
			.filter((xlm) -> !xlm.getKey().equals("I"))
			.forEach((xlm) -> operations.add(
					new CreateAccountOperation.Builder(cast.address(xlm.getKey()), xlm.getValue().asString()).build()));
		land(operations);
		operations.clear();
		flags(setup.get("issuer_flags").asInt(), operations);
		setup.get("trustlines").properties().forEach((line) -> trust(line.getKey(), line.getValue(), operations));
		flags(setup.get("issuer_flags_set_after_trustlines").asInt(), operations);
		setup.get("trustline_flags").properties().forEach((line) -> flag(line.getKey(), line.getValue(), operations));
		setup.get("paid").properties().forEach((paid) -> pay(paid.getKey(), paid.getValue(), operations));
		if (setup.get("B_has_extra_signer").asBoolean()) {
			operations.add(new SetOptionsOperation.Builder().setSigner(Signer.ed25519PublicKey(KeyPair.random()), 1)
				.setSourceAccount(cast.address("B"))
				.build());
		}
		land(operations);
	}

	private static String lumens() {
		return ManualNetwork.ask(() -> Asset.create("native").getContractId(Network.TESTNET));
	}

	private void flags(int flags, List<Operation> operations) {
		if (flags != 0) {
			operations.add(new SetOptionsOperation.Builder().setSetFlags(flags)
				.setSourceAccount(this.cast.address("I"))
				.build());
		}
	}

	private void trust(String name, JsonNode limit, List<Operation> operations) {
		operations.add(new ChangeTrustOperation.Builder(ChangeTrustAsset.create(this.cast.usdc()), limit.asString())
			.setSourceAccount(this.cast.address(name))
			.build());
	}

	private void flag(String name, JsonNode flags, List<Operation> operations) {
		operations.add(
				new SetTrustlineFlagsOperation.Builder(this.cast.address(name), this.cast.usdc(),
						EnumSet.of(TrustLineFlags.AUTHORIZED_FLAG),
						(flags.asInt() == 2) ? EnumSet.of(TrustLineFlags.AUTHORIZED_TO_MAINTAIN_LIABILITIES_FLAG)
								: EnumSet.noneOf(TrustLineFlags.class))
					.setSourceAccount(this.cast.address("I"))
					.build());
	}

	private void pay(String name, JsonNode amount, List<Operation> operations) {
		operations.add(new PaymentOperation.Builder(this.cast.address(name), this.cast.usdc(), amount.asString())
			.setSourceAccount(this.cast.address("I"))
			.build());
	}

	private void land(List<Operation> operations) {
		if (operations.isEmpty()) {
			return;
		}
		Transaction transaction = this.chain.build(this.source, operations.toArray(Operation[]::new));
		transaction.sign(this.source);
		operations.stream()
			.map(Operation::getSourceAccount)
			.filter(Objects::nonNull)
			.distinct()
			.forEach((actor) -> transaction.sign(this.cast.keys()
				.values()
				.stream()
				.filter((key) -> key.getAccountId().equals(actor))
				.findFirst()
				.orElseThrow()));
		JsonNode landed = this.chain.land(transaction);
		if (!landed.get("status").asString().equals("SUCCESS")) {
			throw new AssertionError(landed.toString());
		}
	}

	/** Lets ledgers close until the latest has a number. */
	void reach(long ledger) {
		while (this.chain.devnet.latestLedger() < ledger) {
			this.chain.devnet.closeLedger();
		}
	}

	Transaction call(JsonNode step, List<SorobanAuthorizationEntry> auth) {
		return builder(step, auth).build();
	}

	Transaction call(JsonNode step, List<SorobanAuthorizationEntry> auth, SorobanTransactionData data) {
		return builder(step, auth).setBaseFee((int) data.getResourceFee().getInt64().longValue() + 100)
			.setSorobanData(data)
			.build();
	}

	private TransactionBuilder builder(JsonNode step, List<SorobanAuthorizationEntry> auth) {
		List<SCVal> arguments = new ArrayList<>();
		step.get("args").forEach((argument) -> arguments.add(this.values.argument(argument)));
		return this.chain
			.builder(this.source,
					InvokeHostFunctionOperation
						.invokeContractFunctionOperationBuilder(contract(step), step.get("call").asString(), arguments)
						.sourceAccount(this.cast.address(step.get("operation_source").asString()))
						.auth(auth)
						.build())
			.setTimeout(TransactionPreconditions.TIMEOUT_INFINITE);
	}

	/**
	 * The contract that a step calls: one that is not there, if that is what it is about.
	 */
	private String contract(JsonNode step) {
		return step.at("/expected/simulate/message").asString("").contains("contract instance") ? this.cast.contract()
				: this.values.contract();
	}

	/**
	 * What a transaction declares that could not be simulated: all that it could need.
	 */
	SorobanTransactionData wide(JsonNode step, boolean lumens) {
		List<LedgerKey> readWrite = new ArrayList<>();
		for (String name : List.of("A", "B", "C", "D", "E")) {
			readWrite.add((lumens ? EntryKey.account(this.cast.address(name))
					: EntryKey.trustline(this.cast.address(name), this.cast.usdc()))
				.toXdr());
		}
		readWrite.add(balance("X"));
		List<String> parties = new ArrayList<>();
		step.get("args").forEach((argument) -> {
			if (argument.isString() && argument.asString().length() == 1) {
				parties.add(argument.asString());
			}
		});
		for (int i = 1; i < parties.size(); i++) {
			boolean from = step.get("call").asString().endsWith("_from");
			readWrite.add(allowance(parties.get(from ? 1 : 0), parties.get(from ? 0 : i)));
		}
		LedgerKey instance = EntryKey
			.contractData(this.values.contract(), Scv.toLedgerKeyContractInstance(), ContractDataDurability.PERSISTENT)
			.toXdr();
		return resources(List.of(EntryKey.account(this.cast.address("I")).toXdr(), instance),
				readWrite.stream().distinct().toList());
	}

	private LedgerKey allowance(String owner, String spender) {
		LinkedHashMap<SCVal, SCVal> parties = new LinkedHashMap<>();
		parties.put(Scv.toSymbol("from"), Scv.toAddress(this.cast.address(owner)));
		parties.put(Scv.toSymbol("spender"), Scv.toAddress(this.cast.address(spender)));
		return data(Scv.toVec(List.of(Scv.toSymbol("Allowance"), Scv.toMap(parties))),
				ContractDataDurability.TEMPORARY);
	}

	private LedgerKey data(SCVal name, ContractDataDurability durability) {
		return EntryKey.contractData(this.values.contract(), name, durability).toXdr();
	}

	static SorobanTransactionData resources(List<LedgerKey> readOnly, List<LedgerKey> readWrite) {
		return new SorobanDataBuilder().setReadOnly(readOnly)
			.setReadWrite(readWrite)
			.setResources(SorobanDataBuilder.Resources.builder()
				.cpuInstructions(PLENTY)
				.readBytes(10_000L)
				.writeBytes(10_000L)
				.build())
			.setResourceFee(5_000_000)
			.build();
	}

	/** Signs for the source and for the operation's, where it has to. */
	String signed(RawTransaction transaction, JsonNode step) {
		return transaction.signed(this.chain.devnet.networkPassphrase(), this.source,
				this.cast.key(step.get("operation_source").asString()));
	}

	/**
	 * An entry as the network has it.
	 * @param nonce the nonce, if it is one
	 */
	JsonNode entry(String written, long nonce) {
		String name = written.substring(written.indexOf(' ') + 1);
		LedgerKey key = switch (written.substring(0, written.indexOf(' '))) {
			case "ACCOUNT" -> EntryKey.account(this.cast.address(name)).toXdr();
			case "TRUSTLINE" -> EntryKey.trustline(this.cast.address(name), this.cast.usdc()).toXdr();
			case "NONCE" -> EntryKey
				.contractData(this.cast.address(name), Scv.toLedgerKeyNonce(nonce), ContractDataDurability.TEMPORARY)
				.toXdr();
			default -> data(JsonMapper.shared().readTree(name));
		};
		return this.chain.rpc.result("getLedgerEntries", Map.of("keys", List.of(XdrCodec.base64(key::toXdrByteArray))))
			.at("/entries/0");
	}

	private LedgerKey data(JsonNode name) {
		return name.get(0).asString().equals("Balance") ? balance(name.get(1).asString())
				: allowance(name.at("/1/from").asString(), name.at("/1/spender").asString());
	}

	private LedgerKey balance(String owner) {
		return data(Scv.toVec(List.of(Scv.toSymbol("Balance"), Scv.toAddress(this.cast.address(owner)))),
				ContractDataDurability.PERSISTENT);
	}

	@Override
	public void close() throws IOException {
		this.chain.close();
	}

}
