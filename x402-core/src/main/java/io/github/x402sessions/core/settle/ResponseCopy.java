package io.github.x402sessions.core.settle;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.github.x402sessions.core.challenge.OwnAnswer;
import io.github.x402sessions.core.purchase.IdempotentPurchase;
import io.github.x402sessions.core.purchase.StoredResponse;
import org.jspecify.annotations.Nullable;

/**
 * A copy of an answer that was paid for under a payment identifier, for a client that
 * asks again. It is made as the answer leaves and handed over when it is complete; beyond
 * its budget it is given up. Used by one thread at a time, save for {@link #giveUp}.
 */
public final class ResponseCopy {

	/** What belongs to one connection or one moment, and what is kept apart. */
	private static final Set<String> NOT_COPIED = Set.of("connection", "keep-alive", "transfer-encoding", "date",
			"server", "content-type", "content-length", "trailer");

	private static final int NOT_MODIFIED = 304;

	private final IdempotentPurchase purchase;

	private final int budget;

	private final boolean bodiless;

	private final Map<String, List<String>> outerHeaders = new LinkedHashMap<>();

	private @Nullable Head head;

	private volatile @Nullable ByteArrayOutputStream body;

	/**
	 * Create a copy of nothing yet.
	 * @param purchase what the answer belongs to
	 * @param raw the response that the client gets, with the headers of outer filters
	 * @param budget how much body is copied, bytes
	 * @param bodiless whether the answer has no body, as one to {@code HEAD}, whatever
	 * length it declares
	 */
	public ResponseCopy(IdempotentPurchase purchase, OwnAnswer raw, int budget, boolean bodiless) {
		this.purchase = purchase;
		this.budget = budget;
		this.bodiless = bodiless;
		if (purchase.isTracked()) {
			raw.names().forEach((name) -> this.outerHeaders.put(key(name), List.copyOf(raw.values(name))));
		}
	}

	/**
	 * The answer leaves, its head first.
	 * @param raw the response with all that its head has
	 * @param status the status
	 * @param contentType the media type of the body, or {@code null}
	 * @param contentLength the length that the handler declared; -1 if none
	 * @param location where the handler redirects to, or {@code null}
	 */
	public void begin(OwnAnswer raw, int status, @Nullable String contentType, long contentLength,
			@Nullable String location) {
		if (this.purchase.leaves()) {
			this.head = new Head(status, contentType, contentLength, headers(raw, location));
			this.body = new ByteArrayOutputStream();
		}
	}

	private List<StoredResponse.Header> headers(OwnAnswer raw, @Nullable String location) {
		List<StoredResponse.Header> headers = new ArrayList<>();
		for (String name : Set.copyOf(raw.names())) {
			if (NOT_COPIED.contains(key(name))) {
				continue;
			}
			List<String> outer = this.outerHeaders.getOrDefault(key(name), List.of());
			List<String> values = List.copyOf(raw.values(name));
			boolean added = values.size() >= outer.size() && values.subList(0, outer.size()).equals(outer);
			if (!values.equals(outer)) {
				headers.add(new StoredResponse.Header(name,
						added ? values.subList(outer.size(), values.size()) : values, !added));
			}
		}
		if (location != null) {
			headers.add(new StoredResponse.Header("Location", List.of(location), true));
		}
		return headers;
	}

	/**
	 * Tell whether somebody may ask for the same answer again.
	 * @return whether a store is to know what becomes of it
	 */
	public boolean isTracked() {
		return this.purchase.isTracked();
	}

	/** Whether an answer is being copied. */
	public boolean isOpen() {
		return this.body != null;
	}

	/**
	 * More of the body leaves.
	 * @return whether the copy goes on
	 */
	public boolean write(byte[] bytes, int offset, int length) {
		ByteArrayOutputStream body = this.body;
		if (body == null) {
			return false;
		}
		if (body.size() + (long) length > this.budget) {
			this.body = null;
			return false;
		}
		body.write(bytes, offset, length);
		return true;
	}

	/**
	 * Not all of the answer will be known. Does nothing if none is being copied. May be
	 * called from any thread.
	 */
	public void giveUp() {
		this.body = null;
	}

	/**
	 * What was copied leaves now.
	 * @param whole whether that is all of the answer
	 * @return {@code false} if it must not, because the same request may get another
	 * answer
	 */
	public boolean mayLeave(boolean whole) {
		return (!whole || complete()) && this.purchase.leavesInPart();
	}

	/**
	 * The answer is complete, unless it is shorter than it was declared.
	 * @return {@code false} if the same request may get another answer
	 */
	public boolean complete() {
		Head head = this.head;
		ByteArrayOutputStream body = this.body;
		this.body = null;
		if (head == null || body == null || (!this.bodiless && head.promisesMoreThan(body.size()))) {
			return true;
		}
		return this.purchase.answered(head.with(body.toByteArray()));
	}

	/** The request is over. */
	public void close() {
		this.purchase.close();
	}

	private static String key(String name) {
		return name.toLowerCase(Locale.ROOT);
	}

	/** All of an answer but its body. */
	private record Head(int status, @Nullable String contentType, long contentLength,
			List<StoredResponse.Header> headers) {

		/** An unmodified answer has the length of another. */
		boolean promisesMoreThan(int body) {
			return this.status != NOT_MODIFIED && this.contentLength > body;
		}

		StoredResponse with(byte[] body) {
			return new StoredResponse(this.status, this.contentType, this.contentLength, this.headers, body);
		}

	}

}
