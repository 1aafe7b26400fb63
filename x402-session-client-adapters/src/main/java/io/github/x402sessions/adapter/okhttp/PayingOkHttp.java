package io.github.x402sessions.adapter.okhttp;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Optional;

import io.github.x402sessions.client.Payments;
import io.github.x402sessions.client.payment.PaidCall;
import io.github.x402sessions.core.hash.Sha256;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.scheme.session.BodyHash;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/**
 * Pays for the calls of an OkHttp client. Thread-safe.
 */
public final class PayingOkHttp implements Interceptor {

	private static final int PAYMENT_REQUIRED = 402;

	private final Payments payments;

	private PayingOkHttp(Payments payments) {
		this.payments = payments;
	}

	/**
	 * Create a client that pays. It follows no redirects, because the session's id would
	 * travel along, and repeats no request by itself after a connection broke, nor one
	 * with a payment for another reason unless the server charges it once.
	 * @param client the client to take all other settings from
	 * @param payments the payments of a session
	 * @return a client that shares the connections of the other one
	 */
	public static OkHttpClient of(OkHttpClient client, Payments payments) {
		return client.newBuilder()
			.followRedirects(false)
			.followSslRedirects(false)
			.retryOnConnectionFailure(false)
			.addInterceptor(new PayingOkHttp(payments))
			.addNetworkInterceptor(SentOnce::intercept)
			.build();
	}

	@Override
	public Response intercept(Chain chain) throws IOException {
		Request request = chain.request();
		Optional<PaidCall> call = this.payments.call(request.method(), request.url().uri(), request.headers()::values,
				() -> hash(request.body()));
		return call.isEmpty() ? chain.proceed(request) : pay(call.get(), request, chain);
	}

	private static Response pay(PaidCall call, Request request, Chain chain) throws IOException {
		SentOnce once = new SentOnce(call);
		try {
			Response response = chain
				.proceed(call.prepayment().map((payment) -> once.paid(request, payment)).orElse(request));
			Optional<String> payment = answer(call, request, response);
			while (payment.isPresent()) {
				response.close();
				response = chain.proceed(once.paid(request, payment.get()));
				payment = answer(call, request, response);
			}
			call.answered(response.code(), response.headers(PaymentHeader.RESPONSE),
					response.headers(PaymentHeader.REQUIRED));
			return response;
		}
		catch (IOException | RuntimeException ex) {
			once.failed(ex);
			throw ex;
		}
	}

	private static Optional<String> answer(PaidCall call, Request request, Response response) {
		if (response.code() != PAYMENT_REQUIRED) {
			return Optional.empty();
		}
		if (!isRepeatable(request.body())) {
			call.cannotRepeat();
			return Optional.empty();
		}
		return call.answer(response.headers(PaymentHeader.REQUIRED), response.headers("Date"));
	}

	private static boolean isRepeatable(@Nullable RequestBody body) {
		return body == null || !(body.isOneShot() || body.isDuplex());
	}

	/** What can be written more than once is written to see what it is. */
	private static String hash(@Nullable RequestBody body) {
		if (body == null) {
			return BodyHash.EMPTY;
		}
		if (!isRepeatable(body)) {
			return BodyHash.UNKNOWN;
		}
		MessageDigest digest = Sha256.begin();
		try (BufferedSink sink = Okio
			.buffer(Okio.sink(new DigestOutputStream(OutputStream.nullOutputStream(), digest)))) {
			body.writeTo(sink);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return BodyHash.of(digest);
	}

}
