package io.github.x402sessions.adapter.okhttp;

import java.io.IOException;
import java.net.ConnectException;

import io.github.x402sessions.client.payment.PaidCall;
import io.github.x402sessions.core.protocol.PaymentHeader;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Sees that a payment goes to the network once, as OkHttp makes some requests again by
 * itself, such as after a 503 with {@code Retry-After: 0}. Where the server charges a
 * request once however often it gets it, that is fine. Goes along as a tag of the
 * request, for one thread at a time.
 */
final class SentOnce {

	private final PaidCall call;

	private volatile boolean left;

	SentOnce(PaidCall call) {
		this.call = call;
	}

	/** A request with a payment in it that has not been sent yet. */
	Request paid(Request request, String payment) {
		this.left = false;
		return request.newBuilder().header(PaymentHeader.SIGNATURE, payment).tag(SentOnce.class, this).build();
	}

	/** For the network side of a client. */
	static Response intercept(Interceptor.Chain chain) throws IOException {
		SentOnce paid = chain.request().tag(SentOnce.class);
		if (paid != null) {
			paid.leave();
		}
		return chain.proceed(chain.request());
	}

	private void leave() throws IOException {
		if (this.left && !this.call.isRepeatable()) {
			throw new IOException("the payment was sent already, and is not sent again");
		}
		this.left = true;
	}

	/** No answer came to what was sent last. */
	void failed(Exception failure) {
		if (failure instanceof ConnectException && !this.left) {
			this.call.notSent();
		}
		else {
			this.call.failed(failure);
		}
	}

}
