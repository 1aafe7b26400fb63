package io.github.x402sessions.core.facilitator.http;

import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.WireJson;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Reads the header {@code EXTENSION-RESPONSES} of a facilitator's answers, logs it and
 * tells a listener; and writes it, for a facilitator. What is odd in it is left out, and
 * nothing here fails a call. Thread-safe.
 */
public final class ExtensionResponses {

	/** The header that facilitators answer with. */
	public static final String HEADER = "EXTENSION-RESPONSES";

	private static final Logger logger = LoggerFactory.getLogger(ExtensionResponses.class);

	/** The longest header that is read, characters. */
	private static final int MAX_LENGTH = 8 * 1024;

	/** The longest name of an extension, characters; the rest is cut off. */
	private static final int MAX_NAME_LENGTH = 64;

	/** The longest reason, characters; the rest is cut off. */
	private static final int MAX_REASON_LENGTH = 256;

	/** The most extensions that are heard of in an answer, and told of in the log. */
	private static final int MAX_EXTENSIONS = 16;

	private final ExtensionListeners listeners;

	/** Extensions whose rejection was told; every payment could be rejected. */
	private final Set<String> told = ConcurrentHashMap.newKeySet();

	ExtensionResponses(ExtensionListener listener) {
		this.listeners = new ExtensionListeners(() -> Stream.of(listener));
	}

	/** Take notice of what a header says. */
	void note(String header) {
		for (ExtensionResponse response : read(header)) {
			log(response);
			this.listeners.responded(response);
		}
	}

	private void log(ExtensionResponse response) {
		boolean first = response.status() == ExtensionResponse.Status.REJECTED && this.told.size() < MAX_EXTENSIONS
				&& this.told.add(response.extension());
		logger.atLevel(first ? Level.WARN : Level.DEBUG)
			.log("The facilitator says of extension '{}': {}{}{}", response.extension(), response.status(),
					(response.rejectedReason() != null) ? ", " + response.rejectedReason() : "",
					first ? " (further rejections of it are logged at debug)" : "");
	}

	/**
	 * Write a header.
	 * @param responses the word on each extension, one of a name
	 * @return its value
	 */
	public static String write(Collection<ExtensionResponse> responses) {
		Map<String, Object> members = new LinkedHashMap<>();
		for (ExtensionResponse response : responses) {
			Map<String, Object> member = new LinkedHashMap<>();
			member.put("status", response.status().name().toLowerCase(Locale.ROOT));
			if (response.rejectedReason() != null) {
				member.put("rejectedReason", printable(response.rejectedReason(), MAX_REASON_LENGTH));
			}
			members.put(response.extension(), member);
		}
		return Base64.getEncoder().encodeToString(WireJson.write(members));
	}

	static List<ExtensionResponse> read(String header) {
		if (header.length() > MAX_LENGTH) {
			return List.of();
		}
		try {
			Map<?, ?> responses = WireJson.read(Base64.getDecoder().decode(header), Map.class);
			return responses.entrySet()
				.stream()
				.limit(MAX_EXTENSIONS)
				.map((response) -> read(String.valueOf(response.getKey()), response.getValue()))
				.flatMap(Optional::stream)
				.toList();
		}
		catch (IllegalArgumentException | MalformedMessageException ex) {
			logger.debug("The facilitator's {} cannot be read", HEADER);
			return List.of();
		}
	}

	private static Optional<ExtensionResponse> read(String extension, @Nullable Object response) {
		if (!(response instanceof Map<?, ?> members) || !(members.get("status") instanceof String status)) {
			return Optional.empty();
		}
		String reason = (members.get("rejectedReason") instanceof String text) ? printable(text, MAX_REASON_LENGTH)
				: null;
		return Arrays.stream(ExtensionResponse.Status.values())
			.filter((known) -> known.name().equalsIgnoreCase(status))
			.map((known) -> new ExtensionResponse(printable(extension, MAX_NAME_LENGTH), known, reason))
			.findFirst();
	}

	/** What others say goes into logs, on one line. */
	private static String printable(String text, int maxLength) {
		return text.substring(0, Math.min(text.length(), maxLength)).replaceAll("[^\\x20-\\x7E]", "?");
	}

}
