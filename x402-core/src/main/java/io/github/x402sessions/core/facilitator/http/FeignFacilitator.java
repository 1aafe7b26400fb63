package io.github.x402sessions.core.facilitator.http;

import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import feign.Client;
import feign.Feign;
import feign.FeignException;
import feign.Request;
import feign.RequestTemplate;
import feign.Response;
import feign.Retryer;
import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.facilitator.FacilitatorException;
import io.github.x402sessions.core.facilitator.FacilitatorProtocolException;
import io.github.x402sessions.core.facilitator.FacilitatorUnavailableException;
import io.github.x402sessions.core.facilitator.SettlementNotices;
import io.github.x402sessions.core.facilitator.SettlementPlaces;
import io.github.x402sessions.core.http.BoundedHttp;
import io.github.x402sessions.core.http.OversizedBodyException;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.NoticePage;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.SupportedResponse;
import io.github.x402sessions.core.protocol.VerifyResponse;
import io.github.x402sessions.core.protocol.WireJson;
import org.jspecify.annotations.Nullable;

/**
 * Calls a facilitator over HTTP with Feign on the JDK's HTTP client. Follows no redirect
 * and repeats no settlement: a second {@code /settle} could charge twice. What may be
 * verified at a time is bounded by {@link CallGuard}.
 */
final class FeignFacilitator implements Facilitator {

	/** Long enough for a burst to pass, too short to hold threads by. */
	private static final Duration PATIENCE = Duration.ofMillis(500);

	private static final Duration PAUSE = Duration.ofSeconds(5);

	/** The number of settlements on a page, which fit into an answer of 256 KiB. */
	private static final int NOTICES = 200;

	private final FacilitatorApi api;

	/** Verifies, as far as its guard lets it. */
	private final FacilitatorApi bounded;

	private final Request.Options quick;

	private final FacilitatorOptions options;

	private final SettlementPlaces places;

	private final ExtensionResponses extensions;

	private final ClockWatch clocks;

	private final SettlementNotices notices = new Books();

	private FeignFacilitator(FacilitatorApi api, FacilitatorApi bounded, FacilitatorOptions options,
			ExtensionResponses extensions) {
		this.api = api;
		this.bounded = bounded;
		this.quick = timeouts(options, options.quickTimeout());
		this.options = options;
		this.places = new SettlementPlaces(options.maxConcurrentSettles());
		this.extensions = extensions;
		this.clocks = new ClockWatch(options.url().toString(), Clock.systemUTC());
	}

	static FeignFacilitator create(FacilitatorOptions options, ExtensionListener listener) {
		Client transport = new FeignTransport(
				BoundedHttp.to(options.url(), options.connectTimeout(), options.maxBodyBytes()));
		CallGuard guard = new CallGuard(options.maxConcurrentVerifies(), PATIENCE, PAUSE);
		return new FeignFacilitator(api(options, guard.watched(transport)),
				api(options, guard.bounded(new StaleConnectionRetry(transport))), options,
				new ExtensionResponses(listener));
	}

	private static FacilitatorApi api(FacilitatorOptions options, Client client) {
		return Feign.builder()
			.client(client)
			.encoder((body, type, template) -> template.body(WireJson.write(body), null))
			.requestInterceptor((template) -> authorize(template, options.authorization()))
			.retryer(Retryer.NEVER_RETRY)
			.target(FacilitatorApi.class, options.url().toString().replaceAll("/+$", ""));
	}

	private static void authorize(RequestTemplate template, @Nullable String authorization) {
		if (authorization != null) {
			template.headerLiteral("Authorization", authorization);
		}
	}

	private static Request.Options timeouts(FacilitatorOptions options, Duration read) {
		return new Request.Options(options.connectTimeout().toMillis(), TimeUnit.MILLISECONDS, read.toMillis(),
				TimeUnit.MILLISECONDS, false);
	}

	@Override
	public SupportedResponse supported() {
		return call("/supported", this::askSupported).as(SupportedResponse.class, (response) -> false);
	}

	private Response askSupported() {
		Instant asked = this.clocks.now();
		Response response = this.api.supported(this.quick);
		this.clocks.note(header(response, FeignTransport.DATE), header(response, FeignTransport.AGE), asked);
		return response;
	}

	private static List<String> header(Response response, String name) {
		return List.copyOf(response.headers().getOrDefault(name, List.of()));
	}

	@Override
	public VerifyResponse verify(FacilitatorRequest request) {
		VerifyResponse verdict = call("/verify", () -> this.bounded.verify(request, this.quick))
			.as(VerifyResponse.class, (response) -> !response.isValid());
		requireConsistent("/verify", verdict.isValid(), verdict.invalidReason());
		return verdict;
	}

