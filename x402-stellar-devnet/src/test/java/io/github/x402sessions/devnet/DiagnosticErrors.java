package io.github.x402sessions.devnet;

import java.util.List;
import java.util.stream.Stream;

import io.github.x402sessions.devnet.contract.runtime.HostError;
import org.stellar.sdk.StrKey;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.ContractEvent;
import org.stellar.sdk.xdr.DiagnosticEvent;
import org.stellar.sdk.xdr.SCVal;
import org.stellar.sdk.xdr.SCValType;
import tools.jackson.databind.JsonNode;

/**
 * Finds the errors in the diagnostic events of a reply.
 */
final class DiagnosticErrors {

	private DiagnosticErrors() {
	}

	static List<String> of(JsonNode reply) {
		return of(reply, "diagnosticEventsXdr");
	}

	/**
	 * Finds them under another name.
	 * @param field where the reply has its events
	 */
	static List<String> of(JsonNode reply, String field) {
		return events(reply, field).flatMap((event) -> Stream.of(event.getTopics()))
			.filter((topic) -> topic.getDiscriminant() == SCValType.SCV_ERROR)
			.map((topic) -> HostError.of(topic.getError()).text())
			.toList();
	}

	/** What is said of the errors of an applied transaction. */
	static List<String> messages(JsonNode reply) {
		return events(reply, "diagnosticEventsXdr").filter((event) -> text(event.getTopics()[0]).equals("error"))
			.map((event) -> (event.getData().getVec() != null) ? event.getData().getVec().getSCVec()[0]
					: event.getData())
			.map((message) -> message.getStr().getSCString().toString())
			.toList();
	}

	/** The topics of the events of a simulation: names, and addresses of contracts. */
	static List<List<String>> topics(JsonNode reply) {
		return events(reply, "events").map((event) -> Stream.of(event.getTopics()).map(DiagnosticErrors::text).toList())
			.toList();
	}

	private static String text(SCVal topic) {
		return (topic.getDiscriminant() == SCValType.SCV_BYTES) ? StrKey.encodeContract(Scv.fromBytes(topic))
				: Scv.fromSymbol(topic);
	}

	private static Stream<ContractEvent.ContractEventBody.ContractEventV0> events(JsonNode reply, String field) {
		return reply.path(field)
			.valueStream()
			.map((encoded) -> ManualNetwork.ask(() -> DiagnosticEvent.fromXdrBase64(encoded.asString())))
			.map((event) -> event.getEvent().getBody().getV0());
	}

}
