package io.github.x402sessions.webflux.body;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Optional;

import io.github.x402sessions.core.body.SignedCallRules;
import io.github.x402sessions.core.body.StoredBody;
import io.github.x402sessions.core.hash.Sha256;
import io.github.x402sessions.core.purchase.RepeatableBody;
import io.github.x402sessions.core.scheme.SignedCall;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * The body of a request that was received as a whole before its handler runs: because its
 * payer has signed for it, or because it tells a repeated request from another one. Of
 * other requests it is nothing, and their body stays where it is.
 */
public final class ReceivedBody implements RepeatableBody {

	private static final int BUFFER = 16 * 1024;

	private static final String NO_FORM = ":-:-:-";

	private static final String NOTHING = "0:" + HexFormat.of().formatHex(Sha256.of("")) + NO_FORM;

	private final @Nullable StoredBody stored;

	private final Scheduler readers;

	private volatile @Nullable String earlier;

	private ReceivedBody(@Nullable StoredBody stored, Scheduler readers) {
		this.stored = stored;
		this.readers = readers;
	}

	static ReceivedBody of(StoredBody stored, Scheduler readers) {
		return new ReceivedBody(stored, readers);
	}

	static ReceivedBody none(Scheduler readers) {
		return new ReceivedBody(null, readers);
	}

	/**
	 * Compare it with the one that a payer has signed for.
	 * @param signed the call that was signed for
	 * @return how it differs, or empty if it is the same
	 */
	public Optional<String> difference(SignedCall signed) {
		return (this.stored != null && this.stored.isOf(signed)) ? Optional.empty()
				: Optional.of(SignedCallRules.OTHER_BODY);
	}

	/**
	 * Have a handler read it in place of a request's own.
	 * @param request the request that it was received of
	 * @param buffers makes the buffers that are read
	 * @return the request to go on with
	 */
	public ServerHttpRequest in(ServerHttpRequest request, DataBufferFactory buffers) {
		StoredBody body = this.stored;
		return (body != null) ? new ReceivedRequest(request, read(body, buffers)) : request;
	}

	/**
	 * Tell whether it was received.
	 * @return whether its request's own body was read
	 */
	public boolean isReceived() {
		return this.stored != null;
	}

	private Flux<DataBuffer> read(StoredBody body, DataBufferFactory buffers) {
		return DataBufferUtils.readInputStream(body::open, buffers, BUFFER).subscribeOn(this.readers);
	}

	/** All of it counts, whoever reads it. */
	@Override
	public void continueFrom(String earlier) {
		this.earlier = earlier;
	}

	@Override
	public boolean continuesEarlier() {
		String earlier = this.earlier;
		return earlier == null || earlier.equals(read());
	}

	/** As servers write it that hash what their handlers read, who share the answers. */
	@Override
	public String read() {
		StoredBody body = this.stored;
		return (body != null) ? body.length() + ":" + body.hash() + NO_FORM : NOTHING;
	}

	@Override
	public boolean matches(String earlier) {
		return read().equals(earlier);
	}

	/** Nobody reads it any more. */
	public void close() {
		try {
			if (this.stored != null) {
				this.stored.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Tell how long the body of a request says to be. */
	static long declaredLength(ServerHttpRequest request) {
		return request.getHeaders().getContentLength();
	}

	/** Tell whether a request has a body. */
	static boolean hasBody(ServerHttpRequest request) {
		return declaredLength(request) > 0 || request.getHeaders().getFirst(HttpHeaders.TRANSFER_ENCODING) != null;
	}

}
