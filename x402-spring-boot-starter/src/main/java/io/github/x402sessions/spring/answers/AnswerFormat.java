package io.github.x402sessions.spring.answers;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.github.x402sessions.core.purchase.Purchase;
import io.github.x402sessions.core.purchase.StoredResponse;
import io.github.x402sessions.core.purchase.UnreadableAnswerException;
import org.jspecify.annotations.Nullable;

/**
 * Writes purchases as bytes and reads them again. Thread-safe.
 */
final class AnswerFormat {

	private final AnswerSeal seal;

	AnswerFormat(AnswerSeal seal) {
		this.seal = seal;
	}

	/**
	 * Write a purchase.
	 * @throws IllegalArgumentException if it is running: that is no entry but a lease
	 */
	AnswerEntry write(String key, Purchase purchase) {
		return purchase.fold((running) -> {
			throw new IllegalArgumentException("a request that is being handled has no entry");
		}, (owed) -> entry(key, AnswerEntry.State.OWED, owed, (out) -> {
			text(out, owed.body());
			text(out, owed.amount().toString());
			out.writeInt(owed.runs());
		}), (answered) -> entry(key, AnswerEntry.State.ANSWERED, answered, (out) -> {
			text(out, answered.body());
			optional(out, (answered.amount() != null) ? answered.amount().toString() : null);
			response(out, answered.response());
		}), (spent) -> entry(key, AnswerEntry.State.SPENT, spent, (out) -> {
		}));
	}

	private AnswerEntry entry(String key, AnswerEntry.State state, Purchase purchase, Part details) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try {
			details.write(new DataOutputStream(bytes));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return new AnswerEntry(state, purchase.request(),
				this.seal.close(bytes.toByteArray(), context(key, state, purchase.request())));
	}

	/**
	 * Read a purchase.
	 * @throws UnreadableAnswerException if it was written with another key, was changed,
	 * or belongs elsewhere
	 */
	Purchase read(String key, AnswerEntry entry) {
		String request = entry.request();
		byte[] details = this.seal.open(entry.details(), context(key, entry.state(), request));
		try {
			DataInputStream in = new DataInputStream(new ByteArrayInputStream(details));
			return switch (entry.state()) {
				case OWED -> new Purchase.Owed(request, text(in), new BigInteger(text(in)), in.readInt());
				case ANSWERED -> answered(request, in);
				case SPENT -> new Purchase.Spent(request);
			};
		}
		catch (IOException | IllegalArgumentException ex) {
			throw new UnreadableAnswerException("What is stored for a payment identifier is damaged");
		}
	}

	/** What is written for one identifier says nothing under another. */
	private static byte[] context(String key, AnswerEntry.State state, String request) {
		return String.join("\n", "x402-answer", "1", key, state.code(), request).getBytes(StandardCharsets.UTF_8);
	}

	private static Purchase.Answered answered(String request, DataInputStream in) throws IOException {
		String body = text(in);
		String amount = optional(in);
		return new Purchase.Answered(request, body, response(in), (amount != null) ? new BigInteger(amount) : null);
	}

	private static void response(DataOutputStream out, StoredResponse response) throws IOException {
		out.writeInt(response.status());
		optional(out, response.contentType());
		out.writeLong(response.contentLength());
		out.writeInt(response.headers().size());
		for (StoredResponse.Header header : response.headers()) {
			text(out, header.name());
			out.writeBoolean(header.replaces());
			out.writeInt(header.values().size());
			for (String value : header.values()) {
				text(out, value);
			}
		}
		bytes(out, response.body());
	}

	private static StoredResponse response(DataInputStream in) throws IOException {
		int status = in.readInt();
		String contentType = optional(in);
		long contentLength = in.readLong();
		List<StoredResponse.Header> headers = new ArrayList<>();
		for (int left = in.readInt(); left > 0; left--) {
			String name = text(in);
			boolean replaces = in.readBoolean();
			List<String> values = new ArrayList<>();
			for (int more = in.readInt(); more > 0; more--) {
				values.add(text(in));
			}
			headers.add(new StoredResponse.Header(name, values, replaces));
		}
		return new StoredResponse(status, contentType, contentLength, headers, bytes(in));
	}

	private static void text(DataOutputStream out, String text) throws IOException {
		bytes(out, text.getBytes(StandardCharsets.UTF_8));
	}

	private static String text(DataInputStream in) throws IOException {
		return new String(bytes(in), StandardCharsets.UTF_8);
	}

	private static void optional(DataOutputStream out, @Nullable String text) throws IOException {
		out.writeBoolean(text != null);
		if (text != null) {
			text(out, text);
		}
	}

	private static @Nullable String optional(DataInputStream in) throws IOException {
		return in.readBoolean() ? text(in) : null;
	}

	private static void bytes(DataOutputStream out, byte[] bytes) throws IOException {
		out.writeInt(bytes.length);
		out.write(bytes);
	}

	private static byte[] bytes(DataInputStream in) throws IOException {
		int length = in.readInt();
		if (length < 0 || length > in.available()) {
			throw new EOFException();
		}
		return in.readNBytes(length);
	}

	/** Writes a part. */
	@FunctionalInterface
	private interface Part {

		void write(DataOutputStream out) throws IOException;

	}

}
