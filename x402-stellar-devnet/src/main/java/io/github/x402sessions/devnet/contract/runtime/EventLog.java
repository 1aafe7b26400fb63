package io.github.x402sessions.devnet.contract.runtime;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.stellar.sdk.StrKey;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.ContractEvent;
import org.stellar.sdk.xdr.ContractEventType;
import org.stellar.sdk.xdr.DiagnosticEvent;
import org.stellar.sdk.xdr.ExtensionPoint;
import org.stellar.sdk.xdr.Hash;
import org.stellar.sdk.xdr.SCVal;

/**
 * Collects the events that a call emits and those that record its steps for diagnosis.
 * Contracts are named by their {@code C…} address; {@code null} stands for the host
 * itself, outside of any.
 */
public final class EventLog {

	private final List<ContractEvent> published = new ArrayList<>();

	private final List<ContractEvent> all = new ArrayList<>();

	/**
	 * A call begins.
	 * @param caller who calls
	 */
	public void called(@Nullable String caller, String contract, String function, List<SCVal> args) {
		this.all.add(event(caller, ContractEventType.DIAGNOSTIC,
				List.of(Scv.toSymbol("fn_call"), Scv.toBytes(StrKey.decodeContract(contract)), Scv.toSymbol(function)),
				payload(args)));
	}

	public void returned(String contract, String function, SCVal value) {
		this.all.add(event(contract, ContractEventType.DIAGNOSTIC,
				List.of(Scv.toSymbol("fn_return"), Scv.toSymbol(function)), value));
	}

	/** Something failed; if nothing is said of it, nothing is logged. */
	public void failed(@Nullable String contract, HostException cause) {
		String message = cause.getMessage();
		if (message != null) {
			List<SCVal> data = new ArrayList<>();
			data.add(Scv.toString(message));
			data.addAll(cause.facts());
			this.all.add(event(contract, ContractEventType.DIAGNOSTIC,
					List.of(Scv.toSymbol("error"), cause.error().toScVal()), payload(data)));
		}
	}

	public void publish(String contract, List<SCVal> topics, SCVal data) {
		ContractEvent event = event(contract, ContractEventType.CONTRACT, topics, data);
		this.published.add(event);
		this.all.add(event);
	}

	public List<ContractEvent> published() {
		return List.copyOf(this.published);
	}

	public List<DiagnosticEvent> diagnostics(boolean successful) {
		return this.all.stream()
			.map((event) -> new DiagnosticEvent.Builder().inSuccessfulContractCall(successful).event(event).build())
			.toList();
	}

	/** An event as any part of the network emits it. */
	static ContractEvent event(@Nullable String contract, ContractEventType type, List<SCVal> topics, SCVal data) {
		return new ContractEvent.Builder().ext(new ExtensionPoint.Builder().discriminant(0).build())
			.contractID((contract != null) ? new Hash(StrKey.decodeContract(contract)) : null)
			.type(type)
			.body(new ContractEvent.ContractEventBody.Builder().discriminant(0)
				.v0(new ContractEvent.ContractEventBody.ContractEventV0.Builder().topics(topics.toArray(SCVal[]::new))
					.data(data)
					.build())
				.build())
			.build();
	}

	private static SCVal payload(List<SCVal> values) {
		return switch (values.size()) {
			case 0 -> Scv.toVoid();
			case 1 -> values.get(0);
			default -> Scv.toVec(values);
		};
	}

}
