package io.github.x402sessions.devnet.simulation;

import java.util.List;
import java.util.function.Function;

import io.github.x402sessions.devnet.contract.HostOutcome;
import io.github.x402sessions.devnet.contract.authorization.Authorization;
import io.github.x402sessions.devnet.ledger.EntryChange;
import org.jspecify.annotations.Nullable;
import org.stellar.sdk.xdr.DiagnosticEvent;

/**
 * The outcome of a simulation.
 */
public sealed interface SimulationOutcome {

	/** Handles each kind of outcome. */
	<T> T fold(Function<Succeeded, T> succeeded, Function<Failed, T> failed);

	static SimulationOutcome refused(String error) {
		return new Failed(error, List.of());
	}

	/**
	 * The call would work.
	 *
	 * @param transactionData what the transaction has to declare: XDR as base64
	 * @param resourceFee stroops for that
	 * @param authorization what has to be authorized
	 * @param returned what the call returned and emitted; {@code null} if nothing was
	 * called
	 * @param changes what it would change
	 */
	record Succeeded(String transactionData, long resourceFee, List<Authorization> authorization,
			HostOutcome.@Nullable Returned returned, List<EntryChange> changes) implements SimulationOutcome {

		@Override
		public <T> T fold(Function<Succeeded, T> succeeded, Function<Failed, T> failed) {
			return succeeded.apply(this);
		}

	}

	/**
	 * The call would fail.
	 *
	 * @param error why, in the RPC server's words
	 * @param events what it did until then
	 */
	record Failed(String error, List<DiagnosticEvent> events) implements SimulationOutcome {

		@Override
		public <T> T fold(Function<Succeeded, T> succeeded, Function<Failed, T> failed) {
			return failed.apply(this);
		}

	}

}
