package io.github.x402sessions.devnet.contract.runtime;

import java.util.Locale;

import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.SCError;
import org.stellar.sdk.xdr.SCErrorCode;
import org.stellar.sdk.xdr.SCErrorType;
import org.stellar.sdk.xdr.SCVal;
import org.stellar.sdk.xdr.Uint32;
import org.stellar.sdk.xdr.XdrUnsignedInteger;

/**
 * The cause of a failed contract call: an error number of the contract or an error of the
 * host.
 */
public sealed interface HostError {

	/** The text that the network shows, such as {@code Error(Contract, #9)}. */
	String text();

	SCError toXdr();

	default SCVal toScVal() {
		return Scv.toError(toXdr());
	}

	static HostError host(SCErrorType type, SCErrorCode code) {
		return new OfHost(type, code);
	}

	/** Names an error that came in as XDR. */
	static HostError of(SCError error) {
		return (error.getDiscriminant() == SCErrorType.SCE_CONTRACT)
				? new OfContract(error.getContractCode().getUint32().getNumber())
				: new OfHost(error.getDiscriminant(), error.getCode());
	}

	/**
	 * An error that the contract defines.
	 *
	 * @param number its number
	 */
	record OfContract(long number) implements HostError {

		@Override
		public String text() {
			return "Error(Contract, #" + this.number + ")";
		}

		@Override
		public SCError toXdr() {
			return new SCError.Builder().discriminant(SCErrorType.SCE_CONTRACT)
				.contractCode(new Uint32(new XdrUnsignedInteger(this.number)))
				.build();
		}

	}

	/**
	 * An error that the host defines.
	 *
	 * @param type the part of the host
	 * @param code what went wrong there
	 */
	record OfHost(SCErrorType type, SCErrorCode code) implements HostError {

		@Override
		public String text() {
			return "Error(" + camel(this.type.name(), "SCE_") + ", " + camel(this.code.name(), "SCEC_") + ")";
		}

		@Override
		public SCError toXdr() {
			return new SCError.Builder().discriminant(this.type).code(this.code).build();
		}

		private static String camel(String constant, String prefix) {
			StringBuilder words = new StringBuilder();
			for (String word : constant.substring(prefix.length()).split("_", -1)) {
				words.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
			}
			return words.toString();
		}

	}

}
