package io.github.x402sessions.servlet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;

/**
 * A way in which a facilitator's answer can be wrong, and what the filter then answers.
 *
 * @param name the fault
 * @param response the facilitator's answer
 * @param whenVerifying the filter's status if the fault is in {@code /verify}
 * @param whenSettling the filter's status if the fault is in {@code /settle}
 */
public record FacilitatorFault(String name, ResponseDefinitionBuilder response, int whenVerifying, int whenSettling) {

	/** What both calls would take for a success. */
	public static final String SUCCESS = """
			{"isValid":true,"success":true,"payer":"GP","transaction":"%s","network":"stellar:testnet"}"""
		.formatted(ScriptedFacilitator.TRANSACTION);

	public static List<FacilitatorFault> all() {
		List<FacilitatorFault> faults = new ArrayList<>(List.of(
				new FacilitatorFault("silent", okJson(SUCCESS).withFixedDelay(60_000), 503, 503),
				new FacilitatorFault("a byte a second", okJson(SUCCESS).withChunkedDribbleDelay(60, 60_000), 503, 503),
				new FacilitatorFault("empty", aResponse().withStatus(200), 502, 503),
				new FacilitatorFault("HTML", aResponse().withStatus(200).withBody("<html>success</html>"), 502, 503),
				new FacilitatorFault("truncated", okJson(SUCCESS.substring(0, 40)), 502, 503),
				new FacilitatorFault("array", okJson("[" + SUCCESS + "]"), 502, 503),
				new FacilitatorFault("not valid", okJson("{\"isValid\":false}"), 402, 503),
				new FacilitatorFault("no success", okJson("{\"success\":false}"), 502, 503),
				new FacilitatorFault("refusal", okJson("{\"success\":false,\"network\":\"stellar:testnet\"}"), 502,
						402),
				new FacilitatorFault("text for truth", okJson(SUCCESS.replace("true", "\"true\"")), 502, 503),
				new FacilitatorFault("contradiction",
						okJson(SUCCESS.replace("}", ",\"invalidReason\":\"no\",\"errorReason\":\"no\"}")), 502, 503),
				new FacilitatorFault("204", aResponse().withStatus(204), 502, 503)));
		for (Fault fault : Fault.values()) {
			faults.add(new FacilitatorFault(fault.name(), aResponse().withFault(fault), 503, 503));
		}
		for (int status : new int[] { 301, 302, 303, 307, 308 }) {
			faults.add(new FacilitatorFault(status + " to a success",
					okJson(SUCCESS).withStatus(status).withHeader("Location", "/success"), 502, 503));
		}
		for (int status : new int[] { 400, 401, 403, 404, 429, 500, 503 }) {
			int verifying = (status == 429 || status >= 500) ? 503 : 502;
			int settling = (status == 401 || status == 403) ? 502 : 503;
			faults.add(new FacilitatorFault(status + " bare", aResponse().withStatus(status), verifying, settling));
			faults.add(new FacilitatorFault(status + " that says success", okJson(SUCCESS).withStatus(status),
					verifying, settling));
		}
		return faults;
	}

	/** Whether only a timeout ends it. */
	public boolean isEndless() {
		return this.response.build().getFixedDelayMilliseconds() != null
				|| this.response.build().getChunkedDribbleDelay() != null;
	}

	/**
	 * Whether the connection ends before the answer does, after which verifying is tried
	 * again.
	 */
	public boolean breaksTheConnection() {
		return Arrays.stream(Fault.values()).anyMatch((broken) -> broken.name().equals(this.name));
	}

	/** Receipts that contradict what was verified. */
	public static List<String> contradictions() {
		return List.of(SUCCESS.replace("testnet", "pubnet"), SUCCESS.replace(ScriptedFacilitator.TRANSACTION, ""),
				SUCCESS.replace(ScriptedFacilitator.TRANSACTION, "cmt_" + "x".repeat(22)),
				SUCCESS.replace("\"GP\"", "\"GX\""), SUCCESS.replace("}", ",\"amount\":\"1\"}"));
	}

	@Override
	public String toString() {
		return this.name;
	}

}
