package io.github.x402sessions.core.facilitator.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.TimeUnit;

import feign.Client;
import feign.Request;
import feign.Response;
import io.github.x402sessions.core.http.OversizedBodyException;

/**
 * Makes a call once more if its connection broke before the answer was there: a server or
 * what stands before it closes a kept connection just as the next call is sent. Only for
 * calls that have no effect. Both together take no longer than one may.
 */
final class StaleConnectionRetry implements Client {

	private final Client transport;

	StaleConnectionRetry(Client transport) {
		this.transport = transport;
	}

	@Override
	public Response execute(Request request, Request.Options options) throws IOException {
		long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(options.readTimeoutMillis());
		try {
			return this.transport.execute(request, options);
		}
		catch (HttpTimeoutException | ConnectException | InterruptedIOException | OversizedBodyException ex) {
			throw ex;
		}
		catch (IOException ex) {
			long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
			if (left < 1) {
				throw ex;
			}
			return this.transport.execute(request, new Request.Options(options.connectTimeout(),
					options.connectTimeoutUnit(), left, TimeUnit.MILLISECONDS, false));
		}
	}

}
