package io.github.x402sessions.servlet.hold;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import io.github.x402sessions.core.challenge.OwnAnswer;
import io.github.x402sessions.core.purchase.IdempotentPurchase;
import io.github.x402sessions.core.settle.CommitPoint;
import io.github.x402sessions.core.settle.ResponseCopy;
import io.github.x402sessions.servlet.challenge.HeaderSnapshot;
import io.github.x402sessions.servlet.challenge.ServletAnswer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * The part of a handler's answer that a preflight gets, which may be one that is for
 * sale: the status and the headers that preflights are about. No body, no error page, no
 * place to be redirected to, no cookie, and no other header.
 */
final class PreflightResponse implements CommitPoint {

	/** As much as containers keep for a handler that sets headers late, bytes. */
	private static final int BUDGET = 8 * 1024;

	private static final Set<String> HEADERS = Set.of("allow", "vary");

	private static final String CORS = "access-control-";

	private final HttpServletResponse raw;

	private final HeaderSnapshot outerHeaders;

	private final HeldResponse held;

	PreflightResponse(HttpServletResponse raw) {
		this.raw = raw;
		this.outerHeaders = new HeaderSnapshot(raw);
		this.held = new HeldResponse(raw, BUDGET, this, PreflightResponse::refuse,
				new ResponseCopy(IdempotentPurchase.untracked(), new ServletAnswer(raw), 0, true));
	}

	private static void refuse(WriteTurns.Turn turn) {
		throw new IllegalStateException("the request is not asynchronous");
	}

	/** Let a handler answer. */
	void of(HttpServletRequest request, FilterChain chain) throws IOException, ServletException {
		try {
			chain.doFilter(request, new PaidResponse(this.held));
			this.held.finish();
		}
		catch (IOException | ServletException | RuntimeException ex) {
			if (!this.held.isReplaced()) {
				this.held.abandon();
				throw ex;
			}
		}
	}

	@Override
	public Optional<Consumer<OwnAnswer>> reached(int status) {
		Map<String, List<String>> headers = new LinkedHashMap<>();
		try {
			this.held.prepare();
			this.raw.getHeaderNames()
				.stream()
				.filter(PreflightResponse::isAllowed)
				.forEach((name) -> headers.put(name, List.copyOf(this.raw.getHeaders(name))));
		}
		finally {
			this.outerHeaders.restore(this.raw);
		}
		this.raw.setStatus(status);
		headers.forEach((name, values) -> {
			this.raw.setHeader(name, values.get(0));
			values.stream().skip(1).forEach((value) -> this.raw.addHeader(name, value));
		});
		return Optional.empty();
	}

	/** The handler failed: its container may have added a cookie all the same. */
	@Override
	public void abandoned() {
		if (!this.raw.isCommitted()) {
			this.outerHeaders.restore(this.raw);
		}
	}

	private static boolean isAllowed(String name) {
		String lower = name.toLowerCase(Locale.ROOT);
		return HEADERS.contains(lower) || lower.startsWith(CORS);
	}

}
