package io.github.x402sessions.devnet;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.devnet.xdr.MuxedAddress;
import org.stellar.sdk.Address;
import org.stellar.sdk.StrKey;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.LedgerEntry;
import org.stellar.sdk.xdr.LedgerKey;
import org.stellar.sdk.xdr.SCVal;
import org.stellar.sdk.xdr.SCValType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Values and keys as the cases write them.
 *
 * @param cast who plays the parts
 * @param contract the asset's contract, SAC in the case
 */
record HostCaseValues(HostCaseKeys cast, String contract) {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	/** An argument. */
	SCVal argument(JsonNode written) {
		if (written.isBoolean()) {
			return Scv.toBoolean(written.asBoolean());
		}
		if (written.isNumber()) {
			return Scv.toInt128(written.bigIntegerValue());
		}
		String text = written.asString();
		if (text.startsWith("u32:")) {
			return Scv.toUint32(Long.parseLong(text.substring(4)));
		}
		if (text.startsWith("muxed ")) {
			String[] words = text.split(" ");
			return new MuxedAddress(this.cast.key(words[1]).getPublicKey(), new BigInteger(words[3])).toScVal();
		}
		return text.equals("raw") ? Scv.toBytes(new byte[8]) : Scv.toAddress(this.cast.address(text));
	}

	/** A value as the cases write it. */
	Object written(SCVal value) {
		return switch (value.getDiscriminant()) {
			case SCV_VOID -> MAPPER.nullNode();
			case SCV_BOOL -> value.getB();
			case SCV_I128 -> Scv.fromInt128(value);
			case SCV_U32 -> Map.of("u32", Scv.fromUint32(value));
			case SCV_SYMBOL -> Scv.fromSymbol(value);
			case SCV_STRING -> '"' + this.cast.name(value.getStr().getSCString().toString()) + '"';
			case SCV_ADDRESS -> name(Scv.fromAddress(value));
			case SCV_VEC -> Scv.fromVec(value).stream().map(this::written).toList();
			case SCV_MAP -> map(value);
			default -> throw new IllegalArgumentException(value.toString());
		};
	}

	private Map<String, Object> map(SCVal value) {
		Map<String, Object> fields = new LinkedHashMap<>();
		Scv.fromMap(value).forEach((key, field) -> fields.put(Scv.fromSymbol(key), written(field)));
		return fields;
	}

	JsonNode json(Object written) {
		return MAPPER.readTree(MAPPER.writeValueAsString(written));
	}

	private String name(Address address) {
		return this.cast.name(address.toString());
	}

	/** A key as the cases write it. */
	String written(LedgerKey key) {
		return switch (key.getDiscriminant()) {
			case ACCOUNT -> "ACCOUNT " + this.cast.name(StrKey
				.encodeEd25519PublicKey(key.getAccount().getAccountID().getAccountID().getEd25519().getUint256()));
			case TRUSTLINE -> "TRUSTLINE " + this.cast.name(StrKey
				.encodeEd25519PublicKey(key.getTrustLine().getAccountID().getAccountID().getEd25519().getUint256()));
			default -> written(key.getContractData());
		};
	}

	private String written(LedgerKey.LedgerKeyContractData data) {
		String owner = Address.fromSCAddress(data.getContract()).toString();
		String name = owner.equals(this.contract) ? "SAC" : this.cast.name(owner);
		SCValType type = data.getKey().getDiscriminant();
		if (type == SCValType.SCV_LEDGER_KEY_CONTRACT_INSTANCE) {
			return "INSTANCE " + name;
		}
		return (type == SCValType.SCV_LEDGER_KEY_NONCE) ? "NONCE " + name
				: "DATA " + MAPPER.writeValueAsString(written(data.getKey())).replace(",", ", ").replace(":", ": ");
	}

	/** The value of an entry as the cases write it. */
	Object written(LedgerEntry.LedgerEntryData entry) {
		return switch (entry.getDiscriminant()) {
			case ACCOUNT -> ordered("balance", entry.getAccount().getBalance().getInt64(), "subs",
					entry.getAccount().getNumSubEntries().getUint32().getNumber());
			case TRUSTLINE -> {
				Map<String, Object> line = ordered("balance", entry.getTrustLine().getBalance().getInt64(), "limit",
						entry.getTrustLine().getLimit().getInt64());
				line.put("flags", entry.getTrustLine().getFlags().getUint32().getNumber());
				yield line;
			}
			default -> written(entry.getContractData().getVal());
		};
	}

	private static Map<String, Object> ordered(String first, Object one, String second, Object other) {
		Map<String, Object> fields = new LinkedHashMap<>();
		fields.put(first, one);
		fields.put(second, other);
		return fields;
	}

	/** The keys in the order in which they are. */
	List<String> written(LedgerKey[] keys) {
		List<String> written = new ArrayList<>();
		for (LedgerKey key : keys) {
			written.add(written(key));
		}
		return written;
	}

}
