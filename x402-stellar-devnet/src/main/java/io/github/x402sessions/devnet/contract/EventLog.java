package io.github.x402sessions.devnet.contract;

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
import org.stellar.sdk.xdr.InvokeContractArgs;
import org.stellar.sdk.xdr.SCVal;

/**
 * Collects what a call emits and, for diagnosis, what it did.
 */
final class EventLog {

	private final String contract;

	private final List<ContractEvent> published = new ArrayList<>();

	private final List<ContractEvent> all = new ArrayList<>();

	EventLog(String contract) {
		this.contract = contract;
	}

	void called(InvokeContractArgs call) {
		this.all.add(event(null, ContractEventType.DIAGNOSTIC,
				List.of(Scv.toSymbol("fn_call"), Scv.toBytes(StrKey.decodeContract(this.contract)), symbol(call)),
				payload(List.of(call.getArgs()))));
	}

	void returned(InvokeContractArgs call, SCVal value) {
		this.all.add(event(this.contract, ContractEventType.DIAGNOSTIC,
				List.of(Scv.toSymbol("fn_return"), symbol(call)), value));
	}

	void failed(HostException cause) {
		List<SCVal> data = new ArrayList<>();
		data.add(Scv.toString(String.valueOf(cause.getMessage())));
		data.addAll(cause.facts());
		this.all.add(event(this.contract, ContractEventType.DIAGNOSTIC,
				List.of(Scv.toSymbol("error"), cause.error().toScVal()), payload(data)));
	}

	void publish(List<SCVal> topics, SCVal data) {
		ContractEvent event = event(this.contract, ContractEventType.CONTRACT, topics, data);
		this.published.add(event);
		this.all.add(event);
	}

	List<ContractEvent> published() {
		return List.copyOf(this.published);
	}

	List<DiagnosticEvent> diagnostics(boolean successful) {
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

	private static SCVal symbol(InvokeContractArgs call) {
		return Scv.toSymbol(call.getFunctionName().getSCSymbol().toString());
	}

	private static SCVal payload(List<SCVal> values) {
		return switch (values.size()) {
			case 0 -> Scv.toVoid();
			case 1 -> values.get(0);
			default -> Scv.toVec(values);
		};
	}

}
