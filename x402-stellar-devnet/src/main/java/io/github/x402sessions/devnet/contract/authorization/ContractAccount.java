package io.github.x402sessions.devnet.contract.authorization;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;

import io.github.x402sessions.devnet.contract.runtime.DeployedContract;
import io.github.x402sessions.devnet.ledger.ContractData;
import io.github.x402sessions.devnet.xdr.XdrCodec;
import org.jspecify.annotations.Nullable;
import org.stellar.sdk.StrKey;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.ContractDataDurability;
import org.stellar.sdk.xdr.ContractExecutable;
import org.stellar.sdk.xdr.ContractExecutableType;
import org.stellar.sdk.xdr.Hash;
import org.stellar.sdk.xdr.SCContractInstance;
import org.stellar.sdk.xdr.SCMap;
import org.stellar.sdk.xdr.SCMapEntry;
import org.stellar.sdk.xdr.SCVal;
import org.stellar.sdk.xdr.SCValType;

/**
 * An account that is a contract, with a rule of its own. This network runs no
 * WebAssembly, so the one rule is this class: some keys may sign, each alone, and no
 * amount that they sign may be above a limit. Its instance names code that does not
 * exist.
 *
 * @param address the {@code C…} address
 * @param signers the {@code G…} addresses of the keys that may sign
 * @param spendingLimit base units that an amount must not exceed; {@code null} for any
 */
public record ContractAccount(String address, List<String> signers, @Nullable BigInteger spendingLimit) {

	private static final Hash CODE = new Hash(
			XdrCodec.sha256("x402 devnet contract account".getBytes(StandardCharsets.US_ASCII)));

	public ContractAccount {
		signers = List.copyOf(signers);
	}

	/** The account that a deployed contract is. */
	static ContractAccount of(DeployedContract deployed) {
		SCMapEntry[] fields = deployed.instance().getStorage().getSCMap();
		SCVal limit = fields[0].getVal();
		return new ContractAccount(deployed.address(),
				Arrays.stream(fields[1].getVal().getVec().getSCVec())
					.map((key) -> StrKey.encodeEd25519PublicKey(Scv.fromBytes(key)))
					.toList(),
				(limit.getDiscriminant() == SCValType.SCV_VOID) ? null : Scv.fromInt128(limit));
	}

	/** The entry that deploys it. */
	public ContractData toEntry() {
		LinkedHashMap<String, SCVal> fields = new LinkedHashMap<>();
		fields.put("limit", (this.spendingLimit != null) ? Scv.toInt128(this.spendingLimit) : Scv.toVoid());
		fields.put("signers",
				Scv.toVec(this.signers.stream().map(StrKey::decodeEd25519PublicKey).map(Scv::toBytes).toList()));
		SCMapEntry[] storage = fields.entrySet()
			.stream()
			.map((field) -> new SCMapEntry.Builder().key(Scv.toSymbol(field.getKey())).val(field.getValue()).build())
			.toArray(SCMapEntry[]::new);
		return new ContractData(this.address, Scv.toLedgerKeyContractInstance(), ContractDataDurability.PERSISTENT, Scv
			.toContractInstance(new SCContractInstance.Builder()
				.executable(
						new ContractExecutable.Builder().discriminant(ContractExecutableType.CONTRACT_EXECUTABLE_WASM)
							.wasm_hash(CODE)
							.build())
				.storage(new SCMap(storage))
				.build()));
	}

}
