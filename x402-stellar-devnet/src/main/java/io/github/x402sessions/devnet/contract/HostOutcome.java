package io.github.x402sessions.devnet.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import io.github.x402sessions.devnet.contract.runtime.HostError;
import io.github.x402sessions.devnet.xdr.XdrCodec;
import io.github.x402sessions.devnet.xdr.XdrWriter;
import org.stellar.sdk.xdr.ContractEvent;
import org.stellar.sdk.xdr.DiagnosticEvent;
import org.stellar.sdk.xdr.SCVal;

/**
 * The outcome of a contract call.
 */
public sealed interface HostOutcome {

	/** The diagnostic events of the call, in their order. */
	List<DiagnosticEvent> diagnostics();

	/** Handles each kind of outcome. */
	<T> T fold(Function<Returned, T> returned, Function<Failed, T> failed);

	/**
	 * The call returned.
	 *
	 * @param value what it returned
	 * @param events what it emitted
	 * @param diagnostics what it did
	 * @param instructions CPU instructions, estimated
	 */
	record Returned(SCVal value, List<ContractEvent> events, List<DiagnosticEvent> diagnostics,
			long instructions) implements HostOutcome {

		@Override
		public <T> T fold(Function<Returned, T> returned, Function<Failed, T> failed) {
			return returned.apply(this);
		}

		/** Bytes of the events and the return value, which are paid for. */
		public int outputSize() {
			int size = XdrCodec.bytes(this.value::toXdrByteArray).length;
			for (ContractEvent event : this.events) {
				size += XdrCodec.bytes(event::toXdrByteArray).length;
			}
			return size;
		}

		/** The hash that the operation's result shows: of value and events. */
		public byte[] successHash() {
			List<byte[]> encoded = new ArrayList<>();
			this.events.forEach((event) -> encoded.add(XdrCodec.bytes(event::toXdrByteArray)));
			return XdrCodec
				.sha256(new XdrWriter().raw(XdrCodec.bytes(this.value::toXdrByteArray)).array(encoded).toBytes());
		}

	}

	/**
	 * The call failed.
	 *
	 * @param error why
	 * @param diagnostics what it did until then
	 */
	record Failed(HostError error, List<DiagnosticEvent> diagnostics) implements HostOutcome {

		@Override
		public <T> T fold(Function<Returned, T> returned, Function<Failed, T> failed) {
			return failed.apply(this);
		}

		/** The error and the log as the RPC server prints them. */
		public String text() {
			return DiagnosticText.of(this.error, this.diagnostics);
		}

	}

}
