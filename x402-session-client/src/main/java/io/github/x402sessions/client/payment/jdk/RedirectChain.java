package io.github.x402sessions.client.payment.jdk;

import java.net.http.HttpRequest;

import io.github.x402sessions.client.payment.PaidCall;
import io.github.x402sessions.client.payment.PaidCallFactory;
import org.jspecify.annotations.Nullable;

/**
 * One request of a caller over all redirects that it follows: it is paid for once,
 * however often a server sends it on. For one thread at a time.
 */
final class RedirectChain {

	private final PaidCallFactory calls;

	private volatile @Nullable PaidCall last;

	RedirectChain(PaidCallFactory calls) {
		this.calls = calls;
	}

	/** Start the next call of it; {@code null} if nothing may be paid for that. */
	@Nullable PaidCall call(RecordedRequest recorded) {
		HttpRequest request = recorded.request();
		PaidCall before = this.last;
		if (before != null && before.isPaid()) {
			return null;
		}
		PaidCall next = this.calls
			.call(request.method(), request.uri(), request.headers()::allValues, recorded::bodyHash)
			.orElse(null);
		this.last = next;
		return next;
	}

}
