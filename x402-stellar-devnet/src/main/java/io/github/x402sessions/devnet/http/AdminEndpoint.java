package io.github.x402sessions.devnet.http;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.x402sessions.devnet.fault.plan.FaultPlan;
import io.github.x402sessions.devnet.fault.plan.FaultSettings;
import io.github.x402sessions.devnet.ledger.EntryKey;
import io.github.x402sessions.devnet.network.LocalNetwork;
import io.github.x402sessions.devnet.xdr.XdrException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The controls of a test over HTTP: closes ledgers, plays faults, restarts the network.
 *
 * @param network the network
 * @param faults its faults
 */
record AdminEndpoint(LocalNetwork network, FaultPlan faults) implements Endpoint {

	/** The path of this endpoint. */
	static final String PATH = "/devnet";

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.build();

	@Override
	public EndpointResponse answer(EndpointRequest request) {
		return switch (request.method() + " " + request.path()) {
			case "GET " + PATH, "GET " + PATH + "/faults" -> state();
			case "POST " + PATH + "/close" -> close();
			case "POST " + PATH + "/faults" -> play(request);
			case "DELETE " + PATH + "/faults" -> clear();
			case "POST " + PATH + "/archive" -> archive(request.parameter("contract"), request.parameter("key"));
			case "POST " + PATH + "/forget" -> forget();
			case "POST " + PATH + "/restart" -> restart(request.parameter("state"));
			default -> EndpointResponse.problem(404, "Not Found", Map.of("detail",
					"known are GET /devnet, POST /devnet/close, POST and DELETE /devnet/faults, POST /devnet/archive, "
							+ "POST /devnet/forget, POST /devnet/restart"));
		};
	}

	private EndpointResponse close() {
		this.network.close();
		return state();
	}

	private EndpointResponse forget() {
		this.network.forget();
		return state();
	}

	private EndpointResponse play(EndpointRequest request) {
		try {
			MAPPER.readValue(request.body(), FaultSettings.class).applyTo(this.faults);
			return state();
		}
		catch (JacksonException ex) {
			return badRequest(ex.getOriginalMessage());
		}
		catch (IllegalArgumentException ex) {
			return badRequest(String.valueOf(ex.getMessage()));
		}
	}

	private EndpointResponse clear() {
		this.faults.clear();
		return state();
	}

	private EndpointResponse archive(@Nullable String contract, @Nullable String key) {
		if ((contract != null) == (key != null)) {
			return badRequest("either contract or key says what to archive");
		}
		try {
			this.network
				.archive((contract != null) ? EntryKey.instance(contract) : EntryKey.parse(String.valueOf(key)));
			return state();
		}
		catch (IllegalArgumentException | XdrException ex) {
			return badRequest(String.valueOf(ex.getMessage()));
		}
	}

	private static EndpointResponse badRequest(String detail) {
		return EndpointResponse.problem(400, "Bad Request", Map.of("detail", detail));
	}

	private EndpointResponse restart(@Nullable String state) {
		if ("fresh".equals(state)) {
			this.network.reset();
		}
		else if (state == null || "keep".equals(state)) {
			this.network.restart();
		}
		else {
			return badRequest("state must be keep or fresh");
		}
		return state();
	}

	private EndpointResponse state() {
		Map<String, Object> content = new LinkedHashMap<>();
		content.put("latestLedger", this.network.latest().sequence());
		content.put("latestLedgerCloseTime", this.network.latest().closeTime());
		content.put("waiting", this.network.waiting());
		content.put("faults", this.faults.settings());
		return EndpointResponse.ok("application/json", content);
	}

}