	@Override
	public SettleResponse settle(FacilitatorRequest request) {
		return settle(request, settleTimeout());
	}

	@Override
	public Duration settleTimeout() {
		return this.options.readTimeout();
	}

	@Override
	public SettlementPlaces settlementPlaces() {
		return this.places;
	}

	@Override
	public SettleResponse settle(FacilitatorRequest request, Duration limit) {
		Duration wait = (limit.compareTo(settleTimeout()) < 0) ? limit : settleTimeout();
		Request.Options slow = timeouts(this.options, wait);
		FacilitatorResponse response = call("/settle", () -> this.api.settle(request, slow));
		return unsent(response).orElseGet(() -> receipt("/settle", response));
	}

	@Override
	public SettleResponse hold(FacilitatorRequest request) {
		return receipt("/hold", () -> this.api.hold(request, this.quick));
	}

	@Override
	public SettleResponse release(FacilitatorRequest request) {
		return receipt("/release", () -> this.api.release(request, this.quick));
	}

	private SettleResponse receipt(String call, Supplier<Response> exchange) {
		return receipt(call, call(call, exchange));
	}

	/** Of all that cannot be served, this alone is certain to have had no effect. */
	private static Optional<SettleResponse> unsent(FacilitatorResponse response) {
		return response.isServiceUnavailable() ? response.readIfPossible(SettleResponse.class)
			.filter((answer) -> !answer.success() && answer.transaction().isBlank()
					&& SettleResponse.NOT_SENT.equals(answer.errorReason()))
				: Optional.empty();
	}

	private static SettleResponse receipt(String call, FacilitatorResponse answer) {
		SettleResponse receipt = answer.as(SettleResponse.class, (response) -> !response.success());
		requireConsistent(call, receipt.success(), receipt.errorReason());
		return receipt;
	}

	@Override
	public Optional<SettlementNotices> notices() {
		return Optional.of(this.notices);
	}

	private FacilitatorResponse settlements(String recipient, String since, @Nullable Boolean open) {
		return call("/settlements", () -> this.api.settlements(recipient, since, open, NOTICES, this.quick));
	}

	private static void requireConsistent(String call, boolean success, @Nullable String reason) {
		if (success && reason != null && !reason.isBlank()) {
			throw new FacilitatorProtocolException(
					"facilitator contradicts itself (" + call + "): a success has a reason to fail", null);
		}
	}

	private FacilitatorResponse call(String call, Supplier<Response> exchange) {
		try {
			Response response = exchange.get();
			FacilitatorResponse read = FacilitatorResponse.read(call, response);
			header(response, ExtensionResponses.HEADER).stream().limit(1).forEach(this.extensions::note);
			return read;
		}
		catch (FeignException ex) {
			throw failure(call, ex);
		}
	}

	private static FacilitatorException failure(String call, FeignException ex) {
		if (ex.getCause() instanceof OversizedBodyException) {
			return new FacilitatorProtocolException("facilitator's answer to " + call + " is too long", ex);
		}
		if (ex.getCause() instanceof CallNotMadeException notMade) {
			String message = "facilitator was not asked (" + call + "): " + notMade.getMessage();
			return notMade.isPaused() ? FacilitatorUnavailableException.unsent(message, notMade)
					: new FacilitatorUnavailableException(message, notMade);
		}
		Throwable reason = (ex.getCause() != null) ? ex.getCause() : ex;
		String message = "facilitator gave no answer to " + call + ": " + reason.getClass().getSimpleName();
		boolean unsent = reason instanceof ConnectException || reason instanceof HttpConnectTimeoutException;
		return unsent ? FacilitatorUnavailableException.unsent(message, ex)
				: new FacilitatorUnavailableException(message, ex);
	}

	/** The same ones each time, so that one reader of them is enough. */
	private final class Books implements SettlementNotices {

		@Override
		public String facilitator() {
			return FeignFacilitator.this.options.url().toString();
		}

		@Override
		public Optional<NoticePage> page(String recipient, String since) {
			FacilitatorResponse response = settlements(recipient, since, null);
			return response.isBadRequest() ? Optional.empty() : Optional.of(read(response));
		}

		@Override
		public NoticePage open(String recipient, String since) {
			return read(settlements(recipient, since, true));
		}

		private static NoticePage read(FacilitatorResponse response) {
			return response.as(NoticePage.class, (page) -> false);
		}

	}

}
