package io.github.x402sessions.devnet;

import java.util.ArrayList;
import java.util.List;

import io.github.x402sessions.devnet.contract.HostError;
import org.stellar.sdk.xdr.DiagnosticEvent;
import org.stellar.sdk.xdr.SCVal;
import org.stellar.sdk.xdr.SCValType;
import tools.jackson.databind.JsonNode;

/**
 * Finds the errors that the diagnostic events of a reply tell.
 */
final class Diagnosis {

	private Diagnosis() {
	}

	static List<String> of(JsonNode reply) {
		return of(reply, "diagnosticEventsXdr");
	}

	/**
	 * Finds them under another name.
	 * @param field where the reply has its events
	 */
	static List<String> of(JsonNode reply, String field) {
		List<String> errors = new ArrayList<>();
		for (JsonNode encoded : reply.path(field)) {
			DiagnosticEvent event = Chain.ask(() -> DiagnosticEvent.fromXdrBase64(encoded.asString()));
			for (SCVal topic : event.getEvent().getBody().getV0().getTopics()) {
				if (topic.getDiscriminant() == SCValType.SCV_ERROR) {
					errors.add(HostError.of(topic.getError()).text());
				}
			}
		}
		return errors;
	}

}
