package io.github.x402sessions.devnet.rpc;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.x402sessions.devnet.contract.HostOutcome;
import io.github.x402sessions.devnet.contract.authorization.Authorization;
import io.github.x402sessions.devnet.ledger.EntryChange;
import io.github.x402sessions.devnet.ledger.StoredEntry;
import io.github.x402sessions.devnet.network.LocalNetwork;
import io.github.x402sessions.devnet.network.Node;
import io.github.x402sessions.devnet.simulation.AuthMode;
import io.github.x402sessions.devnet.simulation.SimulationOutcome;
import io.github.x402sessions.devnet.simulation.Simulator;
import io.github.x402sessions.devnet.transaction.TransactionFrame;
import io.github.x402sessions.devnet.xdr.MuxedAddress;
import io.github.x402sessions.devnet.xdr.XdrCodec;
import io.github.x402sessions.devnet.xdr.XdrException;
import org.jspecify.annotations.Nullable;
import org.stellar.sdk.xdr.DiagnosticEvent;

/**
 * Runs a contract call without a ledger. A fault of the transaction is never a JSON-RPC
 * error but the {@code error} of the reply.
 */
final class SimulateTransaction implements RpcMethod {

	private final LocalNetwork network;

	SimulateTransaction(LocalNetwork network) {
		this.network = network;
	}

	@Override
	public Object call(Params params) {
		AuthMode mode = AuthMode.named(params.text("authMode"));
		Node node = this.network.node();
		return node.read((state) -> {
			long latest = node.latest().sequence();
			SimulationOutcome outcome = (mode == null)
					? SimulationOutcome
						.refused("optional 'authMode' must be one of enforce,record,record_allow_nonroot when included")
					: run(params.text("transaction"), mode, params.flag("useUpgradedAuth"),
							new Simulator(state, latest, this.network.parameters().protocol()));
			return reply(outcome, latest);
		});
	}

	private SimulationOutcome run(String envelope, AuthMode mode, boolean upgradedAuth, Simulator simulator) {
		try {
			return simulator.run(TransactionFrame.parse(envelope, this.network.parameters().rules()), mode,
					upgradedAuth);
		}
		catch (XdrException ex) {
			return SimulationOutcome.refused("Could not unmarshal transaction");
		}
	}

	private static Object reply(SimulationOutcome outcome, long latest) {
		return outcome.fold((succeeded) -> success(succeeded, latest),
				(failed) -> new Failure(failed.error(), events(failed.events()), latest));
	}

	private static Success success(SimulationOutcome.Succeeded succeeded, long latest) {
		List<StateChange> changes = succeeded.changes().stream().map(StateChange::of).toList();
		HostOutcome.Returned returned = succeeded.returned();
		return new Success(succeeded.transactionData(), (returned != null) ? events(returned.diagnostics()) : List.of(),
				Long.toString(succeeded.resourceFee()),
				(returned != null) ? List.of(Result.of(succeeded.authorization(), returned)) : List.of(), changes,
				latest);
	}

	private static List<String> events(List<DiagnosticEvent> events) {
		return events.stream()
			.map((event) -> XdrCodec.base64(MuxedAddress.toWire(XdrCodec.bytes(event::toXdrByteArray))))
			.toList();
	}

	record Success(String transactionData, @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> events,
			String minResourceFee, @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Result> results,
			@JsonInclude(JsonInclude.Include.NON_EMPTY) List<StateChange> stateChanges, long latestLedger) {
	}

	record Failure(String error, @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> events, long latestLedger) {
	}

	record Result(List<String> auth, String xdr) {

		static Result of(List<Authorization> auth, HostOutcome.Returned returned) {
			return new Result(auth.stream().map((entry) -> XdrCodec.base64(entry.toXdr())).toList(),
					XdrCodec.base64(returned.value()::toXdrByteArray));
		}

	}

	record StateChange(String type, String key, @Nullable String before, @Nullable String after) {

		static StateChange of(EntryChange change) {
			String type = (change.before() == null) ? "created" : (change.after() == null) ? "deleted" : "updated";
			return new StateChange(type, change.key().toBase64(), base64(change.before()), base64(change.after()));
		}

		private static @Nullable String base64(@Nullable StoredEntry stored) {
			return (stored != null) ? XdrCodec.base64(stored.toXdrBytes()) : null;
		}

	}

}
